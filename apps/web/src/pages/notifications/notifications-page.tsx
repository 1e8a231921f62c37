import { useState, type ReactNode } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read, write } from '../../api/calls';
import { notificationsList, notificationsMark, notificationsMarkAll } from '../../api/generated/sdk.gen';
import type { NotificationsListResponses } from '../../api/generated/types.gen';
import { word } from '../../i18n/words';
import { Button, LinkButton } from '../../ui/button';
import { Checkbox } from '../../ui/fields';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { Actions, Empty, Fault, FormFault, Loading, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { usePages } from '../../ui/use-pages';
import { t } from './texts';
import styles from './notifications.module.css';

type Item = NotificationsListResponses[200]['items'][number];
const KEY = ['notifications'] as const;

const Line = ({ item, mark }: Readonly<{ item: Item; mark: (read: boolean) => void }>): ReactNode => (
  <li className={item.read ? styles['line'] : `${String(styles['line'])} ${String(styles['unread'])}`}>
    <div className={styles['head']}>
      <Tag tone={item.urgent ? 'red' : 'blue'}>{word('notification', item.kind)}</Tag>
      <span>{dateTimeWords(item.at)}</span>
      {item.inPlaceOf !== null && <span>{t('inPlaceOf', { name: item.inPlaceOf.name })}</span>}
      {!item.read && <Tag tone="amber">{t('new')}</Tag>}
    </div>
    <Link to={item.path}>{item.text}</Link>
    <div>
      <Button look="plain" aria-label={t(item.read ? 'markUnreadOf' : 'markReadOf', { text: item.text })} onClick={() => mark(!item.read)}>
        {t(item.read ? 'markUnread' : 'markRead')}
      </Button>
    </div>
  </li>
);

/** What the reader was told. Opening something marks nothing: whether it is done with is theirs to say. */
export default function NotificationsPage(): ReactNode {
  const [unreadOnly, setUnreadOnly] = useState(false);
  const queries = useQueryClient();
  const look = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });
  const pages = usePages(
    [...KEY, 'list', unreadOnly],
    (after) => read(notificationsList({ query: { state: unreadOnly ? 'unread' : 'all', ...(after === undefined ? {} : { after }) } })),
    ({ items }) => items,
  );
  const mark = useMutation({
    mutationFn: ({ id, isRead }: Readonly<{ id: string; isRead: boolean }>) =>
      write((headers) => notificationsMark({ path: { id }, body: { read: isRead }, headers })),
    onSettled: look,
  });
  const newest = pages.rows[0]?.at;
  const markAll = useMutation({
    mutationFn: (upTo: string) => write((headers) => notificationsMarkAll({ body: { upTo }, headers })),
    onSettled: look,
  });
  const unread = pages.first?.unread ?? 0;
  return (
    <Page title={t('title')} tools={<LinkButton to="/notifications/settings">{t('settings')}</LinkButton>}>
      <p>{t('own')}</p>
      <Actions>
        <Checkbox label={t('unreadOnly')} value={unreadOnly} onChange={setUnreadOnly} />
        <Button disabled={unread === 0 || newest === undefined} onClick={() => newest !== undefined && markAll.mutate(newest)}>
          {t('markAll')}
        </Button>
      </Actions>
      <FormFault error={mark.error ?? markAll.error} />
      {pages.isPending && <Loading />}
      {pages.error !== null && <Fault error={pages.error} again={() => void pages.refetch()} />}
      {!pages.isPending && pages.error === null && pages.rows.length === 0 && <Empty>{t(unreadOnly ? 'noUnread' : 'none')}</Empty>}
      <ul className={styles['list']}>
        {pages.rows.map((item) => (
          <Line key={item.id} item={item} mark={(isRead) => mark.mutate({ id: item.id, isRead })} />
        ))}
      </ul>
      <More more={pages.more} busy={pages.loadingMore} />
    </Page>
  );
}
