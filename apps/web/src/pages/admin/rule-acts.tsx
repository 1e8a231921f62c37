import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { calendarRetire, calendarSet } from '../../api/generated/sdk.gen';
import type { DeadlineRule } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { wordsOf } from '../../i18n/words';
import { RadioGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { dayWords } from '../../ui/time';
import { ActDialog } from './act-dialog';
import { useCategories } from './data';
import { FromField } from './fields';
import { daysWords, kindWords, RULE_KINDS, scopeWords, type RuleGroup } from './rules';
import { missing, t } from './texts';
import styles from './admin.module.css';

type Scope = Pick<DeadlineRule, 'category' | 'source' | 'findingKind' | 'rectification' | 'seriousness' | 'line' | 'duty'>;

const PARTS = {
  source: ['upper', 'inspection', 'self', 'data', 'leader', 'other'],
  findingKind: ['finding', 'task'],
  rectification: ['immediate', 'time-limited', 'staged'],
  seriousness: ['ordinary', 'serious', 'major'],
  line: ['territorial', 'sectoral', 'owner'],
  duty: ['acts', 'guides'],
} as const;

const ScopeFields = ({ scope, onChange }: Readonly<{ scope: Scope; onChange: (scope: Scope) => void }>): ReactNode => {
  const { categories } = useCategories();
  /** A part that is set to "any" is left out. */
  const set = (part: keyof Scope, value: string): void => {
    const rest = Object.fromEntries(Object.entries(scope).filter(([name]) => name !== part)) as Scope;
    onChange(value === '' ? rest : { ...rest, [part]: value });
  };
  return (
    <div className={styles['two']}>
      <SelectField
        label={t('scope.category')}
        value={scope.category ?? ''}
        onChange={(value) => set('category', value)}
        options={categories.map(({ code, name }) => ({ value: code, label: name }))}
        placeholder={t('scopeAny')}
      />
      {(['source', 'findingKind', 'rectification', 'seriousness', 'line', 'duty'] as const).map((part) => (
        <SelectField
          key={part}
          label={t(`scope.${part}`)}
          value={scope[part] ?? ''}
          onChange={(value) => set(part, value)}
          options={wordsOf(part === 'findingKind' ? 'kind' : part, PARTS[part])}
          placeholder={t('scopeAny')}
        />
      ))}
    </div>
  );
};

const scopeOf = (rule: DeadlineRule | undefined): Scope => ({
  ...(rule?.category === undefined ? {} : { category: rule.category }),
  ...(rule?.source === undefined ? {} : { source: rule.source }),
  ...(rule?.findingKind === undefined ? {} : { findingKind: rule.findingKind }),
  ...(rule?.rectification === undefined ? {} : { rectification: rule.rectification }),
  ...(rule?.seriousness === undefined ? {} : { seriousness: rule.seriousness }),
  ...(rule?.line === undefined ? {} : { line: rule.line }),
  ...(rule?.duty === undefined ? {} : { duty: rule.duty }),
});

/** A new rule, or the next version of one; it holds for due times given from its first day on. */
export const SetRuleDialog = ({ group, onClose }: Readonly<{ group: RuleGroup | null; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const last = group?.versions[0];
  const [ruleId, setRuleId] = useState(group?.id ?? '');
  const [kind, setKind] = useState<DeadlineRule['kind'] | ''>(group?.kind ?? '');
  const [scope, setScope] = useState<Scope>(scopeOf(last));
  const [days, setDays] = useState(last === undefined ? '' : String(last.days));
  const [unit, setUnit] = useState<DeadlineRule['unit'] | ''>(last?.unit ?? 'working');
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const faults = {
    id: missing(ruleId, t('ruleIdLabel')) ?? (/^[a-z0-9][a-z0-9-]{1,60}$/.test(ruleId.trim()) ? null : t('ruleIdMalformed')),
    kind: missing(kind, t('ruleKind')),
    days: /^[1-9]\d{0,3}$/.test(days) && Number(days) <= 3650 ? null : t('daysInvalid'),
    from: missing(from, t('from')) ?? (from < today ? t('fromPast') : null),
    reason: missing(reason, t('reason')),
  };
  const body = { kind: kind || 'rectify', scope, days: Number(days), unit: unit || 'working', from, reason: reason.trim() } as const;
  return (
    <ActDialog
      title={group === null ? t('ruleNew') : t('ruleSetOf', { id: group.id })}
      submit={t('ruleSet')}
      consequence={
        <>
          <p>
            {last === undefined
              ? t('ruleNewSays', { kind: kind === '' ? '' : kindWords(kind), days: days === '' ? '…' : daysWords(body) })
              : t('ruleChangeSays', { was: daysWords(last), now: daysWords(body) })}
          </p>
          <p>{t('ruleConsequence', { day: from === '' ? '…' : dayWords(from) })}</p>
        </>
      }
      faults={Object.values(faults)}
      body={{ ruleId, ...body }}
      send={(key) =>
        write((headers) => calendarSet({ path: { ruleId: ruleId.trim() }, body: { ...body, scope: { ...scope } }, headers }), { key })
      }
      onClose={onClose}
    >
      {(isTried) => (
        <>
          {group === null && (
            <>
              <TextField
                label={t('ruleIdLabel')}
                hint={t('ruleIdHint')}
                value={ruleId}
                onChange={setRuleId}
                fault={isTried ? faults.id : null}
              />
              <SelectField
                label={t('ruleKind')}
                value={kind}
                onChange={setKind}
                options={RULE_KINDS.map((value) => ({ value, label: kindWords(value) }))}
                fault={isTried ? faults.kind : null}
              />
            </>
          )}
          <ScopeFields scope={scope} onChange={setScope} />
          <TextField label={t('days')} inputMode="numeric" value={days} onChange={setDays} fault={isTried ? faults.days : null} />
          <RadioGroup
            label={t('dayUnit')}
            value={unit}
            onChange={setUnit}
            options={[
              { value: 'working', label: t('working') },
              { value: 'natural', label: t('natural') },
              { value: 'hours', label: t('hours') },
            ]}
          />
          <FromField value={from} onChange={setFrom} hint={t('ruleFromHint')} fault={isTried ? faults.from : null} />
          <TextArea
            label={t('reason')}
            hint={t('reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={500}
            fault={isTried ? faults.reason : null}
          />
        </>
      )}
    </ActDialog>
  );
};

export const RetireRuleDialog = ({ group, onClose }: Readonly<{ group: RuleGroup; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const [to, setTo] = useState(today);
  const [reason, setReason] = useState('');
  const faults = [missing(to, t('lastDay')), missing(reason, t('reason'))] as const;
  const body = { to, reason: reason.trim() };
  const { current } = group;
  const { nameOf } = useCategories();
  return (
    <ActDialog
      title={t('ruleRetireOf', { id: group.id })}
      submit={t('ruleRetire')}
      danger
      consequence={t('ruleRetireConsequence', {
        rule: current === null ? group.id : `${kindWords(group.kind)} ${daysWords(current)} (${scopeWords(current, nameOf)})`,
      })}
      faults={faults}
      body={body}
      send={(key) => write((headers) => calendarRetire({ path: { ruleId: group.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField type="date" label={t('lastDay')} value={to} onChange={setTo} fault={isTried ? faults[0] : null} />
          <TextArea
            label={t('reason')}
            hint={t('reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={500}
            fault={isTried ? faults[1] : null}
          />
        </>
      )}
    </ActDialog>
  );
};
