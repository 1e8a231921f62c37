import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { BulletinRow, BulletinSaid, BulletinTable } from '../../api/generated/types.gen';
import { listLink, movesLink, signed } from './links';
import { figureWord, t } from './words';
import styles from './bulletins.module.css';

/** Where a number of an issue stands. */
export type At = Readonly<{ of: BulletinSaid; table: BulletinTable; row: BulletinRow }>;

/** A frozen number that opens the list behind it, where the reader may open it. */
export const Frozen = ({ at: { of, table, row }, figure, n }: Readonly<{ at: At; figure: string; n: number }>): ReactNode =>
  row.opens ? (
    <Link
      className={styles['n']}
      to={listLink({ scope: table.scope, id: row.id, figure }, of.period)}
      aria-label={t('openList', { name: `${row.name} ${figureWord(table.scope, figure)}`, n })}
    >
      {n}
    </Link>
  ) : (
    <span className={styles['n']}>{n}</span>
  );

/** Against the last issue; where it is of a day and not of a period, it opens what moved it. */
export const Change = ({ at: { of, table, row }, figure }: Readonly<{ at: At; figure: string }>): ReactNode => {
  const before = row.before?.figures[figure];
  if (before === undefined || of.previous === null) return null;
  const difference = signed((row.figures[figure] ?? 0) - before);
  if (!row.opens || !table.explained.includes(figure)) return <span className={styles['change']}>{difference}</span>;
  return (
    <Link
      className={styles['change']}
      to={movesLink({ scope: table.scope, id: row.id, figure }, of.previous.asOf, of.period)}
      aria-label={t('whyMoved', { name: `${row.name} ${figureWord(table.scope, figure)}`, n: difference })}
    >
      {difference}
    </Link>
  );
};

/** A rate with both its numbers, each of which opens; below ten the numbers only (R36). */
export const RateShown = ({ at, rate }: Readonly<{ at: At; rate: string }>): ReactNode => {
  const share = at.row.rates[rate];
  if (share === undefined) return null;
  return (
    <>
      {share.percent !== null && <strong>{share.percent}% </strong>}
      <span className={styles['share']}>
        <Frozen at={at} figure={share.of.numerator} n={share.numerator} />/
        <Frozen at={at} figure={share.of.denominator} n={share.denominator} />
      </span>
    </>
  );
};

export const Points = ({ at: { row }, rate }: Readonly<{ at: At; rate: string }>): ReactNode => {
  const points = row.rates[rate]?.points ?? null;
  return points === null ? null : <span className={styles['change']}>{t('points', { n: points })}</span>;
};
