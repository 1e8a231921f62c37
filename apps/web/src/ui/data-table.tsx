import { useRef, type ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { More } from './more';
import { tickedAfter } from './ticks';
import styles from './kit.module.css';

const t = textsOf(common);

export type Column<T> = Readonly<{ key: string; title: string; cell: (row: T) => ReactNode; number?: boolean }>;
type Selection = Readonly<{ keys: readonly string[]; onChange: (keys: readonly string[]) => void }>;

export type DataTableProps<T> = Readonly<{
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** What a row is called, for the label of its checkbox. */
  nameOf?: (row: T) => string;
  selection?: Selection;
  more?: (() => void) | undefined;
  loadingMore?: boolean;
}>;

/**
 * A table that becomes cards on a phone, for work on selections when `selection` is given. Rows come by keyset pages:
 * `more` loads the next one and is absent at the end.
 */
export const DataTable = <T,>({
  caption,
  columns,
  rows,
  keyOf,
  nameOf,
  selection,
  more,
  loadingMore = false,
}: DataTableProps<T>): ReactNode => {
  const keys = rows.map(keyOf);
  const ticked = new Set(selection?.keys);
  const isAll = selection !== undefined && keys.length > 0 && keys.every((key) => ticked.has(key));
  /** Where a range begins that the shift key ends. */
  const last = useRef<string | null>(null);
  const toggle = (key: string, on: boolean, isRange: boolean): void => {
    selection?.onChange(tickedAfter(keys, selection.keys, { key, on, from: isRange ? last.current : null }));
    last.current = key;
  };
  return (
    <div>
      <div className={styles['tableWrap']} tabIndex={0} role="region" aria-label={caption}>
        <table className={`${styles['table']} ${styles['stacked']}`}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {selection !== undefined && (
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={t('selectAll')}
                    checked={isAll}
                    onChange={(event) => selection.onChange(event.target.checked ? [...new Set([...selection.keys, ...keys])] : [])}
                  />
                </th>
              )}
              {columns.map(({ key, title, number }) => (
                <th key={key} scope="col" className={number === true ? styles['number'] : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {selection !== undefined && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={t('selectRow', { name: nameOf?.(row) ?? keyOf(row) })}
                      checked={ticked.has(keyOf(row))}
                      onChange={({ target, nativeEvent }) =>
                        toggle(keyOf(row), target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
                      }
                    />
                  </td>
                )}
                {columns.map(({ key, title, cell, number }) => (
                  <td key={key} data-label={title === '' ? undefined : title} className={number === true ? styles['number'] : undefined}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More more={more} busy={loadingMore} />
    </div>
  );
};
