import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEventStore, type EventStore, type EventToAppend } from '@app/event-store';
import { startDouble, type RunningDouble } from '@app/eventstore-double';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import { ROOT } from './support/checkout';
import { waitUntil } from './support/launch';

jest.setTimeout(120_000);

const EVENTS = 2_400;
const PER_APPEND = 4;
const event = (n: number): EventToAppend => ({
  id: randomUUID(),
  type: 'Noted',
  version: 1,
  data: { n, 村: '东夼' },
  metadata: { recordedAt: '2020-07-06T01:30:00.000Z', actor: 'person-1' } as unknown as EventToAppend['metadata'],
});

describe('The command that copies events, as people start it', () => {
  let folder: string;
  let database: FreshDatabase;
  let double: RunningDouble;
  let source: EventStore;
  let target: EventStore;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'qingling-copy-'));
    [database, double] = [await freshDatabase(), await startDouble()];
    source = openEventStore({ url: database.url });
    target = openEventStore({ connectionString: double.connectionString });
    for (let n = 0; n < EVENTS; n += PER_APPEND) {
      const events = Array.from({ length: PER_APPEND }, (_, i) => event(n + i));
      await source.append(`finding-${String((n / PER_APPEND) % 7)}`, 'any', events);
    }
  });
  afterAll(async () => {
    await Promise.all([source.close(), target.close()]);
    await double.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** → what it said on both outputs, and how it ended; `meanwhile` may end it. */
  const run = async (meanwhile: (kill: (signal: NodeJS.Signals) => void) => Promise<void> = async () => undefined) => {
    const child = spawn(process.execPath, ['dist/apps/cli/src/main.js', 'copy-events', '--to', 'eventstoredb'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: database.url,
        EVENTSTORE_URL: double.connectionString,
        DATA_DIR: folder,
        QUEUE_BACKEND: 'postgres',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
    try {
      await meanwhile((signal) => child.kill(signal));
      return { how: await ended, output };
    } finally {
      child.kill('SIGKILL');
    }
  };
  const ids = async (store: EventStore): Promise<readonly string[]> => {
    const all: string[] = [];
    for (let after = 0n; ;) {
      const page = await store.readAll(after, 1_000);
      all.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (last === undefined) return all;
      after = last.position;
    }
  };

  it('goes on after kill -9 and after Ctrl-C from where it was, and proves by count and hash that nothing is missing', async () => {
    const killed = await run(async (kill) => {
      await waitUntil(async () => (await target.readAll(0n, 1)).length > 0);
      kill('SIGKILL');
    });
    expect(killed.how).toBe('SIGKILL');
    const first = await ids(target);
    const wanted = await ids(source);
    expect(first).toStrictEqual(wanted.slice(0, first.length));
    expect(first.length < EVENTS).toBe(true);

    const end = await target.head();
    const interrupted = await run(async (kill) => {
      await waitUntil(async () => (await target.readAll(end, 1)).length > 0);
      kill('SIGINT');
    });
    expect(interrupted.how).toBe(1);
    expect(interrupted.output).toContain('Interrupted; what was copied stays. Run the same command again to go on from there.');
    const second = await ids(target);
    expect(second).toStrictEqual(wanted.slice(0, second.length));

    const { how, output } = await run();
    expect(how).toBe(0);
    const hashes = [...output.matchAll(/ {2}2,400 {2}sha256 ([0-9a-f]{64})/g)].map(([, hash]) => hash);
    expect(hashes).toStrictEqual([hashes[0], hashes[0]]);
    expect(output).toContain(`本次复制 copied now  ${(EVENTS - second.length).toLocaleString('en')}`);
    expect(await ids(target)).toStrictEqual(wanted);
  });
});
