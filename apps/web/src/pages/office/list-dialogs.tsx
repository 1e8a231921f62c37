import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { listsDiscard, listsIssue, listsReadingRows, listsSupplement } from '../../api/generated/sdk.gen';
import type { ListWithZeros } from '../../api/generated/types.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/lists.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea, TextField } from '../../ui/fields';
import { Actions, FormFault, Loaded, Notice } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import styles from './office.module.css';

const t = textsOf(zh);
const said = textsOf(common);
type Props = Readonly<{ list: ListWithZeros; onClose: () => void; onDone: (said: string) => void }>;
const SHOWN = 20;

const Incomplete = ({ listId, n }: Readonly<{ listId: string; n: number }>): ReactNode => {
  const query = useQuery({
    queryKey: ['findings', 'list', listId, 'incomplete-first'],
    queryFn: () => read(listsReadingRows({ path: { id: listId }, query: { only: 'incomplete', limit: SHOWN } })),
  });
  return (
    <Loaded query={query}>
      {({ rows }) => (
        <ul className={styles['plainList']}>
          {rows.map((row) => (
            <li key={row.rowId}>
              {row.number !== null && <strong>{row.number} </strong>}
              {row.content.text}
              <div className={styles['soft']}>
                {t('lacks', { what: row.missing.map((one) => wordOf(zh, `missing.${one}`)).join(t('comma')) })}
              </div>
            </li>
          ))}
          {n > rows.length && <li>{t('andMore', { n: n - rows.length })}</li>}
        </ul>
      )}
    </Loaded>
  );
};

/** 印发: first what it will do, row by row where something is missing (R27). */
export const IssueDialog = ({ list, onClose, onDone }: Props): ReactNode => {
  const { listId, status, counts, revision } = list;
  const isSupplement = status === 'issued';
  const { busy, error, send } = useAct();
  const incomplete = counts.waiting - counts.complete;
  const submit = (): void =>
    send(true, async () => {
      const { number } = await write(
        (headers) =>
          isSupplement
            ? listsSupplement({ path: { id: listId }, body: {}, headers })
            : listsIssue({ path: { id: listId }, body: {}, headers }),
        { seen: revision },
      );
      onDone(t('issued', { number: number ?? '' }));
    });
  return (
    <Dialog title={t(isSupplement ? 'issueSupplement' : 'issue')} onClose={onClose}>
      <p>{t('issueComplete', { n: counts.complete })}</p>
      {incomplete > 0 && (
        <>
          <p>{t('issueIncomplete', { n: incomplete })}</p>
          <Incomplete listId={listId} n={incomplete} />
        </>
      )}
      <Notice tone="amber">{t('issueFreezes')}</Notice>
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('issueNow')}
        </Button>
        <Button onClick={onClose}>{said('cancel')}</Button>
      </Actions>
    </Dialog>
  );
};

export const DiscardDialog = ({ list, onClose, onDone }: Props): ReactNode => {
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  const submit = (): void =>
    send(reason.trim() !== '', async () => {
      await write((headers) => listsDiscard({ path: { id: list.listId }, body: { reason }, headers }), { seen: list.revision });
      onDone(t('discarded'));
    });
  return (
    <Dialog title={t('discard')} onClose={onClose}>
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={setReason}
        fault={tried && reason.trim() === '' ? said('required', { label: t('reason') }) : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={submit}>
          {t('discard')}
        </Button>
      </Actions>
    </Dialog>
  );
};

/** The purpose stands on the sheet, with reader and time (R40). */
export const ExportDialog = ({ listId, onClose }: Readonly<{ listId: string; onClose: () => void }>): ReactNode => {
  const [purpose, setPurpose] = useState('');
  const isGiven = purpose.trim().length >= 2;
  const address = `/api/findings/export.xlsx?${new URLSearchParams({ list: listId, purpose: purpose.trim() }).toString()}`;
  return (
    <Dialog title={t('export')} onClose={onClose}>
      <TextField label={t('purpose')} hint={t('purposeHint')} value={purpose} onChange={setPurpose} />
      {isGiven && (
        <a className={styles['rowLink']} href={address} download>
          {t('download')}
        </a>
      )}
    </Dialog>
  );
};
