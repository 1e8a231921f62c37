import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort, freshDatabase, type FreshDatabase } from '@app/testing';
import { copyCheckout } from './support/checkout';
import { launch, waitUntil, type Launched } from './support/launch';

jest.setTimeout(600_000);

describe('The demo instance with its events on EventStoreDB', () => {
  let home: string;
  let checkout: string;
  let env: Record<string, string>;
  let storage: FreshDatabase;
  let storePort: number;
  let store: ChildProcess | null = null;
  let running: Launched | null = null;

  /** A process of its own, as a server is; resolves when it listens. */
  const startStore = async (): Promise<void> => {
    const main = path.join(checkout, 'dist/apps/eventstore/src/main.js');
    const child = spawn(process.execPath, [main, '--port', String(storePort), '--database', storage.url], { cwd: checkout, stdio: 'pipe' });
    store = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitUntil(() => {
      if (child.exitCode !== null) throw new Error(`the event store ended: ${said}`);
      return said.includes('READY');
    });
  };
  const killStore = async (): Promise<void> => {
    const child = store;
    store = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const cli = async (extra: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> => {
    const surroundings = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env, ...extra };
    const options = { cwd: checkout, env: surroundings, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(process.execPath, ['apps/launcher/cli.mjs', ...args], options);
    return stdout;
  };
  const ready = (): Promise<number> =>
    fetch(`http://127.0.0.1:${env['PORT']}/api/health/ready`).then(
      ({ status }) => status,
      () => 0,
    );
  const pids = (): unknown => {
    const { api, worker } = (
      JSON.parse(readFileSync(path.join(checkout, '.data/instance.json'), 'utf8')) as { pids: Readonly<Record<string, number>> }
    ).pids;
    return { api, worker };
  };
  const stop = async (): Promise<void> => {
    running?.interrupt();
    await running?.ended;
    running = null;
  };

  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'qingling-esdb-'));
    chmodSync(home, 0o755);
    checkout = copyCheckout(path.join(home, 'checkout'));
    storage = await freshDatabase();
    storePort = await freePort();
    env = { PORT: String(await freePort()), EVENTSTORE_URL: `esdb://127.0.0.1:${storePort}?tls=false` };
    await startStore();
  });
  afterAll(async () => {
    await stop();
    await killStore();
    await storage?.drop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is loaded at the first start, every step of the scenario accepted, and does the whole job', async () => {
    running = launch({ checkout, env });
    const output = await running.until('READY');
    expect(output).not.toContain('a step was refused');
    expect(await cli({}, 'walkthrough')).not.toBe('');
  });

  it('says that it cannot work while the event store is gone, and goes on by itself when it is back', async () => {
    const before = pids();
    await killStore();
    await waitUntil(async () => (await ready()) === 503);
    await startStore();
    await waitUntil(async () => (await ready()) === 200);
    expect(await cli({}, 'walkthrough')).not.toBe('');
    expect(pids()).toStrictEqual(before);
  });

  it('lost nothing: the read models equal a rebuild, row for row', async () => {
    await stop();
    const compared = await cli({}, 'rebuild', '--compare');
    expect(compared).toContain('一致 equal');
    expect(compared).not.toContain('different');
  });

  it('is not started on another event store than the one its read models were made from', async () => {
    const { EVENTSTORE_URL: _, ...without } = env;
    const { code, output } = await launch({ checkout, env: without }).ended;
    expect(code).toBe(1);
    expect(output).toContain('The read models were made from another event store than the one set now');
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('moves to PostgreSQL: events copied, read models made anew, and the whole job done there', async () => {
    await cli({}, 'copy-events', '--from', 'eventstoredb', '--to', 'postgres');
    const { EVENTSTORE_URL: _, ...without } = env;
    env = without;
    await cli({}, 'rebuild');
    running = launch({ checkout, env });
    await running.until('READY');
    expect(await cli({}, 'walkthrough')).not.toBe('');
  });
});
