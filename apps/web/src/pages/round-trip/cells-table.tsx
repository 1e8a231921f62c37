import type { ReactNode } from 'react';
import zh from '../../i18n/zh/round-trip.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import type { RoundTripRowShown } from '../../api/generated/types.gen';
import { DataTable, type Column } from '../../ui/data-table';
import { Tag } from '../../ui/states';
import styles from './round-trip.module.css';

const t = textsOf(zh);
type Cell = RoundTripRowShown['cells'][number];

const written = (text: string): ReactNode => (text === '' ? <span className={styles['soft']}>{t('blank')}</span> : text);

const Outcome = ({ cell: { verdict, becomes, reason } }: Readonly<{ cell: Cell }>): ReactNode => (
  <>
    <Tag tone={verdict === 'taken' ? 'blue' : verdict === 'refused' ? 'red' : 'grey'}>{t(`verdict.${verdict}`)}</Tag>{' '}
    {becomes !== null && t('becomes', { name: word('command', becomes) })}
    {reason !== null && (
      <span className={verdict === 'refused' ? styles['reason'] : styles['soft']}>
        {reason.zh}
        {verdict === 'refused' && <span lang="en"> {reason.en}</span>}
      </span>
    )}
  </>
);

const columns: readonly Column<Cell>[] = [
  { key: 'address', title: t('colCell'), cell: ({ address }) => <strong>{address}</strong> },
  { key: 'title', title: t('colTitle'), cell: ({ title }) => title },
  { key: 'before', title: t('colBefore'), cell: ({ before }) => <del className={styles['before']}>{written(before)}</del> },
  { key: 'after', title: t('colAfter'), cell: ({ after }) => <ins className={styles['after']}>{written(after)}</ins> },
  { key: 'outcome', title: t('colOutcome'), cell: (cell) => <Outcome cell={cell} /> },
];

/** What was filled in, cell by cell: where it stands in the workbook, what it was, what it becomes. */
export const CellsTable = ({ row }: Readonly<{ row: RoundTripRowShown }>): ReactNode => (
  <DataTable caption={t('cellsOf', { number: row.number })} columns={columns} rows={row.cells} keyOf={({ address }) => address} />
);
