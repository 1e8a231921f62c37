import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DataTable } from '../../ui/data-table';
import { dayWords } from '../../ui/time';
import type { BoardColumn, Row } from './board-columns';
import { compareLink, type Place } from './links';
import { NumberLink } from './number-link';
import { pointsBetween, signed } from './rates';
import { t } from './words';
import styles from './leaders.module.css';

type At = Omit<Place, 'figure' | 'asOf' | 'from'> & Readonly<{ from: string; to: string }>;
type Props = Readonly<{ before: Row | null; after: Row; columns: readonly BoardColumn[]; at: At; name: string }>;

const NONE = { numerator: 0, denominator: 0, percent: null };
const rateWords = ({
  numerator,
  denominator,
  percent,
}: Readonly<{ numerator: number; denominator: number; percent: string | null }>): string =>
  [percent === null ? '' : `${percent}%`, `${numerator}/${denominator}`].filter(Boolean).join(' ');

/** Every figure of a row on both days. Percentage points come from the unrounded shares (R36). */
export const CompareTable = ({ before, after, columns, at, name }: Props): ReactNode => {
  const place = (figure: string, asOf: string): Place => ({
    scope: at.scope,
    id: at.id,
    figure,
    asOf,
    ...(at.basis === undefined ? {} : { basis: at.basis }),
  });
  const on = (row: Row | null, { key, kind }: BoardColumn, day: string): ReactNode =>
    kind === 'rate' ? rateWords(row?.rates[key] ?? NONE) : <NumberLink n={row?.figures[key] ?? 0} row={name} to={place(key, day)} />;
  const difference = ({ key, kind, title }: BoardColumn): ReactNode => {
    if (kind === 'rate') {
      const points = pointsBetween(after.rates[key] ?? NONE, before?.rates[key] ?? NONE);
      return points === null ? t('none') : t('comparePoints', { n: points });
    }
    const n = (after.figures[key] ?? 0) - (before?.figures[key] ?? 0);
    return (
      <Link
        className={styles['n']}
        to={compareLink({ ...place(key, at.to), from: at.from })}
        replace
        aria-label={t('whyMoved', { name: title, n: signed(n) })}
      >
        {signed(n)}
      </Link>
    );
  };
  return (
    <DataTable<BoardColumn>
      caption={t('compareTable')}
      rows={columns}
      keyOf={({ kind, key }) => `${kind}-${key}`}
      columns={[
        { key: 'figure', title: t('compareFigure'), cell: ({ title }) => title },
        { key: 'before', title: dayWords(at.from), number: true, cell: (column) => on(before, column, at.from) },
        { key: 'after', title: dayWords(at.to), number: true, cell: (column) => on(after, column, at.to) },
        { key: 'difference', title: t('compareDiff'), number: true, cell: difference },
      ]}
    />
  );
};
