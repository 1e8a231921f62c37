import { Client } from 'pg';

/** Rows of a finding that are copied with a new id; `set` says which columns become what in copy `c`. */
type Copied = Readonly<{ table: string; set: Readonly<Record<string, string>> }>;
type Step = (client: Client) => Promise<unknown>;

const NEW_ID = `finding_id || '~' || c`;
const NEW_NUMBER = `left(number, 8) || lpad((substr(number, 9)::int + c * :numbers)::text, 6, '0')`;
const NEW_DIGITS = `(${NEW_NUMBER})`;

/** Of a number of six digits or seven; a pair that comes twice is indexed once. */
const PAIRS_OF_DIGITS = [8, 9, 10, 11, 12, 13, 14].map((at) => `substr(${NEW_DIGITS}, ${String(at)}, 2)`).join(', ');

/** Tables that lists, legs and the inbox read; counters tell the boards everything. */
const COPIED: readonly Copied[] = [
  {
    table: 'finding_list',
    set: {
      finding_id: NEW_ID,
      number: NEW_NUMBER,
      position: '"position" + c * :positions',
      haystack: `replace(haystack, lower(number), lower(${NEW_DIGITS}))`,
      grams: `grams || array[${PAIRS_OF_DIGITS}]`,
    },
  },
  { table: 'finding_leg', set: { finding_id: NEW_ID } },
  { table: 'inbox_entry', set: { finding_id: NEW_ID, number: NEW_NUMBER } },
];
const COUNTED = [
  { table: 'finding_count', column: 'n' },
  { table: 'figure_total', column: 'n' },
  { table: 'figure_counter', column: 'delta' },
] as const;

/** So many connections work side by side, and each table is copied in so many parts for each of them. */
const AT_ONCE = 2;
const PARTS = 4;
const ASIDE = 'multiplied_';

/**
 * Makes the rows of every finding come `times` times, with ids, numbers and positions of their own, and every counter `times` its
 * number: a read model of many findings, without their events. Keys and indexes are made anew afterwards, so that they are as good as
 * those of tables that grew; the copied tables are not logged, which reading does not notice.
 */
export const multiply = async (url: string, times: number, say: (text: string) => void = () => undefined): Promise<void> => {
  const clients = Array.from({ length: AT_ONCE }, () => new Client({ connectionString: url }));
  const [first] = clients;
  if (first === undefined) return;
  try {
    for (const client of clients) {
      await client.connect();
      await client.query(`set maintenance_work_mem = '512MB'; set synchronous_commit = off; set max_parallel_maintenance_workers = 0`);
    }
    const bounds = await first.query<{ numbers: string; positions: string }>(
      `select max(substr(number, 9)::int) as numbers, max("position") as positions from finding_list`,
    );
    const { numbers = '0', positions = '0' } = bounds.rows[0] ?? {};
    const rebuilt: string[] = [];
    for (const { table } of COPIED) rebuilt.push(...(await withoutIndexes(first, table)));
    const copies: Step[] = [];
    for (const { table, set } of COPIED) {
      const copied = (await copySql(first, table, set)).replaceAll(':numbers', numbers).replaceAll(':positions', positions);
      for (let part = 0; part < PARTS; part += 1) {
        const span = [1 + Math.floor((part * (times - 1)) / PARTS), Math.floor(((part + 1) * (times - 1)) / PARTS)];
        copies.push((client) => client.query(`${copied}, generate_series(${span.map(String).join(', ')}) as c`));
      }
    }
    say('copying');
    await together(clients, copies);
    for (const { table } of COPIED) await first.query(`drop table ${ASIDE}${table}`);
    say('indexes');
    const counted = COUNTED.map(({ table, column }) => async (client: Client) => {
      await client.query(`update ${table} set ${column} = ${column} * $1`, [times]);
      await client.query(`vacuum analyze ${table}`);
    });
    await together(clients, [...rebuilt.map((sql) => (client: Client) => client.query(sql)), ...counted]);
    say('vacuum');
    await together(
      clients,
      COPIED.map(
        ({ table }) =>
          (client) =>
            client.query(`vacuum analyze ${table}`),
      ),
    );
  } finally {
    for (const client of clients) await client.end();
  }
};

/** Each takes the next step as soon as it has done one. */
const together = async (clients: readonly Client[], steps: readonly Step[]): Promise<void> => {
  const left = [...steps];
  const results = await Promise.allSettled(
    clients.map(async (client) => {
      for (let step = left.shift(); step !== undefined; step = left.shift()) await step(client);
    }),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
};

/** Takes keys and indexes off; answers with what makes them anew, the key of the table too. */
const withoutIndexes = async (client: Client, table: string): Promise<readonly string[]> => {
  await client.query(`alter table ${table} set unlogged`);
  const { rows } = await client.query<{ name: string; sql: string; key: string | null }>(
    `select i.relname as name, pg_get_indexdef(i.oid) as sql, k.conname as key from pg_index x join pg_class i on i.oid = x.indexrelid
     left join pg_constraint k on k.conindid = i.oid and k.contype = 'p' where x.indrelid = $1::regclass order by 1`,
    [table],
  );
  for (const { name, key } of rows) await client.query(key === null ? `drop index ${name}` : `alter table ${table} drop constraint ${key}`);
  return rows.map(({ sql }) => sql);
};

const copySql = async (client: Client, table: string, set: Copied['set']): Promise<string> => {
  const columns = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  const values = columns.rows.map(({ name }) => set[name] ?? `"${name}"`);
  // What is copied stands aside: copies are not to be copied again.
  await client.query(`create unlogged table ${ASIDE}${table} as select * from ${table}`);
  return `insert into ${table} select ${values.join(', ')} from ${ASIDE}${table} as t`;
};
