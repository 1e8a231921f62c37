import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { followChanges } from '../api/live';
import { Loading } from '../ui/states';
import { Bell } from './bell';
import { navFor } from './nav';
import { useOnline } from './online';
import { useSession } from './session';
import styles from './layout.module.css';

const t = textsOf(common);
const FieldBackground = lazy(() => import('../offline/field-background'));

const Who = (): ReactNode => {
  const { who, actFrom, signOut } = useSession();
  const { acting, posts, person } = who;
  const other = acting?.inPlaceOf ?? null;
  return (
    <div className={styles['who']}>
      <Link to="/account">{other === null ? person.name : t('inPlaceOf', { name: person.name, other: other.name })}</Link>
      {posts.length > 1 ? (
        <select aria-label={t('actingFrom')} value={acting?.postId ?? ''} onChange={(event) => void actFrom(event.target.value)}>
          {posts.map((post) => (
            <option key={post.id} value={post.id}>
              {`${post.unit.name} ${post.title}`}
            </option>
          ))}
        </select>
      ) : (
        <span>{posts[0] === undefined ? '' : `${posts[0].unit.name} ${posts[0].title}`}</span>
      )}
      <button type="button" onClick={() => void signOut()}>
        {t('signOut')}
      </button>
    </div>
  );
};

/** The frame of every page: who acts, the menu, what the network does; changes by others flow in from here. */
export const Layout = (): ReactNode => {
  const { has, who } = useSession();
  const queries = useQueryClient();
  const isOnline = useOnline();
  const { pathname } = useLocation();
  // A one-time password opens nothing but its own change.
  const mustChange = who.account.mustChangePassword;
  const follows =
    isOnline &&
    !mustChange &&
    has('inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head', 'leader', 'independent-verifier', 'auditor');
  useEffect(() => (follows ? followChanges(queries) : undefined), [follows, queries, who.acting?.postId]);
  useEffect(() => {
    document.querySelector('main')?.scrollTo?.(0, 0);
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <>
      <a className={styles['skip']} href="#main">
        {t('skip')}
      </a>
      <header className={styles['bar']}>
        <Link to="/" className={styles['brand']}>
          {t('app')}
        </Link>
        <Who />
        {isOnline && !mustChange && <Bell />}
      </header>
      {!isOnline && (
        <div className={styles['strip']} role="status">
          {t('offline')}
        </div>
      )}
      {!window.isSecureContext && has('inspector', 'team-head') && (
        <div className={styles['strip']} role="status">
          {t('insecure')}
        </div>
      )}
      <div className={styles['body']}>
        <nav className={styles['nav']} aria-label={t('mainMenu')}>
          <ul>
            {(mustChange ? [] : navFor(has)).map(({ to, label }) => (
              <li key={to}>
                <NavLink to={to}>{label}</NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main" className={styles['main']} tabIndex={-1}>
          {has('inspector', 'team-head') && (
            <Suspense fallback={null}>
              <FieldBackground />
            </Suspense>
          )}
          <Suspense fallback={<Loading />}>
            {mustChange && pathname !== '/account' ? <Navigate to="/account" replace /> : <Outlet />}
          </Suspense>
        </main>
      </div>
    </>
  );
};
