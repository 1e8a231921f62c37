import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { legsRule } from '../../api/generated/sdk.gen';
import type { LegsRuleData } from '../../api/generated/types.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/reviews.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { RadioGroup, TextArea } from '../../ui/fields';
import { Actions, Empty, Facts, FormFault, Loaded, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { dateTimeWords } from '../../ui/time';
import { useDetail, type Detail } from '../finding/detail';
import type { Entry } from './queue';
import { KINDS_OF_LINE } from './transfer-part';
import { UnitField } from './unit-fields';
import { useAct } from '../../ui/use-act';

const t = textsOf(zh);
const said = textsOf(common);
type Ruling = LegsRuleData['body']['ruling'];
type Leg = Detail['legs'][number];
const RULINGS: readonly Ruling[] = ['stays', 'moved', 'untrue'];

const Form = ({ finding, leg, onDone }: Readonly<{ finding: Detail; leg: Leg; onDone: () => void }>): ReactNode => {
  // The decision rests on what was shown when the form opened.
  const [seen] = useState(finding.revision);
  const [ruling, setRuling] = useState<Ruling | ''>('');
  const [toUnitId, setToUnit] = useState('');
  const [reason, setReason] = useState('');
  const [teamNote, setTeamNote] = useState('');
  const { tried, busy, error, send } = useAct();
  const missing = (value: string, label: string): string | null => (tried && value.trim() === '' ? said('required', { label }) : null);
  const isComplete =
    ruling !== '' && reason.trim() !== '' && (ruling !== 'moved' || toUnitId !== '') && (ruling !== 'untrue' || teamNote.trim() !== '');
  const submit = (): void =>
    send(isComplete, async () => {
      const body = {
        ruling: ruling === '' ? ('stays' as const) : ruling,
        toUnitId: ruling === 'moved' ? toUnitId : null,
        reason,
        teamNote: ruling === 'untrue' ? teamNote : null,
      };
      await write((headers) => legsRule({ path: { id: finding.findingId, legId: leg.legId }, body, headers }), { seen });
      onDone();
    });
  return (
    <>
      <Facts
        of={[
          [t('text'), finding.text],
          [
            t('leg'),
            t('legSaid', { unit: leg.unit.name, line: wordOf(words, `line.${leg.line}`), duty: wordOf(words, `duty.${leg.duty}`) }),
          ],
          [t('ground'), leg.returned === null ? null : wordOf(words, `ground.${leg.returned.ground}`)],
          [t('returnText'), leg.returned?.text],
          [t('returnedAt'), leg.returned === null ? null : dateTimeWords(leg.returned.at)],
          [
            t('others'),
            finding.legs
              .filter((one) => one.legId !== leg.legId)
              .map((one) => one.unit.name)
              .join(t('comma')) || null,
          ],
        ]}
      />
      {seen !== finding.revision && <Notice tone="amber">{said('changedElsewhere')}</Notice>}
      <RadioGroup
        label={t('ruling')}
        value={ruling}
        onChange={setRuling}
        options={RULINGS.map((one) => ({ value: one, label: wordOf(words, `ruling.${one}`) }))}
        fault={missing(ruling, t('ruling'))}
      />
      {ruling === 'moved' && (
        <UnitField
          label={t('toUnit')}
          kinds={KINDS_OF_LINE[leg.line]}
          value={toUnitId}
          onChange={setToUnit}
          fault={missing(toUnitId, t('toUnit'))}
        />
      )}
      {ruling === 'untrue' && (
        <TextArea
          label={t('teamNote')}
          hint={t('teamNoteHint')}
          value={teamNote}
          onChange={setTeamNote}
          fault={missing(teamNote, t('teamNote'))}
        />
      )}
      <TextArea label={t('reason')} value={reason} onChange={setReason} fault={missing(reason, t('reason'))} />
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('rule')}
        </Button>
      </Actions>
    </>
  );
};

/** 裁定 a return: it stays, it moves to another unit, or the finding is untrue (R21). */
export const RulingDialog = ({ entry, onClose }: Readonly<{ entry: Entry; onClose: () => void }>): ReactNode => {
  const { findingId: id, legId, number } = entry;
  const query = useDetail(id);
  const queries = useQueryClient();
  const say = useToast();
  const done = (): void => {
    say(t('ruled', { number }));
    void queries.invalidateQueries({ queryKey: ['finding', id] });
    void queries.invalidateQueries({ queryKey: ['findings'] });
    onClose();
  };
  return (
    <Dialog title={t('ruleOn', { number })} onClose={onClose}>
      <Loaded query={query}>
        {(finding) => {
          const leg = finding.legs.find((one) => one.legId === legId);
          return leg?.returned == null ? <Empty>{t('nothingToRule')}</Empty> : <Form finding={finding} leg={leg} onDone={done} />;
        }}
      </Loaded>
    </Dialog>
  );
};
