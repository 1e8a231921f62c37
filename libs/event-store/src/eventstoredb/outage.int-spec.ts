import { faultyProxy, NO_FAULTS, startDouble, type FaultyProxy, type Faults, type RunningDouble } from '@app/eventstore-double';
import { freshDatabase, waitUntil } from '@app/testing';
import { follow, someEvent } from '../event-store.contract';
import { StoreUnavailable } from '../event-store.port';
import { EventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb-event-store';
import type { StoreAlarm } from './supervisor';

const types = (events: readonly Readonly<{ type: string }>[]): readonly string[] => events.map((e) => e.type);

describe('The event store on EventStoreDB behind a network that fails', () => {
  let double: RunningDouble;
  let proxy: FaultyProxy;
  let direct: EventStoreDbEventStore;
  let store: EventStoreDbEventStore;
  let faults: { -readonly [K in keyof Faults]: Faults[K] };
  const alarms: StoreAlarm['kind'][] = [];
  const opened: EventStoreDbEventStore[] = [];
  const open = (port: number, options: Partial<EventStoreDbOptions> = {}): EventStoreDbEventStore => {
    const made = new EventStoreDbEventStore({
      connectionString: `esdb://127.0.0.1:${port}?tls=false`,
      settleWithinMs: 20_000,
      answerWithinMs: 300,
      heartbeatMs: 100,
      onAlarm: ({ kind }) => alarms.push(kind),
      ...options,
    });
    opened.push(made);
    return made;
  };

  beforeEach(async () => {
    alarms.length = 0;
    faults = { ...NO_FAULTS };
    double = await startDouble({
      faults: {
        beforeWrite: (stream) => faults.beforeWrite(stream),
        afterCommit: (stream) => faults.afterCommit(stream),
        beforeRead: (what) => faults.beforeRead(what),
        beforeMessage: (sent) => faults.beforeMessage(sent),
      },
    });
    proxy = await faultyProxy(double.port);
    direct = open(double.port, { answerWithinMs: 10_000 });
    store = open(proxy.port);
  });
  afterEach(async () => {
    proxy.mend();
    await Promise.all(opened.splice(0).map((each) => each.close()));
    await proxy.close();
    await double.close();
  });

  it('stores once what was committed although the answer was lost', async () => {
    const [first, event, other] = [someEvent('A'), someEvent('B'), someEvent('C')];
    await store.append('s', 'no-stream', [first]);
    proxy.stall('answers');
    const appending = [store.append('s', 0n, [event]), store.append('t', 'any', [other])];
    // The server has them, the writer does not know.
    await waitUntil(async () => (await direct.readAll(0n, 9)).length === 3);
    proxy.mend();
    expect((await Promise.all(appending)).map(({ revision }) => revision)).toStrictEqual([1n, 0n]);
    expect((await direct.readAll(0n, 9)).map((e) => e.id).toSorted()).toStrictEqual([first.id, event.id, other.id].toSorted());
  });

  it.each(['drop', 'stall'] as const)('stores once what was committed before the server did this to the connection: %s', async (fault) => {
    await store.append('s', 'no-stream', [someEvent('A')]);
    let often = 3;
    faults.afterCommit = () => (often-- > 0 ? fault : 'go');
    const appended = await Promise.all([
      store.append('s', 0n, [someEvent('B'), someEvent('C')]),
      store.append('t', 'any', [someEvent('D')]),
      store.append('u', 'no-stream', [someEvent('E')]),
      store.append('s', 'stream-exists', [someEvent('F')]).catch((error: unknown) => error),
    ]);
    expect(appended.slice(1, 3)).toStrictEqual([
      { revision: 0n, position: (await direct.readStream('t'))[0]?.position },
      { revision: 0n, position: (await direct.readStream('u'))[0]?.position },
    ]);
    expect(types(await direct.readAll(0n, 99)).toSorted()).toStrictEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  });

  it('does not take another writer for itself when it settles a lost answer', async () => {
    await store.append('s', 'no-stream', [someEvent('A')]);
    proxy.cut();
    proxy.refuse();
    const appending = store.append('s', 0n, [someEvent('Mine')]);
    await direct.append('s', 0n, [someEvent('Theirs')]);
    proxy.mend();
    await expect(appending).rejects.toMatchObject({ name: 'ConcurrencyConflict', actual: 1n });
    expect(types(await direct.readStream('s'))).toStrictEqual(['A', 'Theirs']);
  });

  it('settles many appends at once whose connection is cut again and again', async () => {
    let commits = 0;
    faults.afterCommit = () => ((commits += 1) % 13 === 0 ? 'drop' : 'go');
    const appended = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        store.append(`s-${i % 20}`, i < 20 ? 'no-stream' : 'any', [someEvent(`T${i}`)]).catch(() => null),
      ),
    );
    const kept = await direct.readAll(0n, 1_000);
    expect(new Set(types(kept)).size).toBe(kept.length);
    const told = appended.flatMap((one, i) => (one === null ? [] : [`T${i}`]));
    expect(told.filter((type) => !types(kept).includes(type))).toStrictEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(40);
  });

  it('follows on after an outage, and after a silence of half-open connections', async () => {
    const stop = new AbortController();
    const { seen, done } = follow(store.subscribe(0n, stop.signal));
    await direct.append('s', 'any', [someEvent('A')]);
    await waitUntil(() => seen.length === 1);
    proxy.cut();
    proxy.refuse();
    await direct.append('s', 'any', [someEvent('B')]);
    await waitUntil(() => alarms.includes('disconnected'));
    proxy.mend();
    await waitUntil(() => seen.length === 2);
    proxy.stall();
    await direct.append('s', 'any', [someEvent('C')]);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    proxy.mend();
    await waitUntil(() => seen.length === 3);
    expect(types(seen)).toStrictEqual(['A', 'B', 'C']);
    await waitUntil(() => alarms.at(-1) === 'recovered');
    stop.abort();
    await done;
  });

  it('leaves a half-open connection that never closes, while the way for new ones is open', async () => {
    const { seen } = follow(store.subscribe(0n, new AbortController().signal));
    await store.append('s', 'any', [someEvent('A')]);
    await waitUntil(() => seen.length === 1);
    // As when the state of a firewall is lost: what is open goes nowhere, what is new works.
    const held = [...Array(3).keys()].map((i) => someEvent(`B${i}`));
    let stalled = 0;
    faults.afterCommit = () => (stalled++ === 0 ? 'stall' : 'go');
    let messages = 0;
    faults.beforeMessage = () => (messages++ === 0 ? 'stall' : 'go');
    for (const event of held) await store.append('s', 'any', [event]);
    await waitUntil(() => seen.length === 4);
    expect(types(seen)).toStrictEqual(['A', 'B0', 'B1', 'B2']);
  });

  it('follows on when the subscription is silent although the log grows', async () => {
    const { seen } = follow(store.subscribe(0n, new AbortController().signal));
    await store.append('s', 'any', [someEvent('A')]);
    await waitUntil(() => seen.length === 1);
    let subscriptions = 0;
    faults.beforeRead = (what) => {
      if (what !== 'subscription') return 'go';
      subscriptions += 1;
      return subscriptions <= 2 ? 'stall' : 'go';
    };
    double.cut();
    await direct.append('s', 'any', [someEvent('B')]);
    await waitUntil(() => seen.length === 2);
    expect(subscriptions).toBeGreaterThanOrEqual(3);
  });

  it('tears no event when connections break in the middle of a message', async () => {
    const { seen } = follow(store.subscribe(0n, new AbortController().signal));
    await store.append('s', 'any', [someEvent('T0')]);
    await waitUntil(() => seen.length === 1);
    for (let i = 1; i <= 12; i += 1) {
      proxy.cutAfter(40 + i * 37, i % 2 === 0 ? 'answers' : 'requests');
      await store.append('s', 'any', [someEvent(`T${i}`, { text: '大'.repeat(200) })]);
    }
    await waitUntil(() => seen.length === 13);
    expect(types(seen)).toStrictEqual(Array.from({ length: 13 }, (_, i) => `T${i}`));
  });

  it('says StoreUnavailable in bounded time while nobody answers, and appends again when somebody does', async () => {
    const hasty = open(proxy.port, { settleWithinMs: 100, answerWithinMs: 100 });
    await hasty.append('s', 'any', [someEvent('A')]);
    proxy.cut();
    proxy.refuse();
    const refused = await Promise.allSettled(Array.from({ length: 5 }, () => hasty.append('s', 'any', [someEvent('Lost')])));
    expect(refused.map((r) => r.status === 'rejected' && r.reason instanceof StoreUnavailable)).toStrictEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    await expect(hasty.readStream('s')).rejects.toBeInstanceOf(StoreUnavailable);
    proxy.mend();
    await waitUntil(() =>
      hasty.append('s', 'any', [someEvent('B')]).then(
        () => true,
        () => false,
      ),
    );
    expect(types(await direct.readStream('s'))).toStrictEqual(['A', 'B']);
  });

  it('asks the leader when it is told that it speaks to a follower', async () => {
    let often = 2;
    faults.beforeWrite = () => (often-- > 0 ? 'not-leader' : 'go');
    await store.append('s', 'no-stream', [someEvent('A')]);
    const { seen } = follow(store.subscribe(0n, new AbortController().signal));
    let reads = 4;
    faults.beforeRead = () => (reads-- > 0 ? 'not-leader' : 'go');
    await waitUntil(() => seen.length === 1);
    expect(types(seen)).toStrictEqual(['A']);
  });

  it('waits for a server that refuses for a while', async () => {
    let often = 3;
    faults.beforeWrite = () => (often-- > 0 ? 'unavailable' : 'go');
    expect((await store.append('s', 'no-stream', [someEvent('A')])).revision).toBe(0n);
    expect(types(await direct.readStream('s'))).toStrictEqual(['A']);
  });

  it('holds one subscription for all who follow, and reads nothing for those who work', async () => {
    for (let i = 0; i < 30; i += 1) await store.append('s', 'any', [someEvent(`T${i}`)]);
    let subscriptions = 0;
    let pages = 0;
    faults.beforeRead = (what) => {
      if (what === 'subscription') subscriptions += 1;
      if (what === 'all') pages += 1;
      return 'go';
    };
    const many = open(double.port, { heartbeatMs: 60_000, pageSize: 10 });
    const followers = Array.from({ length: 12 }, () => follow(many.subscribe(0n, new AbortController().signal, undefined, 4)));
    const slow = many.subscribe(0n, new AbortController().signal, undefined, 4)[Symbol.asyncIterator]();
    await slow.next();
    await waitUntil(() => followers.every(({ seen }) => seen.length === 30));
    await store.append('s', 'any', [someEvent('T30')]);
    await waitUntil(() => followers.every(({ seen }) => seen.length === 31));
    expect(subscriptions).toBe(1);
    // The end of the log once, and each page once: not thirteen times.
    expect(pages).toBeLessThanOrEqual(6);
  });

  it('leaves no connection when it is closed, whatever was under way', async () => {
    const { done } = follow(store.subscribe(0n, new AbortController().signal));
    await store.append('s', 'any', [someEvent('A')]);
    faults.afterCommit = () => 'stall';
    faults.beforeRead = () => 'stall';
    const under = [store.append('s', 'any', [someEvent('B')]), store.readStream('s'), store.head()];
    const ended = Promise.allSettled(under);
    await store.close();
    await done;
    expect((await ended).map(({ status }) => status)).toStrictEqual(['rejected', 'rejected', 'rejected']);
    await waitUntil(() => proxy.connections() === 0);
  });

  it('looks for the leader of a cluster by what a node says, and again after it is gone', async () => {
    const cluster = open(double.port, { connectionString: `esdb+discover://127.0.0.1:${double.port}?tls=false` });
    const { seen } = follow(cluster.subscribe(0n, new AbortController().signal));
    await cluster.append('s', 'any', [someEvent('A')]);
    await waitUntil(() => seen.length === 1);
    double.cut();
    await cluster.append('s', 'any', [someEvent('B')]);
    await waitUntil(() => seen.length === 2);
    expect(types(seen)).toStrictEqual(['A', 'B']);
  });

  it('waits for no cluster that is not there', async () => {
    const nowhere = open(1, {
      connectionString: 'esdb+discover://127.0.0.1:1?tls=false&maxDiscoverAttempts=5',
      settleWithinMs: 50,
      answerWithinMs: 50,
    });
    const { done } = follow(nowhere.subscribe(0n, new AbortController().signal));
    await expect(nowhere.append('s', 'any', [someEvent('A')])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(nowhere.readAll(0n, 1)).rejects.toBeInstanceOf(StoreUnavailable);
    await waitUntil(() => alarms.includes('disconnected'));
    await nowhere.close();
    await done;
  });

  it('follows on through a restart of the server', async () => {
    const database = await freshDatabase();
    const first = await startDouble({ databaseUrl: database.url });
    const followed = open(first.port);
    const { seen } = follow(followed.subscribe(0n, new AbortController().signal));
    for (let i = 0; i < 3; i += 1) await followed.append('s', 'any', [someEvent(`T${i}`)]);
    await waitUntil(() => seen.length === 3);
    await first.close();
    const appending = followed.append('s', 2n, [someEvent('T3')]);
    const second = await startDouble({ databaseUrl: database.url, port: first.port });
    expect((await appending).revision).toBe(3n);
    await waitUntil(() => seen.length === 4);
    expect(types(seen)).toStrictEqual(['T0', 'T1', 'T2', 'T3']);
    await followed.close();
    await second.close();
    await database.drop();
  });
});
