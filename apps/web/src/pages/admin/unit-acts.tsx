import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import {
  adminUnitsDissolve,
  adminUnitsEstablish,
  adminUnitsHoldings,
  adminUnitsMerge,
  adminUnitsMove,
  adminUnitsRename,
  adminUnitsSynonyms,
} from '../../api/generated/sdk.gen';
import type { UnitHoldings } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { wordsOf } from '../../i18n/words';
import { SelectField, TextArea, TextField } from '../../ui/fields';
import { FormFault, Loading } from '../../ui/states';
import { ActDialog } from './act-dialog';
import { useUnits, type Unit } from './data';
import { FromField, PickField } from './fields';
import { missing, t } from './texts';
import { isBelow } from './unit-tree';

type About = Readonly<{ unit: Unit; onClose: () => void }>;

const KINDS = ['county', 'office', 'independent', 'team', 'town', 'department', 'section', 'company', 'village'] as const;
/** One a line, or parted by commas and semicolons of either width. */
const linesOf = (text: string): string[] =>
  text.split(/[\n\u3001,\uff0c;\uff1b]/).flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));

/** 设立. */
export const EstablishDialog = ({ parentId: given = '', onClose }: Readonly<{ parentId?: string; onClose: () => void }>): ReactNode => {
  const { picks } = useUnits();
  const { today } = useSession().who;
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Unit['kind'] | ''>('');
  const [parentId, setParentId] = useState(given);
  const [synonyms, setSynonyms] = useState('');
  const [from, setFrom] = useState(today);
  const faults = {
    name: missing(name, t('name')),
    kind: missing(kind, t('kind')),
    parent: kind === 'county' ? null : missing(parentId, t('parent')),
    from: missing(from, t('from')),
  };
  const body = { name: name.trim(), kind: kind || 'town', parentId: parentId || null, synonyms: linesOf(synonyms), from } as const;
  return (
    <ActDialog
      title={t('establish')}
      submit={t('establish')}
      faults={Object.values(faults)}
      body={body}
      send={(key) => write((headers) => adminUnitsEstablish({ body: { ...body, kind: body.kind }, headers }), { key })}
      done={t('established', { name })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField label={t('name')} value={name} onChange={setName} maxLength={100} fault={isTried ? faults.name : null} />
          <SelectField
            label={t('kind')}
            value={kind}
            onChange={setKind}
            options={wordsOf('unit-kind', KINDS)}
            fault={isTried ? faults.kind : null}
          />
          <PickField
            label={t('parent')}
            value={parentId}
            onChange={setParentId}
            options={picks(({ kind: one }) => one !== 'village')}
            fault={isTried ? faults.parent : null}
          />
          <TextArea label={t('synonyms')} hint={t('synonymsHint')} optional value={synonyms} onChange={setSynonyms} />
          <FromField value={from} onChange={setFrom} label={t('establishFrom')} fault={isTried ? faults.from : null} />
        </>
      )}
    </ActDialog>
  );
};

/** 更名: the old name stays as a synonym and in closed history. */
export const RenameDialog = ({ unit, onClose }: About): ReactNode => {
  const { today } = useSession().who;
  const [name, setName] = useState(unit.name);
  const [from, setFrom] = useState(today);
  const faults = [missing(name, t('newName')) ?? (name.trim() === unit.name ? t('nameSame') : null), missing(from, t('from'))] as const;
  const body = { name: name.trim(), from };
  return (
    <ActDialog
      title={t('renameOf', { name: unit.name })}
      submit={t('rename')}
      consequence={t('renameConsequence', { name: unit.name })}
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminUnitsRename({ path: { unitId: unit.id }, body, headers }), { key })}
      done={t('renamed', { name })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField label={t('newName')} value={name} onChange={setName} maxLength={100} fault={isTried ? faults[0] : null} />
          <FromField value={from} onChange={setFrom} hint={t('fromHint')} fault={isTried ? faults[1] : null} />
        </>
      )}
    </ActDialog>
  );
};

export const SynonymsDialog = ({ unit, onClose }: About): ReactNode => {
  const [text, setText] = useState(unit.synonyms.join('\n'));
  const body = { synonyms: linesOf(text) };
  return (
    <ActDialog
      title={t('synonymsOf', { name: unit.name })}
      submit={t('synonymsChange')}
      body={body}
      send={(key) => write((headers) => adminUnitsSynonyms({ path: { unitId: unit.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {() => <TextArea label={t('synonyms')} hint={t('synonymsHint')} value={text} onChange={setText} />}
    </ActDialog>
  );
};

/** 调整隶属. */
export const MoveDialog = ({ unit, onClose }: About): ReactNode => {
  const { picks } = useUnits();
  const { today } = useSession().who;
  const [parentId, setParentId] = useState('');
  const [from, setFrom] = useState(today);
  const faults = [missing(parentId, t('newParent')), missing(from, t('from'))] as const;
  const body = { parentId, from };
  return (
    <ActDialog
      title={t('moveOf', { name: unit.name })}
      submit={t('move')}
      consequence={t('moveConsequence')}
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminUnitsMove({ path: { unitId: unit.id }, body, headers }), { key })}
      done={t('moved', { name: unit.name })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <PickField
            label={t('newParent')}
            value={parentId}
            onChange={setParentId}
            options={picks((one) => one.kind !== 'village' && one.id !== unit.parentId && !isBelow(one, unit))}
            fault={isTried ? faults[0] : null}
          />
          <FromField value={from} onChange={setFrom} hint={t('fromHint')} fault={isTried ? faults[1] : null} />
        </>
      )}
    </ActDialog>
  );
};

/** What hangs on the unit is counted before anything is confirmed. */
const Holdings = ({ unit, say }: Readonly<{ unit: Unit; say: (of: UnitHoldings) => ReactNode }>): ReactNode => {
  const { data, error } = useQuery({
    queryKey: ['admin', 'units', unit.id, 'holdings'],
    queryFn: () => read(adminUnitsHoldings({ path: { unitId: unit.id } })),
  });
  if (data !== undefined) return say(data);
  return error === null ? <Loading /> : <FormFault error={error} />;
};

/** 撤并: open legs pass by one batch event, deadlines unchanged; closed history keeps the old name (R14). */
export const MergeDialog = ({ unit, onClose }: About): ReactNode => {
  const { picks, nameOf } = useUnits();
  const { today } = useSession().who;
  const [into, setInto] = useState('');
  const [from, setFrom] = useState(today);
  const faults = [missing(into, t('successor')), missing(from, t('from'))] as const;
  const body = { into, from };
  const names = { name: unit.name, into: into === '' ? t('successor') : nameOf(into) };
  return (
    <ActDialog
      title={t('mergeOf', { name: unit.name })}
      submit={t('merge')}
      danger
      consequence={
        <Holdings
          unit={unit}
          say={({ openLegs, unitsBelow, posts }) => (
            <ul>
              <li>{t('mergeLegs', { ...names, n: openLegs })}</li>
              <li>{t('mergeBelow', { ...names, n: unitsBelow, posts })}</li>
              <li>{t('mergeHistory', names)}</li>
              <li>{t('notUndone')}</li>
            </ul>
          )}
        />
      }
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminUnitsMerge({ path: { unitId: unit.id }, body, headers }), { key })}
      done={t('merged', names)}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <PickField
            label={t('successor')}
            value={into}
            onChange={setInto}
            options={picks((one) => one.kind === unit.kind && !isBelow(one, unit))}
            fault={isTried ? faults[0] : null}
          />
          <FromField value={from} onChange={setFrom} hint={t('fromHint')} fault={isTried ? faults[1] : null} />
        </>
      )}
    </ActDialog>
  );
};

/** 撤销, without a successor. */
export const DissolveDialog = ({ unit, onClose }: About): ReactNode => {
  const { today } = useSession().who;
  const [from, setFrom] = useState(today);
  const fault = missing(from, t('from'));
  const body = { from };
  return (
    <ActDialog
      title={t('dissolveOf', { name: unit.name })}
      submit={t('dissolve')}
      danger
      consequence={
        <Holdings
          unit={unit}
          say={({ openLegs, unitsBelow, posts }) => (
            <ul>
              <li>{openLegs === 0 ? t('dissolveNoLegs') : t('dissolveLegs', { n: openLegs })}</li>
              <li>{t('dissolveBelow', { n: unitsBelow, posts })}</li>
              <li>{t('notUndone')}</li>
            </ul>
          )}
        />
      }
      faults={[fault]}
      body={body}
      send={(key) => write((headers) => adminUnitsDissolve({ path: { unitId: unit.id }, body, headers }), { key })}
      done={t('dissolved', { name: unit.name })}
      onClose={onClose}
    >
      {(isTried) => <FromField value={from} onChange={setFrom} label={t('dissolveFrom')} fault={isTried ? fault : null} />}
    </ActDialog>
  );
};
