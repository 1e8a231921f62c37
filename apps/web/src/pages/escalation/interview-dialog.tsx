import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { escalationRecord, unitsPosts } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { CheckGroup, TextArea, TextField, type Option } from '../../ui/fields';
import { RungDialog } from './rung-dialog';
import { missing, t, type Rung } from './rungs';

/** Who holds a post of the unit today, once each. */
const useHolders = (unitId: string): readonly Option[] => {
  const { data } = useQuery({ queryKey: ['units', unitId, 'posts'], queryFn: () => read(unitsPosts({ path: { unitId } })) });
  const people = (data?.posts ?? []).flatMap(({ holders, title }) => holders.map(({ id, name }) => [id, `${name} ${title}`] as const));
  return [...new Map(people)].map(([value, label]) => ({ value, label }));
};

/** 约谈记录: who met whom, when, what was agreed. */
export const InterviewDialog = ({ rung, onClose }: Readonly<{ rung: Rung; onClose: () => void }>): ReactNode => {
  const { who } = useSession();
  const [metOn, setMetOn] = useState(who.today);
  const [heldBy, setHeldBy] = useState<readonly string[]>([who.person.id]);
  const [met, setMet] = useState<readonly string[]>([]);
  const [agreed, setAgreed] = useState('');
  const [nextOn, setNextOn] = useState('');
  const colleagues = useHolders(who.acting?.unit.id ?? '');
  const leaders = rung.addressees.flatMap(({ kind, person }) =>
    kind === 'leader' && person !== null ? [{ value: person.id, label: person.name }] : [],
  );
  const holders = [
    ...new Map([...colleagues, ...leaders, { value: who.person.id, label: who.person.name }].map((one) => [one.value, one])).values(),
  ];
  const invited = useHolders(rung.unit.id);
  const faults = {
    metOn: missing(metOn, t('metOn')),
    heldBy: missing(heldBy, t('heldBy')),
    met: missing(met, t('met')),
    agreed: missing(agreed, t('agreed')),
  };
  const body = {
    dueAt: rung.dueAt,
    metOn,
    heldBy: [...heldBy],
    met: [...met],
    agreed: agreed.trim(),
    nextOn: nextOn === '' ? null : nextOn,
  };
  return (
    <RungDialog
      title={t('recordTitle')}
      submit={t('recordNow')}
      faults={Object.values(faults)}
      send={(key) => write((headers) => escalationRecord({ path: { id: rung.findingId, legId: rung.legId }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField type="date" label={t('metOn')} value={metOn} onChange={setMetOn} fault={isTried ? faults.metOn : null} />
          <CheckGroup label={t('heldBy')} options={holders} value={heldBy} onChange={setHeldBy} fault={isTried ? faults.heldBy : null} />
          <CheckGroup label={t('met')} options={invited} value={met} onChange={setMet} fault={isTried ? faults.met : null} />
          <TextArea
            label={t('agreed')}
            value={agreed}
            onChange={setAgreed}
            rows={4}
            maxLength={4000}
            fault={isTried ? faults.agreed : null}
          />
          <TextField type="date" label={t('nextOn')} optional value={nextOn} onChange={setNextOn} />
        </>
      )}
    </RungDialog>
  );
};
