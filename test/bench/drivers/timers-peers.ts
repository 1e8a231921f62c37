import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { Logger, makeWorkerUtils, run, runMigrations, type Runner } from 'graphile-worker';
import { Pool } from 'pg';
import { percentile } from '../harness/statistics';
import type { Driver, OpenDriver, Options, Outcome } from '../harness/types';
import { PAYLOAD_BYTES } from './payload';

/** How many are due at once, and how long it takes to tell a queue of them; or how many at random moments within how many seconds. */
export type Crowd = Readonly<{ due: number; addMs: number }>;
export type Spread = Readonly<{ due: number; seconds: number }>;

const NOTE = '-'.repeat(PAYLOAD_BYTES);
const FAR_MS = 40 * 86_400_000;
const AHEAD_MS = 2_000;
const BATCH = 2_000;
const EVENTS = `create table told ("position" bigint generated always as identity primary key, stream text not null, revision bigint not null,
  id uuid not null unique, type text not null, version int not null, data jsonb not null, metadata jsonb not null, unique (stream, revision))`;
const APPEND = `insert into told (stream, revision, id, type, version, data, metadata) values ($1, 0, $2, 'DeadlinePassed', 1, $3, '{}')`;

export const lagsOf = (lags: readonly number[]): Pick<Outcome, 'latency' | 'figures'> => ({
  latency: { p50: percentile(lags, 0.5), p99: percentile(lags, 0.99) },
  figures: { 'lag p50, ms': percentile(lags, 0.5), 'lag p99, ms': percentile(lags, 0.99), 'lag max, ms': percentile(lags, 1) },
});

/** What one run found: every lag once, and none before its time. */
class Lags {
  readonly found: number[] = [];

  constructor(private readonly wanted: number) {}

  note(dueAt: number): void {
    const lag = performance.timeOrigin + performance.now() - dueAt;
    if (lag < 0) throw new Error(`${-lag} ms before its time`);
    this.found.push(lag);
  }

  async all(): Promise<Outcome> {
    while (this.found.length < this.wanted) await pause(5);
    return { count: this.wanted, seconds: percentile(this.found, 0.99) / 1_000, ...lagsOf(this.found) };
  }
}

export const startRedis = async (): Promise<Readonly<{ url: string; stop: () => Promise<void> }>> => {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('redis-server ended')));
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
};

/** A queue that runs jobs at a time; each job appends one event to a stream of its own. */
type TimerQueue = Readonly<{
  add: (jobs: readonly Readonly<{ stream: string; dueAt: number }>[]) => Promise<void>;
  start: (handle: (stream: string, dueAt: number) => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
  close: () => Promise<void>;
}>;

const bullmq = async (): Promise<TimerQueue> => {
  const redis = await startRedis();
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const queue = new Queue('timers', { connection });
  let worker: Worker | null = null;
  return {
    add: async (jobs) => {
      for (let n = 0; n < jobs.length; n += BATCH) {
        await queue.addBulk(
          jobs.slice(n, n + BATCH).map((data) => ({
            name: 'due',
            data,
            opts: { jobId: data.stream, delay: Math.max(0, data.dueAt - Date.now() + 1), removeOnComplete: true, removeOnFail: true },
          })),
        );
      }
    },
    start: async (handle) => {
      worker = new Worker('timers', ({ data }: { data: { stream: string; dueAt: number } }) => handle(data.stream, data.dueAt), {
        connection,
        concurrency: 50,
      });
      await worker.waitUntilReady();
    },
    stop: async () => {
      await worker?.close();
      worker = null;
    },
    close: async () => {
      await queue.close();
      await redis.stop();
    },
  };
};

const QUIET = new Logger(() => () => undefined);
const graphile = async (databaseUrl: string, batched: boolean): Promise<TimerQueue> => {
  const preset = {
    worker: { localQueue: { size: batched ? 500 : -1 }, completeJobBatchDelay: batched ? 0 : -1, failJobBatchDelay: batched ? 0 : -1 },
  };
  await runMigrations({ connectionString: databaseUrl, logger: QUIET });
  const utils = await makeWorkerUtils({ connectionString: databaseUrl, logger: QUIET });
  let runner: Runner | null = null;
  return {
    add: async (jobs) => {
      for (let n = 0; n < jobs.length; n += BATCH) {
        const some = jobs.slice(n, n + BATCH);
        await utils.addJobs(some.map((payload) => ({ identifier: 'due', payload, runAt: new Date(payload.dueAt) })));
      }
    },
    start: async (handle) => {
      runner = await run({
        connectionString: databaseUrl,
        logger: QUIET,
        concurrency: 24,
        pollInterval: 50,
        maxPoolSize: 28,
        noHandleSignals: true,
        preset,
        taskList: {
          due: (payload) => {
            const { stream, dueAt } = payload as Readonly<{ stream: string; dueAt: number }>;
            return handle(stream, dueAt);
          },
        },
      });
    },
    stop: async () => {
      await runner?.stop();
      runner = null;
    },
    close: async () => utils.release(),
  };
};

/** One statement for thousands: nothing is asked of whoever is due. */
const sweeping = (pool: Pool) => ({
  prepare: () =>
    pool.query(`create table timer (stream text primary key, due_at timestamptz not null, passed boolean not null default false);
    create index timer_due on timer (due_at, stream) where not passed`),
  fill: (count: number, dueAt: number) =>
    pool.query(`insert into timer select gen_random_uuid()::text, to_timestamp($2::float8 / 1000) from generate_series(1, $1)`, [
      count,
      dueAt,
    ]),
  once: async (dueAt: number): Promise<number> => {
    const { rowCount } = await pool.query(
      `with due as (select stream from timer where not passed and due_at <= to_timestamp($1::float8 / 1000) order by due_at, stream limit ${BATCH} for update skip locked),
         done as (update timer set passed = true from due where timer.stream = due.stream returning timer.stream)
       insert into told (stream, revision, id, type, version, data, metadata)
         select stream, 0, gen_random_uuid(), 'DeadlinePassed', 1, jsonb_build_object('note', $2::text), '{}' from done`,
      [dueAt, NOTE],
    );
    return rowCount ?? 0;
  },
});

export const open: OpenDriver = async ({ databaseUrl, options }): Promise<Driver> => {
  const kind = options['kind'] as 'sweep' | 'bullmq' | 'graphile' | 'graphile-batched';
  const { pending } = options as Readonly<{ pending: number }>;
  const pool = new Pool({ connectionString: databaseUrl ?? '', max: 8 });
  await pool.query(EVENTS);
  const sweep = sweeping(pool);
  const queue =
    kind === 'sweep' ? null : kind === 'bullmq' ? await bullmq() : await graphile(databaseUrl ?? '', kind === 'graphile-batched');
  const streams = (count: number, dueAt: () => number) => Array.from({ length: count }, () => ({ stream: randomUUID(), dueAt: dueAt() }));
  if (queue === null) {
    await sweep.prepare();
    await sweep.fill(pending, Date.now() + FAR_MS);
  } else if (pending > 0) {
    const farAt = Date.now() + FAR_MS;
    for (let n = 0; n < pending; n += 50_000) await queue.add(streams(Math.min(50_000, pending - n), () => farAt));
  }
  const check = async (count: number): Promise<void> => {
    const { rows } = await pool.query<{ n: string; streams: string }>('select count(*) as n, count(distinct stream) as streams from told');
    if (Number(rows[0]?.n) !== count || Number(rows[0]?.streams) !== count)
      throw new Error(`${rows[0]?.n ?? '?'} events instead of ${count}`);
    await pool.query('truncate told');
  };
  const handle =
    (lags: Lags) =>
    async (stream: string, dueAt: number): Promise<void> => {
      await pool.query({ name: 'append', text: APPEND, values: [stream, randomUUID(), JSON.stringify({ note: NOTE })] });
      lags.note(dueAt);
    };
  const queued = async (due: number, dueAt: () => number): Promise<Outcome & Readonly<{ check: () => Promise<void> }>> => {
    if (queue === null) throw new Error('a sweep has no queue');
    const lags = new Lags(due);
    await queue.add(streams(due, dueAt));
    await queue.start(handle(lags));
    const outcome = await lags.all();
    await queue.stop();
    return { ...outcome, check: () => check(due) };
  };
  const crowd = async (params: Options) => {
    const { due, addMs } = params as unknown as Crowd;
    const dueAt = Date.now() + AHEAD_MS + (queue === null ? 0 : addMs);
    if (queue !== null) return queued(due, () => dueAt);
    await sweep.fill(due, dueAt);
    await pool.query('analyze timer');
    await pool.query('checkpoint');
    await pause(Math.max(0, dueAt - Date.now() + 1));
    const lags = new Lags(due);
    for (let done = 0; done < due;) {
      const some = await sweep.once(dueAt);
      for (let n = 0; n < some; n += 1) lags.note(dueAt);
      done += some;
    }
    return { ...(await lags.all()), check: () => check(due) };
  };
  const spread = (params: Options) => {
    const { due, seconds } = params as unknown as Spread;
    const from = Date.now() + AHEAD_MS;
    return queued(due, () => Math.floor(from + Math.random() * seconds * 1_000));
  };
  return {
    works: { crowd, spread },
    close: async () => {
      await queue?.close();
      await pool.end();
    },
  };
};
