import { type ReactNode } from 'react';
import { Link } from 'react-router';
import type { BoardScope } from '../../api/generated/types.gen';
import { UnitListedSign } from '../../ui/listed-sign';
import { dayWords } from '../../ui/time';
import { grouped, type BoardColumn, type Order, type Row, type Shown } from './board-columns';
import { CarriedOver } from './carried-over';
import { compareLink, type Place } from './links';
import { NumberLink } from './number-link';
import { t, word } from './words';
import styles from './leaders.module.css';

type At = Pick<Place, 'asOf' | 'from' | 'basis'> & Readonly<{ scope: BoardScope }>;

/** A rate with both its numbers, each of which opens; below ten the numbers only (R36). */
const RateCell = ({ rate, place, row }: Readonly<{ rate: Shown; place: Omit<Place, 'figure'>; row: string }>): ReactNode => (
  <>
    {rate.percent !== null && <strong className={styles['rate']}>{rate.percent}%</strong>}
    <span className={styles['share']}>
      <NumberLink n={rate.numerator} row={row} to={{ ...place, figure: rate.of.numerator }} />/
      <NumberLink n={rate.denominator} row={row} to={{ ...place, figure: rate.of.denominator }} />
    </span>
    {rate.percent === null && rate.denominator > 0 && <span className={styles['few']}>{t('few')}</span>}
  </>
);

/** Dated, and so is its loss (R37). */
const zeroWords = ({ kind, reached, lost }: Row['zeros'][number]): string => {
  const zero = { kind: word(`zero.${kind}`), reached: dayWords(reached) };
  return lost === null ? t('zeroHeld', zero) : t('zeroLost', { ...zero, lost: dayWords(lost, reached.slice(0, 4)) });
};

const NameCell = ({
  row,
  name,
  onTrend,
  at,
  carried,
}: Readonly<{ row: Row; name: string; onTrend: string; at: At; carried: number }>): ReactNode => (
  <th scope="row">
    {name} {(at.scope === 'town' || at.scope === 'department') && <UnitListedSign unitId={row.id} />}
    {row.peerRank != null && row.peerGroup !== undefined && (
      <small>{t('peerPlace', { group: word(`group.${row.peerGroup}`), n: row.peerRank })}</small>
    )}
    {row.nothingFiled && <small>{t('nothingFiled')}</small>}
    {row.zeros.map((zero) => (
      <small key={`${zero.kind}-${zero.reached}`}>{zeroWords(zero)}</small>
    ))}
    <small className={styles['rowLinks']}>
      <CarriedOver n={carried} scope={at.scope} id={row.id} row={name} />
      <Link to={onTrend} replace preventScrollReset aria-label={t('trendShow', { name })}>
        {t('trend')}
      </Link>
      <Link to={compareLink({ ...at, id: row.id, figure: 'open', from: null })} aria-label={t('compareShow', { name })}>
        {t('compareLink')}
      </Link>
    </small>
  </th>
);

type Props = Readonly<{
  caption: string;
  rows: readonly Row[];
  columns: readonly BoardColumn[];
  peer: string;
  order: Order;
  onOrder: (by: string | null) => void;
  at: At;
  /** 历史结转 of each row, by its id. */
  carried: ReadonlyMap<string, number>;
  nameOf: (row: Row) => string;
  trendOf: (row: Row) => string;
}>;

const Head = ({ columns, order, onOrder }: Pick<Props, 'columns' | 'order' | 'onOrder'>): ReactNode => {
  const sortOf = (key: string | null): 'ascending' | 'descending' | 'none' =>
    order.by !== key ? 'none' : order.descending && key !== null ? 'descending' : 'ascending';
  const mark = { ascending: ' ▲', descending: ' ▼', none: '' } as const;
  return (
    <thead>
      <tr>
        {[{ key: null, title: t('row') }, ...columns].map(({ key, title }) => (
          <th key={key ?? ''} scope="col" aria-sort={sortOf(key)}>
            <button type="button" className={styles['sort']} onClick={() => onOrder(key)}>
              {title}
              <span aria-hidden="true">{mark[sortOf(key)]}</span>
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
};

/** Counts and rates by row; every number opens its list. */
export const BoardTable = ({ caption, rows, columns, peer, order, onOrder, at, carried, nameOf, trendOf }: Props): ReactNode => (
  <div className={styles['wrap']} tabIndex={0} role="region" aria-label={caption}>
    <table className={styles['board']}>
      <caption className="visually-hidden">{caption}</caption>
      <Head columns={columns} order={order} onOrder={onOrder} />
      {grouped(rows, peer).map(({ group, rows: own }) => (
        <tbody key={group ?? ''}>
          {group !== null && (
            <tr className={styles['group']}>
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {word(`group.${group}`)}
              </th>
            </tr>
          )}
          {own.map((row) => {
            const place = { ...at, id: row.id };
            const name = nameOf(row);
            return (
              <tr key={row.id}>
                <NameCell row={row} name={name} onTrend={trendOf(row)} at={at} carried={carried.get(row.id) ?? 0} />
                {columns.map(({ kind, key, title }) => {
                  const rate = row.rates[key];
                  return (
                    <td key={`${kind}-${key}`} data-label={title}>
                      {kind === 'figure' ? (
                        <NumberLink n={row.figures[key] ?? 0} row={name} to={{ ...place, figure: key }} />
                      ) : (
                        rate !== undefined && <RateCell rate={rate} place={place} row={name} />
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  </div>
);
