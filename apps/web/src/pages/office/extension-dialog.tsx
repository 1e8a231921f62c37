import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { reviewRuleOnExtension } from '../../api/generated/sdk.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/reviews.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Derivation } from './derivation';
import { Dialog } from '../../ui/dialog';
import { RadioGroup, TextArea, TextField } from '../../ui/fields';
import { Actions, Empty, Facts, FormFault, Loaded, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useDetail, type Detail } from '../finding/detail';
import type { Entry } from './queue';
import { useAct } from '../../ui/use-act';

const t = textsOf(zh);
const said = textsOf(common);
type Leg = Detail['legs'][number];
type Asked = NonNullable<Leg['extension']>;

const Form = ({ finding, leg, asked, onDone }: Readonly<{ finding: Detail; leg: Leg; asked: Asked; onDone: () => void }>): ReactNode => {
  // The decision rests on what was shown when the form opened.
  const [seen] = useState(finding.revision);
  const [decision, setDecision] = useState<'granted' | 'refused' | ''>('');
  const [until, setUntil] = useState(asked.until);
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  const missing = (value: string, label: string): string | null => (tried && value.trim() === '' ? said('required', { label }) : null);
  const submit = (): void =>
    send(decision !== '' && reason.trim() !== '' && (decision === 'refused' || until !== ''), async () => {
      const body = decision === 'granted' ? { granted: true as const, until, reason } : { granted: false as const, reason };
      await write((headers) => reviewRuleOnExtension({ path: { id: finding.findingId, legId: leg.legId }, body, headers }), { seen });
      onDone();
    });
  return (
    <>
      <Facts
        of={[
          [t('text'), finding.text],
          [t('leg'), leg.unit.name],
          [t('dueNow'), dateTimeWords(leg.due.at)],
          [t('askedUntil'), dayWords(asked.until)],
          [t('askedBecause'), asked.reason],
          [t('askedAt'), dateTimeWords(asked.askedAt)],
          [t('extensionsBefore'), leg.extensions === 0 ? null : String(leg.extensions)],
        ]}
      />
      <Derivation steps={leg.due.steps} provisional={leg.due.provisional} />
      {seen !== finding.revision && <Notice tone="amber">{said('changedElsewhere')}</Notice>}
      <RadioGroup
        label={t('decision')}
        value={decision}
        onChange={setDecision}
        options={[
          { value: 'granted', label: t('grant') },
          { value: 'refused', label: t('refuse') },
        ]}
        fault={missing(decision, t('decision'))}
      />
      {decision === 'granted' && (
        <TextField label={t('until')} type="date" value={until} onChange={setUntil} fault={missing(until, t('until'))} />
      )}
      <TextArea label={t('reason')} value={reason} onChange={setReason} fault={missing(reason, t('reason'))} />
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('decide')}
        </Button>
      </Actions>
    </>
  );
};

/** 批延期: granted with a date, or refused, with a reason (R35). */
export const ExtensionDialog = ({ entry, onClose }: Readonly<{ entry: Entry; onClose: () => void }>): ReactNode => {
  const { findingId: id, legId, number } = entry;
  const query = useDetail(id);
  const queries = useQueryClient();
  const say = useToast();
  const done = (): void => {
    say(t('extensionDone', { number }));
    void queries.invalidateQueries({ queryKey: ['finding', id] });
    void queries.invalidateQueries({ queryKey: ['findings'] });
    onClose();
  };
  return (
    <Dialog title={t('extensionOf', { number })} onClose={onClose}>
      <Loaded query={query}>
        {(finding) => {
          const leg = finding.legs.find((one) => one.legId === legId);
          return leg?.extension == null ? (
            <Empty>{t('nothingAsked')}</Empty>
          ) : (
            <Form finding={finding} leg={leg} asked={leg.extension} onDone={done} />
          );
        }}
      </Loaded>
    </Dialog>
  );
};
