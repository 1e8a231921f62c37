import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/reviews.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Derivation } from '../../ui/derivation';
import { Dialog } from '../../ui/dialog';
import { RadioGroup, TextArea, TextField } from '../../ui/fields';
import { Actions, Empty, Facts, FormFault, Loaded, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { useDetail, type Detail } from '../finding/detail';
import type { Entry } from './queue';

const t = textsOf(zh);
const said = textsOf(common);
export type Leg = Detail['legs'][number];
/** `text` is the reason of a refusal, and what a grant rests on. */
export type Ruling = Readonly<{ granted: true; until: string; text: string }> | Readonly<{ granted: false; text: string }>;

type Asked = Readonly<{
  until: string;
  /** What was asked, below the leg and its due time. */
  facts: readonly (readonly [string, string | null])[];
  words: Readonly<{ grant: string; until: string; grantedBecause: string }>;
  /** `seen` is the revision that the decision rests on. */
  rule: (ruling: Ruling, seen: number) => Promise<unknown>;
}>;

const Form = ({ finding, leg, asked, onDone }: Readonly<{ finding: Detail; leg: Leg; asked: Asked; onDone: () => void }>): ReactNode => {
  // The decision rests on what was shown when the form opened.
  const [seen] = useState(finding.revision);
  const [decision, setDecision] = useState<'granted' | 'refused' | ''>('');
  const [until, setUntil] = useState(asked.until);
  const [text, setText] = useState('');
  const { tried, busy, error, send } = useAct();
  const { words } = asked;
  const missing = (value: string, label: string): string | null => (tried && value.trim() === '' ? said('required', { label }) : null);
  const because = decision === 'granted' ? words.grantedBecause : t('reason');
  const submit = (): void =>
    send(decision !== '' && text.trim() !== '' && (decision === 'refused' || until !== ''), async () => {
      await asked.rule(decision === 'granted' ? { granted: true, until, text } : { granted: false, text }, seen);
      onDone();
    });
  return (
    <>
      <Facts of={[[t('text'), finding.text], [t('leg'), leg.unit.name], [t('dueNow'), dateTimeWords(leg.due.at)], ...asked.facts]} />
      <Derivation due={leg.due} />
      {seen !== finding.revision && <Notice tone="amber">{said('changedElsewhere')}</Notice>}
      <RadioGroup
        label={t('decision')}
        value={decision}
        onChange={setDecision}
        options={[
          { value: 'granted', label: words.grant },
          { value: 'refused', label: t('refuse') },
        ]}
        fault={missing(decision, t('decision'))}
      />
      {decision === 'granted' && (
        <TextField label={words.until} type="date" value={until} onChange={setUntil} fault={missing(until, words.until)} />
      )}
      <TextArea label={because} value={text} onChange={setText} fault={missing(text, because)} />
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('decide')}
        </Button>
      </Actions>
    </>
  );
};

type Props = Readonly<{
  entry: Entry;
  onClose: () => void;
  title: string;
  done: string;
  nothing: string;
  /** What this leg waits to be ruled on; null when nothing is asked any more. */
  askedOf: (finding: Detail, leg: Leg) => Asked | null;
}>;

/** The office's word on what a unit asked for until a day: granted until that or another day, or refused with a reason. */
export const UntilRuling = ({ entry, onClose, title, done, nothing, askedOf }: Props): ReactNode => {
  const { findingId: id, legId } = entry;
  const query = useDetail(id);
  const queries = useQueryClient();
  const say = useToast();
  const onDone = (): void => {
    say(done);
    void queries.invalidateQueries({ queryKey: ['finding', id] });
    void queries.invalidateQueries({ queryKey: ['findings'] });
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Loaded query={query}>
        {(finding) => {
          const leg = finding.legs.find((one) => one.legId === legId);
          const asked = leg === undefined ? null : askedOf(finding, leg);
          return leg === undefined || asked === null ? (
            <Empty>{nothing}</Empty>
          ) : (
            <Form finding={finding} leg={leg} asked={asked} onDone={onDone} />
          );
        }}
      </Loaded>
    </Dialog>
  );
};
