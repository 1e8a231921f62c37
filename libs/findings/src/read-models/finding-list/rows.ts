import type { EntityManager } from 'typeorm';

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
  return `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) ${rest}`;
};

/** Writes rows; those whose key is there already are replaced. */
export const upsert = async (tx: EntityManager, table: string, key: readonly string[], rows: readonly object[]): Promise<void> => {
  const [first] = rows;
  if (first === undefined) return;
  const changed = Object.keys(first)
    .filter((column) => !key.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  const rest = `on conflict (${key.map((column) => `"${column}"`).join(', ')}) do update set ${changed.join(', ')}`;
  for (const part of chunks(rows)) await tx.query(insertInto(table, first, rest), [JSON.stringify(part)]);
};

/** Writes rows that never change; those that are there already stay. */
export const add = async (tx: EntityManager, table: string, rows: readonly object[]): Promise<void> => {
  const [first] = rows;
  if (first === undefined) return;
  for (const part of chunks(rows)) await tx.query(insertInto(table, first, 'on conflict do nothing'), [JSON.stringify(part)]);
};

/** All rows of these findings in the table become exactly these. */
export const replace = async (tx: EntityManager, table: string, findingIds: readonly string[], rows: readonly object[]): Promise<void> => {
  await tx.query(`delete from ${table} where finding_id = any($1)`, [findingIds]);
  await add(tx, table, rows);
};
