import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openEventStore } from '@app/event-store';
import { stampOf, SYSTEM } from '@app/kernel';
import { createDataSource, runMigrations } from '@app/read-store';
import { EVENT_METADATA, freePort } from '@app/testing';
import type { OpenDriver, Outcome, Options } from '../harness/types';

type App = 'empty' | 'api' | 'worker' | 'launcher' | 'eventstore';
const PROGRAMS: Readonly<Record<App, readonly string[]>> = {
  empty: ['test/bench/servers/empty-nest.cjs'],
  api: ['dist/start/api.js'],
  worker: ['dist/start/worker.js'],
  launcher: ['apps/launcher/start.mjs', '--empty'],
  eventstore: ['dist/apps/eventstore/src/main.js'],
};
const ROOT = path.resolve(__dirname, '..', '..', '..');
const BUILD = `import { build } from ${JSON.stringify(path.join(ROOT, 'apps/launcher/lib/build.mjs'))}; await build();`;
const FILE_CACHE = '/proc/sys/vm/drop_caches';
/** Of Linux: how often a clock of processor time ticks in a second, whatever the processor. */
const TICKS = 100;

/** Of Linux; elsewhere there are no figures. */
const ofSystem = async (pid: number, file: 'status' | 'stat'): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
const processorTime = async (pid: number): Promise<Readonly<Record<string, number>>> => {
  const stat = await ofSystem(pid, 'stat');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return stat === '' ? {} : { 'processor time, ms': ((Number(user) + Number(system)) * 1000) / TICKS };
};
const memory = async (pid: number): Promise<Readonly<Record<string, number>>> => {
  const status = await ofSystem(pid, 'status');
  const megabytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return status === '' ? {} : { 'memory after a while idle, MB': megabytes('VmRSS'), 'most memory so far, MB': megabytes('VmHWM') };
};

/** Programs forked by the launcher tell it by a message; those that people start say READY. */
const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.once('message', () => resolve());
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/^READY /m.test(said)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready: ${said.slice(-300)}`)));
  });

const dropFileCache = (): void => {
  execFileSync('sync');
  writeFileSync(FILE_CACHE, '3');
};

/** Starts a process again and again: from the start of Node until it says that it does its work. */
export const open: OpenDriver = async ({ options, databaseUrl }) => {
  const { app } = options as Readonly<{ app: App }>;
  const [program = '', ...args] = PROGRAMS[app];
  if (app !== 'empty') execFileSync(process.execPath, ['--input-type=module', '-e', BUILD], { stdio: 'ignore' });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  if (databaseUrl !== null) await runMigrations(databaseUrl);
  const store = openEventStore({ url: databaseUrl ?? '' });
  const tables = createDataSource(databaseUrl ?? '', { poolSize: 1 });

  /** A process that was started, once it is ready, and how it is ended. */
  const started = async () => {
    const port = await freePort();
    const product = {
      DATABASE_URL: databaseUrl ?? '',
      DATA_DIR: dataDir,
      QUEUE_BACKEND: 'postgres',
      LOG_LEVEL: 'warn',
      PORT: String(port),
    };
    const first = { ADMIN_COUNTY: '平度市', ADMIN_NAME: '管理员', ADMIN_LOGIN: 'admin', ADMIN_PASSWORD: 'bench-Only-2020!' };
    const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...(app === 'eventstore' ? {} : { ...product, ...first }) };
    const at = performance.now();
    const own = app === 'eventstore' ? ['--port', String(port)] : [];
    const child = fork(path.join(ROOT, program), [...args, ...own], {
      env,
      cwd: ROOT,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const end = async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      // The launcher has others to end first.
      child.kill(app === 'launcher' ? 'SIGTERM' : 'SIGKILL');
      await gone;
    };
    await ready(child).catch(async (error: unknown) => {
      await end();
      throw error;
    });
    return { pid: child.pid ?? 0, at, end };
  };

  const start = async ({ idleSeconds, cold }: Options): Promise<Outcome> => {
    if (cold === true) dropFileCache();
    const { pid, at, end } = await started();
    try {
      const seconds = (performance.now() - at) / 1000;
      const used = await processorTime(pid);
      await wait(Number(idleSeconds ?? 0) * 1000);
      const figures = cold === true ? used : { ...used, ...(await memory(pid)) };
      // Sixty, so that the rate is starts a minute.
      return { count: 60, seconds, latency: { p50: seconds * 1000, p99: seconds * 1000 }, figures };
    } finally {
      await end();
    }
  };

  /** One event more than the worker has seen, a town that was established. */
  const append = async (): Promise<bigint> => {
    const unitId = randomUUID();
    const data = {
      at: EVENT_METADATA.recordedAt,
      on: EVENT_METADATA.businessDate,
      by: stampOf(SYSTEM),
      unitId,
      name: unitId,
      synonyms: [],
    };
    const event = { ...data, kind: 'town', parentId: null, path: unitId, from: EVENT_METADATA.businessDate };
    const recorded = { id: randomUUID(), type: 'UnitEstablished', version: 1, data: event, metadata: EVENT_METADATA };
    return (await store.append(`unit-${unitId}`, 'no-stream', [recorded])).position;
  };
  const behind = async (): Promise<bigint> => {
    const [row] = await tables.query<readonly Readonly<{ least: string | null }>[]>(
      `select min("position") as least from checkpoint where kind = 'projection'`,
    );
    return BigInt(row?.least ?? 0);
  };

  const resume = async (): Promise<Outcome> => {
    if (!tables.isInitialized) await tables.initialize();
    const position = await append();
    const { pid, at, end } = await started();
    try {
      while ((await behind()) < position) await wait(2);
      const milliseconds = performance.now() - at;
      const figures = { 'until the read models have the event, ms': milliseconds, ...(await processorTime(pid)) };
      return { count: 60, seconds: milliseconds / 1000, latency: { p50: milliseconds, p99: milliseconds }, figures };
    } finally {
      await end();
    }
  };

  return {
    works: { start, resume },
    close: async () => {
      if (tables.isInitialized) await tables.destroy();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
