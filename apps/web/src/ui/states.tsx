import type { PropsWithChildren, ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { asRefused } from '../api/problem';
import { Button } from './button';
import styles from './kit.module.css';

const t = textsOf(common);

export type Tone = 'grey' | 'blue' | 'red' | 'amber' | 'green';
const cls = (...names: string[]): string => names.map((name) => styles[name]).join(' ');

export const Tag = ({ tone = 'grey', children }: PropsWithChildren<{ tone?: Tone }>): ReactNode => (
  <span className={cls('tag', tone)}>{children}</span>
);

export const Card = ({ children, title }: PropsWithChildren<{ title?: ReactNode }>): ReactNode => (
  <section className={styles['card']}>
    {title !== undefined && <h2>{title}</h2>}
    {children}
  </section>
);

/** Something to know before going on; `alert` is read out at once. */
export const Notice = ({ tone = 'blue', alert = false, children }: PropsWithChildren<{ tone?: Tone; alert?: boolean }>): ReactNode => (
  <div className={cls('notice', tone)} role={alert ? 'alert' : 'status'}>
    {children}
  </div>
);

export const Loading = (): ReactNode => (
  <div className={styles['state']} role="status">
    {t('loading')}
  </div>
);
export const Empty = ({ children = t('empty') }: PropsWithChildren): ReactNode => <div className={styles['state']}>{children}</div>;

/** A refusal in both languages, and what can be done about it. */
export const Fault = ({ error, again }: Readonly<{ error: unknown; again?: (() => void) | undefined }>): ReactNode => {
  const refused = asRefused(error);
  if (refused.status === 403) return <Empty>{t('noPermission')}</Empty>;
  if (refused.status === 404) return <Empty>{t('notFound')}</Empty>;
  return (
    <div className={styles['state']} role="alert">
      <strong>{refused.zh}</strong>
      <span lang="en">{refused.en}</span>
      {again !== undefined && <Button onClick={again}>{t('retry')}</Button>}
    </div>
  );
};

/** The refusal of a form, beside its button. */
export const FormFault = ({ error }: Readonly<{ error: unknown }>): ReactNode => {
  if (error === null || error === undefined) return null;
  const { zh, en } = asRefused(error);
  return (
    <Notice tone="red" alert>
      <p>{zh}</p>
      <p lang="en">{en}</p>
    </Notice>
  );
};

type Asked<T> = Readonly<{ data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }>;

/** A query's loading, error, no-permission and empty states; the children get data. */
export const Loaded = <T,>({
  query,
  children,
  empty,
}: Readonly<{ query: Asked<T>; children: (data: T) => ReactNode; empty?: (data: T) => boolean }>): ReactNode => {
  if (query.data !== undefined) return empty?.(query.data) === true ? <Empty /> : children(query.data);
  if (query.isPending) return <Loading />;
  return <Fault error={query.error} again={() => void query.refetch()} />;
};

/** Names and values: `<Facts of={[[label, value], …]} />`; null values are left out. */
export const Facts = ({ of }: Readonly<{ of: readonly (readonly [string, ReactNode])[] }>): ReactNode => (
  <dl className={styles['facts']}>
    {of
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .flatMap(([name, value]) => [<dt key={`${name}-t`}>{name}</dt>, <dd key={`${name}-d`}>{value}</dd>])}
  </dl>
);

export const Actions = ({ children }: PropsWithChildren): ReactNode => <div className={styles['actions']}>{children}</div>;
export const Tools = ({ children }: PropsWithChildren): ReactNode => <div className={styles['tools']}>{children}</div>;
