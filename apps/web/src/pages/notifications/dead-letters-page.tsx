import { useState, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { sendingDead, sendingDrop, sendingResend } from '../../api/generated/sdk.gen';
import type { SendingDeadResponses } from '../../api/generated/types.gen';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Empty, FormFault, Loaded } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useAct } from '../../ui/use-act';
import { t } from './texts';

type Letter = SendingDeadResponses[200]['letters'][number];
const KEY = ['admin', 'dead-letters'] as const;

const whomOf = ({ person, webhook }: Letter): string => person?.name ?? webhook ?? t('webhookGone');

const DropDialog = ({ letter, onDone }: Readonly<{ letter: Letter; onDone: () => void }>): ReactNode => {
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  const drop = (): void =>
    send(reason.trim() !== '', async () => {
      await write((headers) => sendingDrop({ path: { id: letter.id }, body: { reason }, headers }));
      onDone();
    });
  return (
    <Dialog title={t('dropTitle', { whom: whomOf(letter) })} onClose={onDone}>
      <TextArea label={t('reason')} value={reason} onChange={setReason} fault={tried && reason.trim() === '' ? t('reasonMissing') : null} />
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={drop}>
          {t('drop')}
        </Button>
      </Actions>
    </Dialog>
  );
};

/** What could not be sent after all attempts: why and when; send it again, or drop it with a reason. */
export default function DeadLettersPage(): ReactNode {
  const [dropping, setDropping] = useState<Letter | null>(null);
  const queries = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => read(sendingDead()) });
  const look = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });
  const resend = useMutation({
    mutationFn: (id: string) => write((headers) => sendingResend({ path: { id }, headers })),
    onSettled: look,
  });
  const columns: readonly Column<Letter>[] = [
    { key: 'channel', title: t('channel'), cell: ({ channel }) => word('channel', channel) },
    { key: 'whom', title: t('whom'), cell: whomOf },
    { key: 'what', title: t('what'), cell: ({ messages, channel }) => (channel === 'mail' ? t('count', { n: messages }) : '') },
    { key: 'error', title: t('error'), cell: ({ error }) => error },
    { key: 'attempts', title: t('attempts'), cell: ({ attempts }) => attempts },
    { key: 'at', title: t('diedAt'), cell: ({ diedAt }) => dateTimeWords(diedAt) },
    {
      key: 'acts',
      title: t('acts'),
      cell: (letter) => (
        <Actions>
          <Button aria-label={t('resendOf', { whom: whomOf(letter) })} onClick={() => resend.mutate(letter.id)}>
            {t('resend')}
          </Button>
          <Button aria-label={t('dropTitle', { whom: whomOf(letter) })} onClick={() => setDropping(letter)}>
            {t('drop')}
          </Button>
        </Actions>
      ),
    },
  ];
  return (
    <Page title={t('deadTitle')}>
      <p>{t('deadAbout')}</p>
      <FormFault error={resend.error} />
      <Loaded query={query}>
        {({ letters }) =>
          letters.length === 0 ? (
            <Empty>{t('deadNone')}</Empty>
          ) : (
            <DeskTable caption={t('deadTitle')} columns={columns} rows={letters} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      {dropping !== null && (
        <DropDialog
          letter={dropping}
          onDone={() => {
            setDropping(null);
            void look();
          }}
        />
      )}
    </Page>
  );
}
