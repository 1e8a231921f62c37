import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROJECTIONS, Readers, SystemClock } from '@app/core';
import { bulkInto, PostgresEventStore } from '@app/event-store';
import { ClearanceQueries, clearanceProjection, findingDeadlineProjection, findingsProjection, FindingQueries } from '@app/findings';
import { localDate } from '@app/kernel';
import { createDataSource, runMigrations } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { randomLog } from '../../../libs/findings/src/testing/random-logs';
import { generateLarge } from '../../../seeds/large';
import { percentile } from '../harness/statistics';
import type { OpenDriver } from '../harness/types';
import { multiply, putBack, setAside } from './log-in-parts';

const SEED = 1;
const PAUSE_MS = 25;
/** The live path takes one finding of so many: it goes event after event. */
const LIVE_OF = 8;
const say = (text: string): void => console.log(`  rebuild: ${text}`);

/** Tells the scenario's events, or where `findings` is 0 those of a random log, which needs no organisation. */
const fill = async (databaseUrl: string, store: PostgresEventStore, findings: number): Promise<void> => {
  if (findings === 0) return bulkInto(store).append(randomLog(SEED).log.events);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
  try {
    const { scenario, events } = await generateLarge({ settings, findings, seed: SEED });
    await scenario.close();
    say(`${events.toLocaleString('en')} events told`);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};

type Print = Readonly<Record<string, string>>;

export const open: OpenDriver = async ({ options, databaseUrl }) => {
  const { findings, times } = options as Readonly<{ findings: number; times: number }>;
  if (databaseUrl === null) throw new Error('a rebuild needs a database');
  await runMigrations(databaseUrl);
  const dataSource = await createDataSource(databaseUrl).initialize();
  const store = new PostgresEventStore({ url: databaseUrl });
  const projections = findings === 0 ? [findingsProjection, findingDeadlineProjection, clearanceProjection] : PROJECTIONS;
  const tables = projections.flatMap((projection) => projection.tables);
  const readers = new Readers(store, dataSource, projections, []);
  const clock = new SystemClock();
  const [board, list] = [new ClearanceQueries(dataSource), new FindingQueries(dataSource, clock)];

  const prints = async (): Promise<Print> => {
    const found: [string, string][] = [];
    for (const table of tables) {
      const [row] = await dataSource.query<{ print: string }[]>(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(to_jsonb(t)::text, 0)::numeric), 0) as print from "${table}" t`,
      );
      found.push([table, row?.print ?? '']);
    }
    return Object.fromEntries(found);
  };
  const sameAs = (before: Print, after: Print): void => {
    const different = tables.filter((table) => before[table] !== after[table]);
    if (different.length > 0) throw new Error(`after the rebuild other rows are in ${different.join(', ')}`);
  };
  /** What people see, answer by answer: tables change places all at once, and two requests may lie before and after that. */
  const look = async (): Promise<readonly string[]> => {
    const { rows } = await board.board('county', { asOf: localDate('2021-12-31'), from: null }, { subtree: true, seen: null, under: null });
    const page = await list.page({ all: true }, { filter: {}, order: 'filed', descending: true, limit: 20, cursor: null });
    return [
      `board ${JSON.stringify(rows.map(({ figures }) => figures))}`,
      `list ${JSON.stringify([page.total, page.rows.map((row) => row.finding_id)])}`,
    ];
  };

  const counters = async (times: number): Promise<string> => {
    const [row] = await dataSource.query<{ counters: string }[]>(
      `select coalesce(string_agg(concat_ws('|', dimension, key, stage, n * $1::int), ',' order by dimension, key, stage), '') as counters
       from finding_count`,
      [times],
    );
    return row?.counters ?? '';
  };
  /** What follows from the log alone. */
  const asTold = async (): Promise<void> => {
    const [row] = await dataSource.query<{ whole: boolean }[]>(
      `select (findings, events) = ((select count(*) from finding_list), (select count(*) from finding_event)) as whole
       from (select count(distinct stream) as findings, count(*) as events from events where starts_with(stream, 'finding-')) as told`,
    );
    if (row?.whole !== true) throw new Error('list and timelines do not hold every finding and every event of the log once');
    // A random log may have its units moved between a finding and its copies.
    if (findings > 0 && (await counters(1)) !== counted)
      throw new Error(`not every counter is ${times} times what it was before the log was multiplied`);
  };

  await fill(databaseUrl, store, findings);
  if (findings > 0) await setAside(dataSource, LIVE_OF);
  await readers.drain();
  say('live rows made');
  const live = await prints();
  await readers.rebuild();
  sameAs(live, await prints());
  say('equal in bulk');
  if (findings > 0) await putBack(dataSource);
  await readers.rebuild();
  const counted = await counters(times);
  await multiply(dataSource, times);
  const [row] = await dataSource.query<{ n: number }[]>('select count(*)::int as n from events');
  const count = row?.n ?? 0;
  say(`${count.toLocaleString('en')} events`);
  /** Of the whole log, as the first rebuild of it left the tables. */
  let full: Print | null = null;

  return {
    works: {
      rebuild: async () => {
        const before = await look();
        const latencies: number[] = [];
        const answers = new Set<string>();
        let going = true;
        const reading = (async () => {
          while (going) {
            const asked = performance.now();
            for (const answer of await look()) answers.add(answer);
            latencies.push(performance.now() - asked);
            await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
          }
        })();
        const started = performance.now();
        await readers.rebuild();
        const seconds = (performance.now() - started) / 1_000;
        going = false;
        await reading;
        const check = async (): Promise<void> => {
          // The first rebuild takes the place of the tables from before the log was multiplied; the others change nothing.
          const after = await look();
          if (full !== null && after.join() !== before.join()) throw new Error('after the rebuild other answers are given');
          if ([...answers].some((answer) => !before.includes(answer) && !after.includes(answer)))
            throw new Error('an answer during the rebuild was not whole');
          if (full !== null) return sameAs(full, await prints());
          await asTold();
          full = await prints();
        };
        return { count, seconds, latency: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }, check };
      },
    },
    close: async () => {
      await store.close();
      await dataSource.destroy();
    },
  };
};
