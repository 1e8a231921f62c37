import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { adminAccountsList, backupsList } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { Page } from '../../ui/page';
import { Card, Loading } from '../../ui/states';
import { AREAS } from './admin-frame';
import { useCalendar, usePosts } from './data';
import { isClosed } from './posts';
import { t } from './texts';
import styles from './admin.module.css';

const backupWords = (ageDays: number | null): string =>
  ageDays === null ? t('attentionBackupNever') : t('attentionBackup', { n: ageDays });

/** What somebody should look at: vacant posts, locked accounts, backups, a coming year without its calendar. */
const Attention = (): ReactNode => {
  const { today } = useSession().who;
  const { query, posts } = usePosts();
  const accounts = useQuery({ queryKey: ['admin', 'accounts'], queryFn: () => read(adminAccountsList()) });
  const calendar = useCalendar();
  const backups = useQuery({ queryKey: ['admin', 'backups'], queryFn: () => read(backupsList()) });
  if (query.isPending || accounts.isPending || calendar.isPending || backups.isPending) return <Loading />;
  const vacant = posts.filter((post) => !isClosed(post, today) && post.holders.length === 0).length;
  const locked = (accounts.data?.accounts ?? []).filter(({ lockedUntil, status }) => lockedUntil !== null && status === 'active').length;
  const lines = [
    ...(vacant > 0 ? [{ to: '/admin/posts?vacant', text: t('attentionVacant', { n: vacant }) }] : []),
    ...(locked > 0 ? [{ to: '/admin/accounts', text: t('attentionLocked', { n: locked }) }] : []),
    ...(backups.data?.overdue === true ? [{ to: '/admin/backups', text: backupWords(backups.data.ageDays) }] : []),
    ...(calendar.data?.missing ?? []).map((year) => ({ to: '/admin/calendar', text: t('attentionProvisional', { year }) })),
  ];
  return (
    <Card title={t('attention')}>
      {lines.length === 0 ? (
        <p>{t('attentionNone')}</p>
      ) : (
        <ul className={styles['lines']}>
          {lines.map(({ to, text }) => (
            <li key={text}>
              <Link className={styles['name']} to={to}>
                {text}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

/** 管理: the way to its areas, and what waits for somebody. */
export default function AdminIndexPage(): ReactNode {
  return (
    <Page title={t('title')}>
      <ul className={styles['cards']}>
        {AREAS.map((area) => (
          <li key={area}>
            <Link className={styles['card']} to={`/admin/${area}`}>
              <strong>{t(`area.${area}`)}</strong>
              {t(`about.${area}`)}
            </Link>
          </li>
        ))}
      </ul>
      <Attention />
    </Page>
  );
}
