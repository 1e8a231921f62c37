import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { ladderRulesEnd, ladderRulesSet } from '../../api/generated/sdk.gen';
import type { LadderRules } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { word, wordsOf } from '../../i18n/words';
import { CheckGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { dayWords } from '../../ui/time';
import { RungDialog } from './rung-dialog';
import { KINDS, missing, t } from './rungs';

export type LadderRule = LadderRules['versions'][number];
const STEPS = ['urging', 'warning', 'supervision-letter', 'interview', 'listing'] as const;
const SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;
const SERIOUSNESSES = ['ordinary', 'serious', 'major'] as const;
const DAYS = /^[1-9]\d{0,2}$/;
const isDays = (value: string): boolean => DAYS.test(value) && Number(value) <= 365;
const tomorrow = (today: string): string => new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** A new rule, or the next version of one; from tomorrow at the earliest. */
export const SetRuleDialog = ({ rule, onClose }: Readonly<{ rule: LadderRule | null; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const [ruleId, setRuleId] = useState(rule?.id ?? '');
  const [step, setStep] = useState<LadderRule['step'] | ''>(rule?.step ?? '');
  const [days, setDays] = useState(rule === null ? '' : String(rule.days));
  const [addressees, setAddressees] = useState<readonly LadderRule['addressees'][number][]>(rule?.addressees ?? ['unit']);
  const [replyDays, setReplyDays] = useState(rule?.replyDays == null ? '' : String(rule.replyDays));
  const [source, setSource] = useState<NonNullable<LadderRule['source']> | ''>(rule?.source ?? '');
  const [seriousness, setSeriousness] = useState<NonNullable<LadderRule['seriousness']> | ''>(rule?.seriousness ?? '');
  const [from, setFrom] = useState(tomorrow(today));
  const [reason, setReason] = useState('');
  const faults = {
    id: missing(ruleId, t('ruleId')),
    step: missing(step, t('step')),
    days: isDays(days) ? null : t('daysInvalid'),
    replyDays: replyDays === '' || isDays(replyDays) ? null : t('daysInvalid'),
    addressees: step === 'warning' ? null : missing(addressees, t('addressees')),
    from: from > today ? null : t('fromTooEarly'),
    reason: missing(reason, t('ruleReason')),
  };
  const body = {
    step: step === '' ? ('urging' as const) : step,
    days: Number(days),
    addressees: [...addressees],
    replyDays: replyDays === '' ? null : Number(replyDays),
    scope: { ...(source === '' ? {} : { source }), ...(seriousness === '' ? {} : { seriousness }) },
    from,
    reason: reason.trim(),
  };
  return (
    <RungDialog
      title={rule === null ? t('ruleNew') : t('ruleSetOf', { id: rule.id })}
      note={t('consequence', { day: from === '' ? '…' : dayWords(from) })}
      submit={t('ruleSet')}
      faults={Object.values(faults)}
      send={(key) => write((headers) => ladderRulesSet({ path: { ruleId: ruleId.trim() }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          {rule === null && (
            <>
              <TextField
                label={t('ruleId')}
                hint={t('ruleIdHint')}
                value={ruleId}
                onChange={setRuleId}
                fault={isTried ? faults.id : null}
              />
              <SelectField
                label={t('step')}
                value={step}
                onChange={setStep}
                options={wordsOf('rung', STEPS)}
                fault={isTried ? faults.step : null}
              />
            </>
          )}
          <TextField label={t('days')} inputMode="numeric" value={days} onChange={setDays} fault={isTried ? faults.days : null} />
          <CheckGroup
            label={t('addressees')}
            options={wordsOf('addressee', KINDS)}
            value={addressees}
            onChange={setAddressees}
            fault={isTried ? faults.addressees : null}
          />
          <TextField
            label={t('replyDays')}
            optional
            inputMode="numeric"
            value={replyDays}
            onChange={setReplyDays}
            fault={isTried ? faults.replyDays : null}
          />
          <SelectField
            label={t('scopeSource')}
            placeholder={t('any')}
            value={source}
            onChange={setSource}
            options={wordsOf('source', SOURCES)}
          />
          <SelectField
            label={t('scopeSeriousness')}
            placeholder={t('any')}
            value={seriousness}
            onChange={setSeriousness}
            options={wordsOf('seriousness', SERIOUSNESSES)}
          />
          <TextField type="date" label={t('from')} value={from} onChange={setFrom} fault={isTried ? faults.from : null} />
          <TextArea label={t('ruleReason')} value={reason} onChange={setReason} maxLength={500} fault={isTried ? faults.reason : null} />
        </>
      )}
    </RungDialog>
  );
};

export const EndRuleDialog = ({ rule, onClose }: Readonly<{ rule: LadderRule; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const [to, setTo] = useState(today);
  const [reason, setReason] = useState('');
  const faults = { to: missing(to, t('lastDay')), reason: missing(reason, t('ruleReason')) };
  const body = { to, reason: reason.trim() };
  return (
    <RungDialog
      title={t('ruleEndOf', { id: rule.id })}
      note={`${word('rung', rule.step)} ${t('daysLine', { n: rule.days })}`}
      submit={t('ruleEnd')}
      danger
      faults={Object.values(faults)}
      send={(key) => write((headers) => ladderRulesEnd({ path: { ruleId: rule.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField type="date" label={t('lastDay')} value={to} onChange={setTo} fault={isTried ? faults.to : null} />
          <TextArea label={t('ruleReason')} value={reason} onChange={setReason} maxLength={500} fault={isTried ? faults.reason : null} />
        </>
      )}
    </RungDialog>
  );
};
