import type { EntityManager } from 'typeorm';
import { KEPT_ROWS, type KeptTable } from './contents';
import type { Column } from './manifest';

const PAGE = 1_000;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Columns that hold something of their own, in their order. */
export const columnsOf = (tx: EntityManager, table: string): Promise<readonly Column[]> =>
  tx.query(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [quoted(table)],
  );

/** By the primary key, byte by byte, so that the same rows give the same lines on any server. */
const orderOf = async (tx: EntityManager, table: string): Promise<string> => {
  const key = await tx.query<{ name: string }[]>(
    `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indrelid = to_regclass($1) and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)`,
    [quoted(table)],
  );
  const columns = key.length > 0 ? key : await columnsOf(tx, table);
  return columns.map(({ name }) => `${quoted(name)}::text collate "C"`).join(', ');
};

/**
 * Rows as lines of JSON, each column as the text of its value or null: nothing is lost to a type that JSON does not know, and a value
 * that is null in JSON stays apart from one that is absent. Within a transaction.
 */
export async function* linesOf(tx: EntityManager, table: KeptTable): AsyncIterable<readonly string[]> {
  const columns = await columnsOf(tx, table);
  const texts = columns.map(({ name }) => `${quoted(name)}::text as ${quoted(name)}`).join(', ');
  const where = KEPT_ROWS[table] === undefined ? '' : `where ${KEPT_ROWS[table]}`;
  await tx.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 1`);
  await tx.query(
    `declare kept no scroll cursor for select row_to_json(r)::text as line
     from (select ${texts} from ${quoted(table)} ${where} order by ${await orderOf(tx, table)}) r`,
  );
  for (;;) {
    const rows = await tx.query<{ line: string }[]>(`fetch ${String(PAGE)} from kept`);
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < PAGE) break;
  }
  await tx.query('close kept');
}

/** Columns that the table has got since take their defaults. */
export const putRows = async (tx: EntityManager, table: string, columns: readonly Column[], lines: readonly string[]): Promise<void> => {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const values = columns.map(({ name, type }) => `(r->>'${name.replaceAll("'", "''")}')::${type}`).join(', ');
  for (let from = 0; from < lines.length; from += PAGE) {
    await tx.query(
      `insert into ${quoted(table)} (${names}) overriding system value
       select ${values} from json_array_elements($1::json) with ordinality as e (r, n) order by n`,
      [`[${lines.slice(from, from + PAGE).join(',')}]`],
    );
  }
};

/** Numbers that the database gives out go on behind those that are there. */
export const moveSequences = async (tx: EntityManager, table: string): Promise<void> => {
  const sequences = await tx.query<{ name: string; sequence: string }[]>(
    `select a.attname as name, pg_get_serial_sequence($1, a.attname) as sequence from pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and pg_get_serial_sequence($1, a.attname) is not null`,
    [quoted(table)],
  );
  for (const { name, sequence } of sequences) {
    await tx.query(
      `select setval($1::regclass, coalesce(max(${quoted(name)}), 1), max(${quoted(name)}) is not null) from ${quoted(table)}`,
      [sequence],
    );
  }
};
