import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readers } from '@app/core';
import { ClearanceQueries, FindingQueries, type FindingPageQuery } from '@app/findings';
import { Clock, localDateOf } from '@app/kernel';
import { runMigrations } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { DataSource } from 'typeorm';
import { generateLarge } from '../../../seeds/large';
import { median, percentile } from '../harness/statistics';
import type { Driver, OpenDriver, Options, Outcome, Work } from '../harness/types';
import { multiply } from './multiply';

export type BoardOptions = Readonly<{ findings: number; times: number; bulk: boolean }>;
type Asked = Readonly<{ filter: FindingPageQuery['filter']; order?: FindingPageQuery['order']; descending?: boolean }>;
type Timed = Readonly<{ milliseconds: readonly number[]; seconds: number }>;

const SEED = 7;
const PAGE = 50;
const EVERYTHING = { all: true } as const;
const SIGHT = { seen: null, subtree: true, under: null } as const;

/** What the ledger's page is filtered by. */
const FILTERS: readonly Asked[] = [
  { filter: {} },
  { filter: {}, order: 'filed', descending: true },
  { filter: { townId: 'town-liyuan' } },
  { filter: { townId: 'town-jiudian', stage: ['rectifying'] } },
  { filter: { departmentId: 'dept-housing' } },
  { filter: { unitPath: 'pd/town-nancun' }, order: 'updated', descending: true },
  { filter: { category: ['housing.cd'] } },
  { filter: { status: ['assigned'] } },
  { filter: { overdue: true } },
  { filter: { seriousness: 'serious' } },
  { filter: { source: 'upper' } },
  { filter: { teamId: 'team-2', overdue: true }, order: 'filed' },
];
/** One of the thousand findings holds the first, three the second, then six, sixty and a hundred; of the million a thousand times as many. */
const TEXTS = ['滨河新村', '响水河村', '长乐村', '店子镇', '水质化验报告'] as const;

/** Calls in turn, `rate` a second, each timed from when it was due: one that waits for another has waited. */
const paced = async (calls: readonly (() => Promise<unknown>)[], rate: number, seconds: number): Promise<Timed> => {
  for (const call of calls) await call();
  const milliseconds: number[] = [];
  const started = performance.now();
  const running: Promise<void>[] = [];
  for (let n = 0; n < Math.max(calls.length, rate * seconds); n += 1) {
    const due = started + (n * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const call = calls[n % calls.length];
    if (call !== undefined) running.push(call().then(() => void milliseconds.push(performance.now() - due)));
  }
  await Promise.all(running);
  return { milliseconds, seconds: milliseconds.reduce((a, b) => a + b, 0) / 1_000 };
};

/** One after the other, in turn, so that both meet the same machine. */
const inTurn = async (times: number, ...calls: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> => {
  const taken: number[][] = calls.map(() => []);
  for (let n = 0; n < times; n += 1) {
    for (const [i, call] of calls.entries()) {
      const from = performance.now();
      await call();
      taken[i]?.push(performance.now() - from);
    }
  }
  return taken.map(median);
};

const outcomeOf = ({ milliseconds, seconds }: Timed): Outcome => {
  const latency = { p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99) };
  return { count: milliseconds.length, seconds, latency, figures: { 'p50, ms': latency.p50, 'p99, ms': latency.p99 } };
};

/** A read model of `findings` findings of the large scenario, `times` over. */
const prepare = async (
  url: string,
  { findings, times, bulk }: BoardOptions,
): Promise<Readonly<{ dataSource: DataSource; clock: Clock; close: () => Promise<void> }>> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'board-'));
  await runMigrations(url);
  const settings = loadSettings({ DATABASE_URL: url, DATA_DIR: dataDir });
  const { scenario } = await generateLarge({ settings, findings, seed: SEED });
  const readers = scenario.get<Readers>(Readers);
  await readers.policies.passOver();
  await (bulk ? readers.rebuild() : readers.projections.drain());
  if (times > 1) await multiply(url, times);
  else await scenario.get<DataSource>(DataSource).query('vacuum analyze');
  const close = async (): Promise<void> => {
    await scenario.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { dataSource: scenario.get<DataSource>(DataSource), clock: scenario.get<Clock>(Clock), close };
};

/** Counters and rows say the same, exactly. */
const recounted = async (dataSource: DataSource): Promise<void> => {
  const ask = (sql: string): Promise<readonly unknown[]> => dataSource.query(sql);
  const same = async (what: string, counted: string, recount: string): Promise<void> => {
    const [a, b] = [JSON.stringify(await ask(counted)), JSON.stringify(await ask(recount))];
    if (a !== b) throw new Error(`${what} are not what a recount gives`);
  };
  await same(
    'the counters of the ledger',
    `select key, stage, n::int as n from finding_count where dimension = 'town' and n <> 0 order by 1, 2`,
    'select town_id as key, stage, count(*)::int as n from finding_list group by 1, 2 order by 1, 2',
  );
  await same(
    'the figures of the board',
    `select substr(scope, 10) as key, n::int as n from figure_total where basis = 'recorded' and scope like 'category:%' and measure = 'found' order by 1`,
    'select category as key, count(*)::int as n from finding_list where parent_id is null group by 1 order by 1',
  );
};

/** The board's figures of the towns from the rows themselves. */
const NAIVE = `select l.unit_id, count(*) as legs, count(*) filter (where l.stage = 'passed') as passed,
    count(*) filter (where l.stage = 'passed' and l.on_time) as on_time, count(*) filter (where l.running and l.due_at < $1) as overdue
  from finding_leg l join finding_list f using (finding_id) where l.duty = 'acts' group by 1 order by 1`;

export const open: OpenDriver = async ({ options, databaseUrl }): Promise<Driver> => {
  if (databaseUrl === null) throw new Error('the board needs a database');
  const { dataSource, clock, close } = await prepare(databaseUrl, options as BoardOptions);
  const boards = new ClearanceQueries(dataSource);
  const findings = new FindingQueries(dataSource, clock);
  const when = { asOf: localDateOf(clock.now()), from: null };
  const town = (): Promise<unknown> => boards.board('town', when, SIGHT);
  const page = ({ filter, order = 'due', descending = false }: Asked, cursor: string | null = null) =>
    findings.page(EVERYTHING, { filter, order, descending, limit: PAGE, cursor });

  const pacedBy = ({ rate, seconds }: Options, calls: readonly (() => Promise<unknown>)[]): Promise<Timed> =>
    paced(calls, Number(rate), Number(seconds));

  const board: Work = async (params) => {
    const scopes = ['county', 'town', 'department', 'category', 'list'] as const;
    const calls = scopes.map((scope) => () => boards.board(scope, when, SIGHT));
    return { ...outcomeOf(await pacedBy(params, calls)), check: () => recounted(dataSource) };
  };
  const naive: Work = async ({ times }) => {
    const [ours = 0, theirs = 0] = await inTurn(Number(times), town, () => dataSource.query(NAIVE, [clock.now()]));
    return {
      count: Number(times),
      seconds: (ours * Number(times)) / 1_000,
      figures: { 'naive SQL to board': theirs / ours, 'naive SQL, ms': theirs },
    };
  };
  const lists: Work = async (params) => {
    const calls = FILTERS.map((asked) => () => page(asked));
    return outcomeOf(await pacedBy(params, calls));
  };
  // The rows stand still, so that the way to the far page is walked once.
  let cursor: string | null = null;
  let last: string | null = null;
  const pages: Work = async ({ times, walk }) => {
    for (let n = 1; last === null && n < Number(walk); n += 1) cursor = (await page({ filter: {} }, cursor)).next;
    last = cursor;
    if (last === null) throw new Error('the list is shorter than the walk');
    const place = last;
    const [first = 0, far = 0] = await inTurn(
      Number(times),
      () => page({ filter: {} }),
      () => page({ filter: {} }, place),
    );
    return { count: Number(times), seconds: (far * Number(times)) / 1_000, figures: { 'far page to page 1': far / first } };
  };
  const search: Work = async ({ times }) => {
    const shares: number[] = [];
    let ours = 0;
    for (const text of TEXTS) {
      const like = `%${text}%`;
      const [own = 0, plain = 0] = await inTurn(
        Number(times),
        () => page({ filter: { text } }),
        () =>
          dataSource.query(
            `with total as (select count(*) as total from (select 1 from finding_list where haystack like $1 limit 10001) c),
             page as (select * from finding_list where haystack like $1 order by due_sort, finding_id limit $2)
             select t.total, p.* from total t left join page p on true order by p.due_sort, p.finding_id`,
            [like, PAGE + 1],
          ),
      );
      ours += own;
      shares.push(own / plain);
    }
    return {
      count: TEXTS.length * Number(times),
      seconds: (ours * Number(times)) / 1_000,
      figures: { 'search to LIKE': median(shares), 'at worst': Math.max(...shares) },
    };
  };
  return { works: { board, naive, lists, pages, search }, close };
};
