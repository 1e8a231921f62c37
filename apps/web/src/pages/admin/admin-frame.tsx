import type { PropsWithChildren, ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { useSession } from '../../app/session';
import { Page } from '../../ui/page';
import { Notice } from '../../ui/states';
import { useCalendar } from './data';
import { t } from './texts';
import styles from './admin.module.css';

/** The areas of administration in order; also the cards of the first page. */
export const AREAS = [
  'units',
  'people',
  'posts',
  'categories',
  'rules',
  'ladder',
  'calendar',
  'accounts',
  'backups',
  'mail',
  'webhooks',
  'dead-letters',
] as const;

/** Said on every page of administration until the year is loaded: deadlines that reach into it are only provisional. */
const MissingYears = (): ReactNode =>
  (useCalendar().data?.missing ?? []).map((year) => (
    <Notice key={year} tone="amber">
      <Link to="/admin/calendar">{t('attentionProvisional', { year })}</Link>
    </Notice>
  ));

/** A page of administration: its heading, and the way to the others. */
export const AdminPage = ({ title, tools, children }: PropsWithChildren<{ title: string; tools?: ReactNode }>): ReactNode => {
  const { has } = useSession();
  return (
    <Page title={title} tools={tools}>
      {has('admin') && (
        <nav className={styles['areas']} aria-label={t('areas')}>
          <ul>
            {AREAS.map((area) => (
              <li key={area}>
                <NavLink to={`/admin/${area}`}>{t(`area.${area}`)}</NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {has('admin') && <MissingYears />}
      {children}
    </Page>
  );
};
