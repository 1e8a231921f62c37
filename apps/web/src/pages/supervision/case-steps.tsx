import { useState, type ReactNode } from 'react';
import {
  supervisionApproveRemoval,
  supervisionAskRemoval,
  supervisionDecline,
  supervisionRefuseRemoval,
  supervisionReport,
} from '../../api/generated/sdk.gen';
import { SelectField, TextArea } from '../../ui/fields';
import { Notice } from '../../ui/states';
import { Checks } from './checks';
import { StepDialog } from './step-dialog';
import { criterionWords, missing, t, type Case, type Check } from './words';

type Step = Readonly<{ of: Case; onClose: () => void }>;

export const DeclineDialog = ({ of, onClose }: Step): ReactNode => {
  const [reason, setReason] = useState('');
  const fault = missing(reason, t('reason'));
  return (
    <StepDialog
      title={t('decline')}
      submit={t('declineNow')}
      danger
      body={fault === null ? { reason: reason.trim() } : null}
      seen={of.revision}
      send={(body, headers) => supervisionDecline({ path: { id: of.supervisionId }, body, headers })}
      done={t('declined')}
      onClose={onClose}
    >
      {(isTried) => <TextArea label={t('reason')} value={reason} onChange={setReason} maxLength={1000} fault={isTried ? fault : null} />}
    </StepDialog>
  );
};

export const ReportDialog = ({ of, onClose }: Step): ReactNode => {
  const open = of.reportList.filter(({ given }) => given === null);
  const [period, setPeriod] = useState(String(open.at(-1)?.period ?? ''));
  const [text, setText] = useState('');
  const fault = missing(text, t('reportText'));
  return (
    <StepDialog
      title={t('report')}
      submit={t('reportNow')}
      body={fault === null && period !== '' ? { period: Number(period), text: text.trim() } : null}
      send={(body, headers) => supervisionReport({ path: { id: of.supervisionId }, body, headers })}
      done={t('reported')}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <SelectField
            label={t('reportPeriod')}
            placeholder={null}
            options={open.map((one) => ({
              value: String(one.period),
              label: `${t('period.n', { n: one.period })}${one.missed ? ` · ${t('late')}` : ''}`,
            }))}
            value={period}
            onChange={setPeriod}
          />
          <TextArea label={t('reportText')} value={text} onChange={setText} maxLength={4000} rows={6} fault={isTried ? fault : null} />
        </>
      )}
    </StepDialog>
  );
};

export const AskRemovalDialog = ({ of, today, onClose }: Step & Readonly<{ today: readonly Check[] }>): ReactNode => {
  const criteria = of.plan?.criteria ?? [];
  const [answers, setAnswers] = useState<readonly string[]>(criteria.map(() => ''));
  const complete = answers.every((answer) => answer.trim() !== '');
  return (
    <StepDialog
      title={t('askRemoval')}
      submit={t('askNow')}
      body={complete ? { answers: answers.map((answer) => answer.trim()) } : null}
      seen={of.revision}
      send={(body, headers) => supervisionAskRemoval({ path: { id: of.supervisionId }, body, headers })}
      done={t('asked')}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <Checks checks={today} />
          {criteria.map((criterion, i) => {
            const label = t('answerTo', { criterion: criterionWords(criterion) });
            const answer = answers[i] ?? '';
            return (
              <TextArea
                key={label}
                label={label}
                value={answer}
                onChange={(value) => setAnswers(answers.map((one, at) => (at === i ? value : one)))}
                maxLength={1000}
                fault={isTried ? missing(answer, label) : null}
              />
            );
          })}
        </>
      )}
    </StepDialog>
  );
};

/** Against the figures of the day only with a reason. */
export const DecideRemovalDialog = ({
  of,
  today,
  approves,
  onClose,
}: Step & Readonly<{ today: readonly Check[]; approves: boolean }>): ReactNode => {
  const [reason, setReason] = useState('');
  const isUnmet = today.some(({ met }) => met === false);
  const isOptional = approves && !isUnmet;
  const fault = isOptional ? null : missing(reason, t('approveReason'));
  const said = reason.trim();
  return (
    <StepDialog
      title={t(approves ? 'approve' : 'refuse')}
      submit={t(approves ? 'approveNow' : 'refuseNow')}
      danger={!approves}
      body={fault === null ? { reason: said } : null}
      seen={of.revision}
      send={(body, headers) => {
        const path = { id: of.supervisionId };
        return approves
          ? supervisionApproveRemoval({ path, body: { reason: body.reason === '' ? null : body.reason }, headers })
          : supervisionRefuseRemoval({ path, body, headers });
      }}
      done={t(approves ? 'approved' : 'refused')}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <Checks checks={today} />
          {approves && isUnmet && <Notice tone="amber">{t('approveUnmet')}</Notice>}
          <TextArea
            label={t('approveReason')}
            {...(isOptional ? { optional: true } : {})}
            value={reason}
            onChange={setReason}
            maxLength={1000}
            fault={isTried ? fault : null}
          />
        </>
      )}
    </StepDialog>
  );
};
