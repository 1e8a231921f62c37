import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { escalationAnswer, escalationDecline, escalationIssue } from '../../api/generated/sdk.gen';
import { word } from '../../i18n/words';
import { TextArea } from '../../ui/fields';
import { useIssueFields } from './issue-fields';
import { RungDialog } from './rung-dialog';
import { missing, t, type Rung } from './rungs';

type Props = Readonly<{ rung: Rung; onClose: () => void }>;
const pathOf = ({ findingId, legId, rung }: Rung) => ({ id: findingId, legId, rung });
const nameOf = ({ rung }: Rung): string => word('rung', rung);

/** Issued as proposed or changed, in the name of whoever sends it. */
export const IssueDialog = ({ rung, onClose }: Props): ReactNode => {
  const { said, faults, fields } = useIssueFields(rung, rung.draft);
  const body = { dueAt: rung.dueAt, ...said };
  return (
    <RungDialog
      title={t('issueTitle', { rung: nameOf(rung) })}
      note={t('issueNote')}
      submit={t('issueNow')}
      faults={faults}
      send={(key) => write((headers) => escalationIssue({ path: pathOf(rung), body, headers }), { key })}
      onClose={onClose}
    >
      {fields}
    </RungDialog>
  );
};

export const DeclineDialog = ({ rung, onClose }: Props): ReactNode => {
  const [reason, setReason] = useState('');
  const fault = missing(reason, t('reason'));
  const body = { dueAt: rung.dueAt, reason: reason.trim() };
  return (
    <RungDialog
      title={t('declineTitle', { rung: nameOf(rung) })}
      note={t('declineNote')}
      submit={t('declineNow')}
      danger
      faults={[fault]}
      send={(key) => write((headers) => escalationDecline({ path: pathOf(rung), body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <TextArea
          label={t('reason')}
          hint={t('reasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={1000}
          fault={isTried ? fault : null}
        />
      )}
    </RungDialog>
  );
};

/** What the unit answers. */
export const AnswerDialog = ({ rung, onClose }: Props): ReactNode => {
  const [text, setText] = useState('');
  const fault = missing(text, t('answerText'));
  const body = { dueAt: rung.dueAt, text: text.trim() };
  return (
    <RungDialog
      title={t('answerTitle', { rung: nameOf(rung) })}
      note={rung.text}
      submit={t('answerNow')}
      faults={[fault]}
      send={(key) => write((headers) => escalationAnswer({ path: pathOf(rung), body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <TextArea label={t('answerText')} value={text} onChange={setText} rows={5} maxLength={4000} fault={isTried ? fault : null} />
      )}
    </RungDialog>
  );
};
