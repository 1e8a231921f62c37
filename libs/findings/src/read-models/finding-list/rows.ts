import type { Asked } from '@app/read-store';

/** PostgreSQL takes the whole batch as one document; column names come from the row types of this folder, never from outside. */
const columnsOf = (row: object): string =>
  Object.keys(row)
    .map((column) => `"${column}"`)
    .join(', ');

const PER_STATEMENT = 2_000;
const chunks = <T>(rows: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / PER_STATEMENT) }, (_, i) => rows.slice(i * PER_STATEMENT, (i + 1) * PER_STATEMENT));

const insertInto = (table: string, row: object, rest: string): string => {
  const columns = columnsOf(row);
  return `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json) ${rest}`;
};

/** Writes rows; those whose key is there already are replaced. */
export const upsert = (table: string, key: readonly string[], rows: readonly object[]): readonly Asked[] => {
  const [first] = rows;
  if (first === undefined) return [];
  const changed = Object.keys(first)
    .filter((column) => !key.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  const rest = `on conflict (${key.map((column) => `"${column}"`).join(', ')}) do update set ${changed.join(', ')}`;
  return chunks(rows).map((part) => [insertInto(table, first, rest), [JSON.stringify(part)]]);
};

/** Writes rows that never change; those that are there already stay. */
export const add = (table: string, rows: readonly object[]): readonly Asked[] => {
  const [first] = rows;
  if (first === undefined) return [];
  return chunks(rows).map((part) => [insertInto(table, first, 'on conflict do nothing'), [JSON.stringify(part)]]);
};

/** All rows of these findings in the table become exactly these; those that are so already are not touched, which spares their indexes. */
export const replace = (
  table: string,
  key: readonly string[],
  findingIds: readonly string[],
  rows: readonly object[],
): readonly Asked[] => {
  const named = key.map((column) => `"${column}"`).join(', ');
  const keys = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => key.includes(column))));
  const others = `delete from ${table} t where finding_id = any($1)
    and (${named}) not in (select ${named} from jsonb_populate_recordset(null::${table}, $2::jsonb))`;
  const removed: Asked = [others, [findingIds, JSON.stringify(keys)]];
  const [first] = rows;
  if (first === undefined) return [removed];
  const values = Object.keys(first).filter((column) => !key.includes(column));
  const of = (whose: string): string => values.map((column) => `${whose}."${column}"`).join(', ');
  const rest = `on conflict (${named}) do update
    set ${values.map((column) => `"${column}" = excluded."${column}"`).join(', ')}
    where (${of(table)}) is distinct from (${of('excluded')})`;
  return [removed, ...chunks(rows).map((part): Asked => [insertInto(table, first, rest), [JSON.stringify(part)]])];
};
