import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { openEventStore, type EventStore, type EventToAppend } from '@app/event-store';
import { loadSettings } from '@app/settings';
import { emptyDatabase, forgetEvents, freshDatabase, type FreshDatabase } from '@app/testing';
import { command } from '../commands/copy-events.command';

const event = (type: string, data: unknown): EventToAppend => ({
  id: randomUUID(),
  type,
  version: 2,
  data,
  metadata: {
    recordedAt: '2020-07-06T01:30:00.000Z',
    businessDate: '2020-07-06',
    actor: 'person-1',
    actingUnit: 'office',
    actingPost: null,
    commandId: 'c-1',
    causationId: null,
  } as EventToAppend['metadata'],
});

describe('npm run cli -- copy-events', () => {
  let own: FreshDatabase;
  let other: FreshDatabase;
  let source: EventStore;
  let target: EventStore;
  const said: string[] = [];
  const run = async (...args: readonly string[]): Promise<string> => {
    said.length = 0;
    await command.run(args, loadSettings({ DATABASE_URL: own.url, DATA_DIR: tmpdir(), QUEUE_BACKEND: 'postgres' }));
    return said.join('\n');
  };

  beforeAll(async () => {
    [own, other] = [await freshDatabase(), await freshDatabase()];
    source = openEventStore({ url: own.url });
    target = openEventStore({ url: other.url });
    for (let n = 0; n < 30; n += 1)
      await source.append(`finding-${String(n % 4)}`, 'any', [event('Noted', { n, 村: '东夼' }), event('Seen', {})]);
  });
  afterAll(async () => {
    await Promise.all([source.close(), target.close()]);
    await Promise.all([own.drop(), other.drop()]);
  });
  beforeEach(async () => {
    await forgetEvents(other);
    jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
    jest.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());
  const without = async (store: EventStore) => (await store.readAll(0n, 1_000)).map(({ position: _, ...rest }) => rest);

  it('copies, says count and hash of both sides, and compares again when it is asked to', async () => {
    const output = await run('--from', 'postgres', '--to', other.url);
    expect(await without(target)).toStrictEqual(await without(source));
    const [, hash] = /来源 source {2}60 {2}sha256 ([0-9a-f]{64})/.exec(output) ?? [];
    expect(output).toContain(`目标 target  60  sha256 ${hash ?? 'none'}`);
    expect(output).toContain('复制 copying 60 · 100 %');
    expect(await run('--from', 'postgres', '--to', other.url, '--verify-only')).toContain(hash);
  });

  it('shows no address and no password, whatever happens', async () => {
    const secret = new URL(other.url);
    secret.password = 'geheim';
    expect(await run('--from', 'postgres', '--to', secret.href)).not.toMatch(/geheim|127\.0\.0\.1/);
    await expect(run('--to', 'esdb://admin:geheim@127.0.0.1:2113?tls=perhaps')).rejects.toThrow(/^(?!.*geheim).*--to 应为/);
  });

  it('brings the tables of a new database with it', async () => {
    const fresh = await emptyDatabase();
    expect(await run('--from', 'postgres', '--to', fresh.url)).toContain('equal in number, order and content');
    await fresh.drop();
  });

  it('only comparing, finds a target that is behind', async () => {
    await expect(run('--from', 'postgres', '--to', other.url, '--verify-only')).rejects.toThrow(
      'The first 0 events are the same; the target lacks',
    );
  });

  it('refuses a target with events of somebody else, and leaves them alone', async () => {
    await target.append('foreign', 'no-stream', [event('Foreign', {})]);
    await expect(run('--from', 'postgres', '--to', other.url)).rejects.toThrow('At event 1: the target holds another event there');
    expect((await target.readAll(0n, 10)).length).toBe(1);
  });

  it.each([
    [[], 'Say by --from or --to'],
    [['--from', 'postgres', '--to', 'postgres'], 'the same store'],
    [['--to', 'eventstoredb'], 'EVENTSTORE_URL is not set'],
    [['--from', 'postgres'], 'EVENTSTORE_URL is not set'],
    [['--to', 'mysql://x'], '--to must be'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    await expect(run(...args)).rejects.toThrow(sentence);
  });

  it('refuses a source that is no product’s database', async () => {
    const empty = await emptyDatabase();
    await expect(run('--from', empty.url, '--to', 'postgres', '--verify-only')).rejects.toThrow('no table of events of this product');
    await empty.drop();
  });
});
