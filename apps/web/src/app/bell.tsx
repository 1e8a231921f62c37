import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { read } from '../api/calls';
import { notificationsUnread } from '../api/generated/sdk.gen';
import styles from './layout.module.css';

const t = textsOf(common);
const LOOK_EVERY_MS = 120_000;
const MOST = 99;

/** How many notifications are unread: one number of a few bytes, while the page is looked at. */
export const Bell = (): ReactNode => {
  const { data } = useQuery({
    queryKey: ['notifications', 'unread'],
    queryFn: () => read(notificationsUnread()),
    refetchInterval: LOOK_EVERY_MS,
  });
  const unread = data?.unread ?? 0;
  return (
    <Link
      to="/notifications"
      className={styles['bell']}
      aria-label={unread === 0 ? t('notifications') : t('notificationsUnread', { n: unread })}
    >
      <svg className={styles['bellSign']} viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 17v-6a6 6 0 0 1 12 0v6l2 2H4z M10 21.5h4 M12 3v2" />
      </svg>
      {unread > 0 && (
        <span className={styles['badge']} aria-hidden="true">
          {unread > MOST ? `${String(MOST)}+` : unread}
        </span>
      )}
    </Link>
  );
};
