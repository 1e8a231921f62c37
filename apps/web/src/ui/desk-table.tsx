import type { ReactNode } from 'react';
import { Table, type TableProps } from 'antd';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { Antd } from './antd';
import { DataTable, type DataTableProps } from './data-table';
import { More } from './more';
import { useWide } from './use-wide';
import styles from './kit.module.css';

const t = textsOf(common);
type Row<T> = Readonly<{ key: string; row: T }>;

const selecting = <T,>({ selection, nameOf, keyOf }: DataTableProps<T>): TableProps<Row<T>>['rowSelection'] =>
  selection && {
    selectedRowKeys: [...selection.keys],
    preserveSelectedRowKeys: true,
    onChange: (keys) => selection.onChange(keys.map(String)),
    getCheckboxProps: ({ row }) => ({ 'aria-label': t('selectRow', { name: nameOf?.(row) ?? keyOf(row) }) }),
    getTitleCheckboxProps: () => ({ 'aria-label': t('selectAll') }),
  };

/** The table of a desk: Ant Design's, with its selection and a head that stays; on a narrow screen the same rows as cards. */
export const DeskTable = <T,>(props: DataTableProps<T>): ReactNode => {
  const isWide = useWide();
  if (!isWide) return <DataTable {...props} />;
  const { caption, columns, rows, keyOf, more, loadingMore = false } = props;
  const rowSelection = selecting(props);
  return (
    <Antd>
      <div className={styles['tableWrap']} tabIndex={0} role="region" aria-label={caption}>
        <Table<Row<T>>
          size="middle"
          pagination={false}
          columns={columns.map(({ key, title, cell, number }) => ({
            key,
            title,
            render: (_, { row }: Row<T>) => cell(row),
            ...(number === true ? { align: 'right' as const, className: styles['number'] ?? '' } : {}),
          }))}
          dataSource={rows.map((row) => ({ key: keyOf(row), row }))}
          {...(rowSelection === undefined ? {} : { rowSelection })}
        />
      </div>
      <More more={more} busy={loadingMore} />
    </Antd>
  );
};
