import { Client } from 'pg';
import { flakyProxy, forgetEvents, freshDatabase, waitUntil, type FlakyProxy, type FreshDatabase } from '@app/testing';
import { follow, someEvent } from '../event-store.contract';
import { StoreUnavailable } from '../event-store.port';
import { PostgresEventStore } from './postgres-event-store';

describe('The event store behind a network that fails', () => {
  let database: FreshDatabase;
  let proxy: FlakyProxy;
  let direct: PostgresEventStore;
  let store: PostgresEventStore;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  beforeEach(async () => {
    await forgetEvents(database);
    proxy = await flakyProxy(database.url);
    direct = new PostgresEventStore({ url: database.url });
    store = new PostgresEventStore({ url: proxy.url, settleWithinMs: 20_000, answerWithinMs: 300, pollMs: 100 });
  });
  afterEach(async () => {
    proxy.mend();
    await store.close();
    await direct.close();
    await proxy.close();
  });

  it('stores once what was committed although the answer was lost', async () => {
    await store.append('s', 'no-stream', [someEvent('A')]);
    proxy.swallowAnswers();
    const event = someEvent('B');
    const appending = store.append('s', 0n, [event]);
    // The server has it, the writer does not know.
    await waitUntil(async () => (await direct.readStream('s')).length === 2);
    proxy.mend();
    expect((await appending).revision).toBe(1n);
    expect((await direct.readStream('s')).map((e) => e.id)).toStrictEqual([expect.any(String), event.id]);
  });

  it('does not take another writer for itself when it settles a lost answer', async () => {
    await store.append('s', 'no-stream', [someEvent('A')]);
    proxy.cut();
    const appending = store.append('s', 0n, [someEvent('Mine')]);
    await direct.append('s', 0n, [someEvent('Theirs')]);
    proxy.mend();
    await expect(appending).rejects.toMatchObject({ name: 'ConcurrencyConflict', actual: 1n });
    expect((await direct.readStream('s')).map((e) => e.type)).toStrictEqual(['A', 'Theirs']);
  });

  it('follows on after an outage, and after a silence of half-open connections', async () => {
    const stop = new AbortController();
    const { seen, done } = follow(store.subscribe(0n, stop.signal));
    await direct.append('s', 'any', [someEvent('A')]);
    await waitUntil(() => seen.length === 1);
    proxy.cut();
    await direct.append('s', 'any', [someEvent('B')]);
    proxy.mend();
    await waitUntil(() => seen.length === 2);
    proxy.swallowAnswers();
    await direct.append('s', 'any', [someEvent('C')]);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    proxy.mend();
    await waitUntil(() => seen.length === 3);
    expect(seen.map((e) => e.type)).toStrictEqual(['A', 'B', 'C']);
    stop.abort();
    await done;
  });

  it('says StoreUnavailable in bounded time while nobody answers, and appends again when somebody does', async () => {
    const hasty = new PostgresEventStore({ url: proxy.url, settleWithinMs: 100, answerWithinMs: 100 });
    await hasty.append('s', 'any', [someEvent('A')]);
    proxy.cut();
    const refused = await Promise.allSettled(Array.from({ length: 5 }, () => hasty.append('s', 'any', [someEvent('Lost')])));
    expect(refused.map((r) => r.status === 'rejected' && r.reason instanceof StoreUnavailable)).toStrictEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    proxy.mend();
    await waitUntil(() =>
      hasty.append('s', 'any', [someEvent('B')]).then(
        () => true,
        () => false,
      ),
    );
    expect((await direct.readStream('s')).map((e) => e.type)).toStrictEqual(['A', 'B']);
    await hasty.close();
  });

  it('does not wait for a writer whose process has died with its transaction open', async () => {
    const dead = new Client({ connectionString: database.url });
    dead.on('error', () => undefined);
    await dead.connect();
    const { id, metadata } = someEvent();
    await dead.query('begin');
    await dead.query("select * from append_events('{x}','{-2}','{1}','{1}',$1,'{T}','{1}','{1}',$2)", [[id], [JSON.stringify(metadata)]]);
    const appending = direct.append('s', 'any', [someEvent('A')]);
    await dead.end();
    await appending;
    expect((await direct.readAll(0n, 9)).map((e) => e.type)).toStrictEqual(['A']);
  });
});
