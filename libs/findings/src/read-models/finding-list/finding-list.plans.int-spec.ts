import { instant } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, VirtualClock, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import type { FindingFilter } from './finding-list.filter';
import { FindingQueries } from './finding.queries';
import { LegQueries } from './leg.queries';

const NOW = instant('2020-07-06T02:00:00.000Z');
const clock = new VirtualClock(NOW);
const ROWS = 20_000;
/** One row in a hundred matches, so that whoever reads all of them does so in vain. */
const ONE_IN = 100;
const COUNTED = `'k' || (n % ${String(ONE_IN)})`;
const DAY = `to_char(timestamp '2020-01-01' + n * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"')`;

/** What differs from row to row. */
const VALUES: Readonly<Record<string, string>> = {
  finding_id: `'f' || lpad(n::text, 8, '0')`,
  number: `'QL-2020-' || lpad(n::text, 6, '0')`,
  kind: `case when n % ${String(ONE_IN)} = 0 then 'task' else 'finding' end`,
  flags: `array[${COUNTED}]`,
  due_at: DAY,
  due_sort: DAY,
  filed_at: DAY,
  haystack: `case n % ${String(ONE_IN)} when 7 then '镇建新未拆旧' else '水质化验报告' end`,
  grams: `case n % ${String(ONE_IN)} when 7 then '{镇建,建新,新未,未拆,拆旧}'::text[] else '{水质,质化,化验,验报,报告}' end`,
  unit_paths: `array['pd', 'pd/' || ${COUNTED}]`,
  reader_paths: `array['pd/' || ${COUNTED}]`,
  ...Object.fromEntries(
    [
      'town_id',
      'department_id',
      'team_id',
      'village_id',
      'category',
      'source_kind',
      'list_id',
      'seriousness',
      'status',
      'stage',
      'parent_id',
    ].map((column) => [column, COUNTED]),
  ),
  leg_id: `'T'`,
  unit_path: `'pd/' || ${COUNTED}`,
  running: `n % ${String(ONE_IN)} = 1`,
};
const plainOf = (type: string): string =>
  ({ text: `''`, ARRAY: `'{}'`, integer: 'n', bigint: 'n', boolean: 'false', jsonb: `'{}'` })[type] ?? 'null';

let database: FreshDatabase;
let dataSource: DataSource;

const fill = async (table: string): Promise<void> => {
  const columns = await dataSource.query<{ name: string; type: string }[]>(
    `select column_name as name, data_type as type from information_schema.columns where table_name = $1 order by ordinal_position`,
    [table],
  );
  const values = columns.map(({ name, type }) => VALUES[name] ?? plainOf(type));
  await dataSource.query(`insert into ${table} select ${values.join(', ')} from generate_series(1, ${String(ROWS)}) n`);
  await dataSource.query(`analyze ${table}`);
};

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createDataSource(database.url).initialize();
  for (const table of ['finding_list', 'finding_leg']) await fill(table);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

type Plan = Readonly<{ 'Node Type': string; 'Relation Name'?: string; Plans?: readonly Plan[] }>;
const scansIn = (plan: Plan): readonly string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap(scansIn),
];

/** Tables that the statements of `ask` read from end to end. */
const readWhole = async (ask: (seen: DataSource) => Promise<unknown>): Promise<readonly string[]> => {
  const found: string[] = [];
  const query = async (sql: string, params: unknown[]): Promise<unknown> => {
    const [row] = await dataSource.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }[]>(`explain (format json) ${sql}`, params);
    found.push(...(row?.['QUERY PLAN'] ?? []).flatMap(({ Plan: plan }) => scansIn(plan)));
    return dataSource.query(sql, params);
  };
  await ask({ query } as Pick<DataSource, 'query'> as DataSource);
  return found.filter((table) => table === 'finding_list' || table === 'finding_leg');
};

const FILTERS: Readonly<Record<string, FindingFilter>> = {
  town: { townId: 'k7' },
  department: { departmentId: 'k7' },
  team: { teamId: 'k7' },
  village: { villageId: 'k7' },
  category: { category: ['k7'] },
  unit: { unitPath: 'pd/k7' },
  flag: { flag: 'k7' },
  parent: { parentId: 'k7' },
  'days due': { dueFrom: instant('2020-07-01T00:00:00.000Z'), dueTo: instant('2020-07-03T00:00:00.000Z') },
  'days filed': { filedFrom: instant('2020-07-01T00:00:00.000Z'), filedTo: instant('2020-07-03T00:00:00.000Z') },
  text: { text: '建新未拆旧' },
  number: { text: 'QL-2020-000777' },
  kind: { kind: 'task' },
};
/** Names of things that are no type of their own here. */
const NAMED: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> = {
  source: { source: 'k7' },
  list: { listId: 'k7' },
  seriousness: { seriousness: 'k7' },
  status: { status: ['k7'] },
  stage: { stage: ['k7'] },
};

describe('The ledger, filtered by what few rows match', () => {
  it.each(Object.entries({ ...FILTERS, ...(NAMED as typeof FILTERS) }))('reads no table whole: %s', async (_by, filter) => {
    const page = { filter, order: 'due', descending: false, limit: 50, cursor: null } as const;
    expect(await readWhole((seen) => new FindingQueries(seen, clock).page({ all: true }, page))).toStrictEqual([]);
  });

  it.each([
    ['few', '建新未拆旧', { total: 200, exact: true }],
    ['more than are counted', '水质化验', { total: 10_000, exact: false }],
  ])('shows the same rows in the same order by its characters as by a look at every row: %s', async (_how, text, total) => {
    const queries = new FindingQueries(dataSource, clock);
    for (const [order, descending, sorted] of [
      ['due', false, 'due_sort, finding_id'],
      ['filed', true, 'filed_at desc, finding_id desc'],
    ] as const) {
      const all = await dataSource.query<{ finding_id: string }[]>(
        `select finding_id from finding_list where haystack like '%' || $1 || '%' order by ${sorted} limit 60`,
        [text],
      );
      const page = { filter: { text }, order, descending, limit: 30 } as const;
      const first = await queries.page({ all: true }, { ...page, cursor: null });
      const second = await queries.page({ all: true }, { ...page, cursor: first.next });
      expect([...first.rows, ...second.rows].map((row) => row.finding_id)).toStrictEqual(all.map((row) => row.finding_id));
      for (const counted of [first, second]) expect({ total: counted.total, exact: counted.exact }).toStrictEqual(total);
    }
  });

  it('reads no table whole for the legs of a unit that are overdue', async () => {
    const ask = (filter: Parameters<LegQueries['page']>[1]['filter']) => (seen: DataSource) =>
      new LegQueries(seen, clock).page({ all: true }, { filter, limit: 50, cursor: null });
    expect(await readWhole(ask({ unitPath: 'pd/k7', overdue: true }))).toStrictEqual([]);
  });
});
