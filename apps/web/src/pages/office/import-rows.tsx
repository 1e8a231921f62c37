import { useState, type FormEvent, type ReactNode } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { importsRows } from '../../api/generated/sdk.gen';
import type { ImportAnswer, ImportRowShown, ImportRowsShown, Understood } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/imports.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/fields';
import { Actions, Empty, Fault, Loading } from '../../ui/states';
import { useAddress } from '../../ui/use-address';
import { rowAsked, shownColumns, type Only } from './import-preview';
import { ImportTable } from './import-table';
import styles from './office.module.css';

const t = textsOf(zh);
/** A sheet may have a hundred thousand rows: the page holds so many of them and no more. */
const PAGE_ROWS = 100;

/** The rows of an import from one on; which one stands in the address, so that the way back and a reload show the same rows. */
export const useImportRows = ({ importId, changedAt, state }: ImportAnswer, only: Only) => {
  const { get } = useAddress();
  const from = rowAsked(get('from'));
  const query = useQuery({
    queryKey: ['imports', importId, 'rows', changedAt, only, from],
    queryFn: () => read(importsRows({ path: { id: importId }, query: { only, limit: PAGE_ROWS, after: from - 1 } })),
    enabled: state === 'ready' || state === 'committed',
    placeholderData: keepPreviousData,
  });
  return { from, query };
};

const GoTo = ({ total, go }: Readonly<{ total: number; go: (from: number) => void }>): ReactNode => {
  const [wanted, setWanted] = useState('');
  return (
    <form
      className={styles['legFields']}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        go(Math.min(rowAsked(wanted), Math.max(1, total)));
      }}
    >
      <TextField label={t('fromRow')} hint={t('fromRowHint', { n: total })} inputMode="numeric" value={wanted} onChange={setWanted} />
      <Button type="submit">{t('goToRow')}</Button>
    </form>
  );
};

const Pager = ({ rows, next, from }: ImportRowsShown & Readonly<{ from: number }>): ReactNode => {
  const { set } = useAddress();
  const go = (to: number): void => set({ from: to <= 1 ? '' : String(to) });
  return (
    <Actions>
      {from > 1 && <Button onClick={() => go(1)}>{t('firstRows')}</Button>}
      {next !== null && <Button onClick={() => go(next + 1)}>{t('nextRows', { n: PAGE_ROWS })}</Button>}
      <span role="status">{rowsSaid(rows)}</span>
    </Actions>
  );
};
const rowsSaid = (rows: readonly ImportRowShown[]): string =>
  rows.length === 0 ? '' : t('rowsShown', { from: rows[0]?.n ?? 0, to: rows.at(-1)?.n ?? 0 });

/** The preview of a sheet of any length, a page of it at a time. */
export const ImportRows = ({
  understood,
  total,
  rows: { from, query },
}: Readonly<{ understood: Understood; total: number; rows: ReturnType<typeof useImportRows> }>): ReactNode => {
  const { set } = useAddress();
  if (query.data === undefined) {
    return query.isPending ? <Loading /> : <Fault error={query.error} again={() => void query.refetch()} />;
  }
  const { rows } = query.data;
  return (
    <>
      {total > PAGE_ROWS && <GoTo total={total} go={(to) => set({ from: to <= 1 ? '' : String(to) })} />}
      {rows.length === 0 ? <Empty>{t('noRows')}</Empty> : <ImportTable columns={shownColumns(understood.columns)} rows={rows} />}
      {(query.data.next !== null || from > 1) && <Pager {...query.data} from={from} />}
    </>
  );
};
