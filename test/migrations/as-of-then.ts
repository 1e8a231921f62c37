import type { DataSource } from 'typeorm';

type Column = Readonly<{ name: string; type: string; filled: boolean; choices: string | null }>;

const UUID = '11111111-1111-4111-8111-111111111111';

/** What a column may hold where nothing else is known; the same for all columns of a type, so that references fit. */
const valueOf = ({ type, choices }: Column): string => {
  const [, choice] = /'([^']+)'::text/.exec(choices ?? '') ?? [];
  if (choice !== undefined) return choice;
  if (type.endsWith('[]')) return '{}';
  if (/^(integer|bigint|smallint|numeric)/.test(type)) return '7';
  if (type === 'boolean') return 'true';
  if (type.startsWith('json')) return '{"of": "then"}';
  if (type === 'uuid') return UUID;
  if (type === 'date') return '2020-07-06';
  if (type.startsWith('timestamp')) return '2020-07-06T01:00:00Z';
  return 'of then';
};

const columnsOf = (dataSource: DataSource, table: string): Promise<readonly Column[]> =>
  dataSource.query(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            (a.attnotnull and a.attidentity = '' or exists (select from pg_constraint c
              where c.conrelid = a.attrelid and c.contype = 'f' and a.attnum = any (c.conkey))) as filled,
            (select string_agg(pg_get_constraintdef(c.oid), ' ') from pg_constraint c
              where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]) as choices
     from pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by a.attnum`,
    [`"${table}"`],
  );

/** Tables of the schema, those that are referred to first. */
export const tablesOf = async (dataSource: DataSource): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ name: string }[]>(
    `select relname as name from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace
     order by (select count(*) from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'), relname`,
  );
  return rows.map(({ name }) => name);
};

/** One row in the table as its schema asks for it now, whatever stands in it: what a migration must be able to bear. */
export const putRowOfThen = async (dataSource: DataSource, table: string): Promise<void> => {
  const columns = (await columnsOf(dataSource, table)).filter(
    ({ filled, name }) => filled || (table === 'subject_key' && name === 'wrapped'),
  );
  const values = columns.map((column, n) => `$${String(n + 1)}::${column.type}`);
  await dataSource.query(
    `insert into "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${values.join(', ')})`,
    columns.map(valueOf),
  );
};

/** Rows by the columns named, as text, in any order. */
export const rowsBy = async (dataSource: DataSource, table: string, columns: readonly string[]): Promise<readonly string[]> => {
  // What says the same in another order of keys is the same.
  const texts = columns.map((name) => `to_jsonb("${name}")::text`).join(', ');
  const rows = await dataSource.query<{ row: string }[]>(`select jsonb_build_array(${texts})::text as row from "${table}"`);
  return rows.map(({ row }) => row).sort();
};

export const columnNames = async (dataSource: DataSource, table: string): Promise<readonly string[]> =>
  (await columnsOf(dataSource, table)).map(({ name }) => name);
