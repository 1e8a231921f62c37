import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { selectionsRows } from '../../api/generated/sdk.gen';
import type { SelectionAnswer } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { Paged } from '../../ui/paged';
import { FormFault, Tag } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { ExceptionDialog } from './exception-dialog';
import { RowName } from './row-name';
import { nameOf, rowsVersion, rowTone, shownTabs, type Row } from './selection';
import { useExceptions } from './use-exceptions';
import styles from './selections.module.css';

const t = textsOf(zh);
const PAGE_ROWS = 100;

const State = ({ row }: Readonly<{ row: Row }>): ReactNode => (
  <>
    <Tag tone={rowTone(row.state)}>{t(`row.${row.state}`)}</Tag>
    {row.own !== null && row.state !== 'left-out' && <span className={styles['soft']}> {t('ownText')}</span>}
    {row.refusal !== null && (
      <span className={styles['reason']}>
        {row.refusal.zh}
        <span lang="en"> {row.refusal.en}</span>
      </span>
    )}
  </>
);

/** Every row with what will come of it, or came: 100 at a time, whatever the selection holds. */
export const SelectionRows = ({ selection }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  const { selectionId: id, state, counts, step } = selection;
  const { get } = useAddress();
  const tabs = shownTabs(counts);
  const only = tabs.find(({ only: one }) => one === get('only'))?.only ?? 'all';
  const [changing, setChanging] = useState<Row | null>(null);
  const exceptions = useExceptions(id);
  const pages = usePages(
    ['selections', id, 'rows', only],
    async (after) => {
      const query = { only, limit: PAGE_ROWS, ...(after === undefined ? {} : { after: Number(after) }) };
      const { rows, next } = await read(selectionsRows({ path: { id }, query }));
      return { rows, next: next === null ? null : String(next) };
    },
    ({ rows }) => rows,
    rowsVersion(selection),
  );
  const isOpen = state === 'ready' || state === 'preparing';
  const columns: readonly Column<Row>[] = [
    { key: 'what', title: t('colRow'), cell: (row) => <RowName row={row} /> },
    { key: 'state', title: t('colState'), cell: (row) => <State row={row} /> },
    ...(isOpen
      ? [
          {
            key: 'acts',
            title: t('colExceptions'),
            cell: (row: Row) => (
              <div className={styles['acts']}>
                <Button
                  onClick={() => exceptions.set(row, row.leftOut ? null : { leaveOut: true })}
                  aria-label={t(row.leftOut ? 'takeBackOf' : 'leaveOutOf', { name: nameOf(row) })}
                >
                  {t(row.leftOut ? 'takeBack' : 'leaveOut')}
                </Button>
                {!row.leftOut && step !== 'Prepared' && (
                  <Button look="plain" onClick={() => setChanging(row)} aria-label={t('ownTextOf', { name: nameOf(row) })}>
                    {t('writeOwn')}
                  </Button>
                )}
              </div>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Tabs
        label={t('rows')}
        items={tabs.map(({ only: one, count }) => ({
          to: `/selections/${id}?only=${one}`,
          label: t(`only.${one}`),
          count,
          current: one === only,
        }))}
      />
      <FormFault error={exceptions.error} />
      <Paged pages={pages} empty={t('noRows')}>
        {(rows) => (
          <DataTable
            caption={t('rows')}
            columns={columns}
            rows={rows}
            keyOf={({ n }) => String(n)}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
      {changing !== null && <ExceptionDialog selection={selection} row={changing} onClose={() => setChanging(null)} />}
    </>
  );
};
