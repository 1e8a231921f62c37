import { useState, type ReactNode } from 'react';
import { supervisionListing } from '../../api/generated/sdk.gen';
import type { SupervisionDetail, SupervisionListingData } from '../../api/generated/types.gen';
import { Checkbox, RadioGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { Notice } from '../../ui/states';
import { StepDialog } from './step-dialog';
import { missing, own, t, wholeOf, type Case, type Criterion } from './words';
import styles from './supervision.module.css';

type Body = NonNullable<SupervisionListingData['body']>;

/** What is ticked and typed of the criteria. */
type Drafted = Readonly<{ open: boolean; n: string; overdue: boolean; relapse: boolean; days: string; cleared: boolean; stated: string }>;

/** Null while one that is ticked is incomplete, or none is. */
const criteriaOf = (kind: Case['subject']['kind'], drafted: Drafted): readonly Criterion[] | null => {
  const { open, n, overdue, relapse, days, cleared, stated } = drafted;
  const most = wholeOf(n, 0, 100_000);
  const quiet = wholeOf(days, 1, 366);
  if (kind === 'unit' && ((open && most === null) || (relapse && quiet === null))) return null;
  const ofUnit: readonly Criterion[] = [
    ...(open && most !== null ? [{ kind: 'open-at-most' as const, n: most }] : []),
    ...(overdue ? [{ kind: 'no-overdue' as const }] : []),
    ...(relapse && quiet !== null ? [{ kind: 'no-relapse-for' as const, days: quiet }] : []),
  ];
  const ofFinding: readonly Criterion[] = cleared ? [{ kind: 'finding-cleared' }] : [];
  const said: readonly Criterion[] = stated.trim() === '' ? [] : [{ kind: 'stated', text: stated.trim() }];
  const all = [...(kind === 'unit' ? ofUnit : ofFinding), ...said];
  return all.length === 0 ? null : all;
};

const CriteriaFields = ({
  kind,
  drafted,
  onChange,
}: Readonly<{ kind: Case['subject']['kind']; drafted: Drafted; onChange: (drafted: Drafted) => void }>): ReactNode => {
  const set = (part: Partial<Drafted>): void => onChange({ ...drafted, ...part });
  return (
    <fieldset>
      <legend>{t('criteria')}</legend>
      {kind === 'unit' ? (
        <>
          <Checkbox label={t('useOpen')} value={drafted.open} onChange={(open) => set({ open })} />
          {drafted.open && <TextField label={t('useOpenN')} inputMode="numeric" value={drafted.n} onChange={(n) => set({ n })} />}
          <Checkbox label={t('useOverdue')} value={drafted.overdue} onChange={(overdue) => set({ overdue })} />
          <Checkbox label={t('useRelapse')} value={drafted.relapse} onChange={(relapse) => set({ relapse })} />
          {drafted.relapse && (
            <TextField label={t('useRelapseDays')} inputMode="numeric" value={drafted.days} onChange={(days) => set({ days })} />
          )}
        </>
      ) : (
        <Checkbox label={t('useCleared')} value={drafted.cleared} onChange={(cleared) => set({ cleared })} />
      )}
      <TextField label={t('useStatedText')} optional value={drafted.stated} onChange={(stated) => set({ stated })} maxLength={300} />
    </fieldset>
  );
};

/** 挂牌: the plan, made public with it. */
export const ListingDialog = ({
  of,
  names,
  onClose,
}: Readonly<{ of: Case; names: Pick<SupervisionDetail, 'leaders' | 'rectifiers'>; onClose: () => void }>): ReactNode => {
  const [reason, setReason] = useState('');
  const [leaderId, setLeaderId] = useState(names.leaders.length === 1 ? (names.leaders[0]?.id ?? '') : '');
  const [rectifierId, setRectifierId] = useState('');
  const [measures, setMeasures] = useState('');
  const [funds, setFunds] = useState('');
  const [emergencyPlan, setEmergencyPlan] = useState('');
  const [deadline, setDeadline] = useState('');
  const [every, setEvery] = useState('5');
  const [unit, setUnit] = useState<'working' | 'natural' | ''>('working');
  const [drafted, setDrafted] = useState<Drafted>({
    open: false,
    n: '',
    overdue: true,
    relapse: false,
    days: '30',
    cleared: true,
    stated: '',
  });
  const criteria = criteriaOf(of.subject.kind, drafted);
  const days = wholeOf(every, 1, 92);
  const faults = {
    reason: missing(reason, t('reason')),
    leader: missing(leaderId, t('leader')),
    measures: missing(measures, t('measures')),
    deadline: missing(deadline, t('deadline')),
    every: days === null ? t('everyInvalid') : null,
  };
  const complete = Object.values(faults).every((fault) => fault === null) && criteria !== null && days !== null;
  const body: Body | null =
    complete && unit !== ''
      ? {
          reason: reason.trim(),
          leaderId,
          rectifierId: rectifierId === '' ? null : rectifierId,
          measures: measures.trim(),
          funds: funds.trim() || null,
          emergencyPlan: emergencyPlan.trim() || null,
          deadline,
          cadence: { every: days, unit },
          criteria: [...criteria],
        }
      : null;
  return (
    <StepDialog
      title={t('list')}
      submit={t('listNow')}
      body={body}
      seen={of.revision}
      send={(plan, headers) => supervisionListing({ path: { id: of.supervisionId }, body: plan, headers })}
      done={t('listed')}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <Notice tone="amber">{t('listConsequence')}</Notice>
          <TextArea label={t('reason')} value={reason} onChange={setReason} maxLength={1000} fault={isTried ? faults.reason : null} />
          <SelectField
            label={t('leader')}
            options={names.leaders.map(({ id, name }) => ({ value: id, label: name }))}
            value={leaderId}
            onChange={setLeaderId}
            fault={isTried ? faults.leader : null}
          />
          <SelectField
            label={t('rectifier')}
            optional
            options={names.rectifiers.map(({ id, name }) => ({ value: id, label: name }))}
            value={rectifierId}
            onChange={setRectifierId}
          />
          <TextArea
            label={t('measures')}
            value={measures}
            onChange={setMeasures}
            maxLength={2000}
            fault={isTried ? faults.measures : null}
          />
          <TextField label={t('funds')} optional value={funds} onChange={setFunds} maxLength={500} />
          <TextArea label={t('emergencyPlan')} optional value={emergencyPlan} onChange={setEmergencyPlan} maxLength={1000} />
          <div className={styles['two']}>
            <TextField type="date" label={t('deadline')} value={deadline} onChange={setDeadline} fault={isTried ? faults.deadline : null} />
            <TextField label={t('every')} inputMode="numeric" value={every} onChange={setEvery} fault={isTried ? faults.every : null} />
          </div>
          <RadioGroup
            label={t('cadenceUnit')}
            value={unit}
            onChange={setUnit}
            options={(['working', 'natural'] as const).map((value) => ({ value, label: own('cadence', value) }))}
          />
          <CriteriaFields kind={of.subject.kind} drafted={drafted} onChange={setDrafted} />
          {isTried && criteria === null && (
            <Notice tone="red" alert>
              {t('criteriaMissing')}
            </Notice>
          )}
        </>
      )}
    </StepDialog>
  );
};
