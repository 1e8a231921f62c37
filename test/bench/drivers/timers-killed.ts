import 'reflect-metadata';
import { execFileSync, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PostgresEventStore } from '@app/event-store';
import { findingDeadlineProjection, findingStream } from '@app/findings';
import { instantFromMs, type FindingId } from '@app/kernel';
import { createDataSource, runMigrations } from '@app/read-store';
import { waitUntil } from '@app/testing';
import { filed } from '../../../libs/findings/src/testing/finding-builders';
import type { Driver, OpenDriver } from '../harness/types';
import { METADATA } from './payload';
import { lagsOf, startRedis, type Spread } from './timers-peers';

const ROOT = path.resolve(__dirname, '..', '..', '..');
const BUILD = `import { build } from ${JSON.stringify(path.join(ROOT, 'apps/launcher/lib/build.mjs'))}; await build();`;
const FAR_MS = 3_600_000;
/** Within `aheadMs` the worker that was killed first is to run again and to have set its alarms. */
type Killed = Spread & Readonly<{ aheadMs: number }>;
const READY_MS = 60_000;
const now = (): number => performance.timeOrigin + performance.now();

/** The worker as the launcher runs it; it is killed while deadlines come, and started again by the launcher's own supervisor. */
export const open: OpenDriver = async ({ databaseUrl }): Promise<Driver> => {
  const url = databaseUrl ?? '';
  execFileSync(process.execPath, ['--input-type=module', '-e', BUILD], { stdio: 'ignore' });
  await runMigrations(url);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const redis = await startRedis();
  const store = new PostgresEventStore({ url });
  const tables = createDataSource(url, { poolSize: 1 });
  await tables.initialize();
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', DATABASE_URL: url, DATA_DIR: dataDir, REDIS_URL: redis.url };
  const keeper = fork(path.join(__dirname, '..', 'servers', 'supervised-worker.mjs'), [], { env, execArgv: [] });
  let pid: number | null = null;
  keeper.on('message', (message) => (pid = (message as Readonly<{ pid: number }>).pid));
  const running = (): Promise<number> => waitUntil(async () => pid ?? false, { what: 'a worker that is ready', timeoutMs: READY_MS });
  const kill = async (): Promise<void> => {
    const killed = await running();
    pid = null;
    process.kill(killed, 'SIGKILL');
  };
  await running();

  const shown = async (position: bigint): Promise<boolean> => {
    const [row] = await tables.query<{ position: string }[]>('select "position" from checkpoint where name = $1', [
      findingDeadlineProjection.name,
    ]);
    return BigInt(row?.position ?? '0') >= position;
  };
  const file = async (dueAt: number): Promise<bigint> => {
    const { type, data } = filed();
    const triageDue = { ...data.triageDue, at: instantFromMs(Math.floor(dueAt)) };
    const event = { id: randomUUID(), type, version: 1, data: { ...data, triageDue }, metadata: METADATA };
    return (await store.append(findingStream(randomUUID() as FindingId), 'no-stream', [event])).position;
  };

  const killed = async ({ due, seconds, aheadMs }: Killed) => {
    const begin = now() + aheadMs;
    const from = await store.head();
    const positions = await Promise.all(Array.from({ length: due }, () => file(begin + Math.random() * seconds * 1_000)));
    await file(begin + FAR_MS);
    const last = positions.reduce((a, b) => (a > b ? a : b));
    await waitUntil(() => shown(last), { what: 'rows of what was filed' });
    // Killed while nothing is due: what starts then sets the alarms.
    await kill();
    await running();
    const stop = new AbortController();
    const lags: number[] = [];
    const after: number[] = [];
    let killedAt = Number.POSITIVE_INFINITY;
    const listening = (async () => {
      for await (const { events } of store.subscribe(from, stop.signal, { eventTypes: ['DeadlinePassed'] })) {
        for (const { data } of events) {
          const dueAt = Date.parse((data as Readonly<{ dueAt: string }>).dueAt);
          lags.push(now() - dueAt);
          if (now() > killedAt) after.push(now() - dueAt);
        }
      }
    })();
    await pause(Math.max(0, begin + (seconds * 1_000) / 3 - now()));
    await kill();
    killedAt = now();
    while (lags.length < due) await pause(5);
    stop.abort();
    await listening;
    if (lags.some((lag) => lag < 0)) throw new Error('one passed before its time');
    const worst = Math.max(...after);
    const check = async (): Promise<void> => {
      const told = (await store.readAll(from, 10_000, { eventTypes: ['DeadlinePassed'] })).map(({ stream }) => stream);
      if (told.length !== due || new Set(told).size !== due) throw new Error(`${told.length} events instead of ${due}`);
    };
    const { latency, figures } = lagsOf(lags);
    return {
      count: 1,
      seconds: worst / 1_000,
      ...(latency && { latency }),
      figures: { ...figures, 'worst lag after the kill, ms': worst },
      check,
    };
  };

  return {
    works: { killed: (params) => killed(params as unknown as Killed) },
    close: async () => {
      const gone = once(keeper, 'exit');
      keeper.disconnect();
      await gone;
      await store.close();
      await tables.destroy();
      await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
