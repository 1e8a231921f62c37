import { eventStoreContract, follow, someEvent, soon } from '../event-store.contract';
import { ConcurrencyConflict, StoreUnavailable, type EventBatch } from '../event-store.port';
import { GatewayEventStore, type GatewayStoreOptions } from './eventstoredb-event-store';
import { FakeGateway } from './fake-gateway.contract';
import { GatewayError } from './gateway';
import type { StoreAlarm } from './supervisor';

eventStoreContract('over a gateway', async () => new GatewayEventStore(new FakeGateway()), { idsAreGlobal: false });

const lost = (): Promise<never> => Promise.reject(new GatewayError('unavailable', 'cut off'));
const never = (): Promise<never> => new Promise(() => undefined);
const types = (events: readonly Readonly<{ type: string }>[]): readonly string[] => events.map((e) => e.type);

describe('The event store over a gateway', () => {
  let gateway: FakeGateway;
  let store: GatewayEventStore;
  const opened: GatewayEventStore[] = [];
  const open = (options: GatewayStoreOptions = {}): GatewayEventStore => {
    const made = new GatewayEventStore(gateway, { settleWithinMs: 2_000, answerWithinMs: 1_000, heartbeatMs: 10, ...options });
    opened.push(made);
    return made;
  };
  beforeEach(() => {
    gateway = new FakeGateway();
    store = open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
  });

  describe('when the outcome of an append is unknown', () => {
    it.each(['no-stream', 'any', 0n, 'stream-exists'] as const)(
      'stores it once although its answer was lost, expecting %s',
      async (expected) => {
        if (expected !== 'no-stream') await store.append('s', 'no-stream', [someEvent('A')]);
        const before = gateway.log.length;
        const first = open();
        gateway.afterAppend = (attempt) => (attempt === before + 1 ? lost() : Promise.resolve());
        const appended = await first.append('s', expected, [someEvent('B'), someEvent('C')]);
        expect(types(gateway.log).slice(before)).toStrictEqual(['B', 'C']);
        expect(appended).toStrictEqual({ revision: BigInt(before + 1), position: gateway.log.at(-1)?.position });
      },
    );

    it.each(['no-stream', 'any', 0n, 'stream-exists'] as const)(
      'sends it again when it had not arrived, expecting %s',
      async (expected) => {
        if (expected !== 'no-stream') await store.append('s', 'no-stream', [someEvent('A')]);
        const before = gateway.log.length;
        gateway.beforeAppend = (attempt) => (attempt <= before + 3 ? lost() : Promise.resolve());
        await store.append('s', expected, [someEvent('B')]);
        expect(types(gateway.log).slice(before)).toStrictEqual(['B']);
      },
    );

    it('finds what was stored for any beyond what the server remembers by id', async () => {
      gateway.window = 0;
      gateway.afterAppend = (attempt) => (attempt === 1 ? lost() : Promise.resolve());
      await store.append('s', 'any', [someEvent('A')]);
      expect(types(gateway.log)).toStrictEqual(['A']);
    });

    it('does not take another writer for itself', async () => {
      await store.append('s', 'no-stream', [someEvent('A')]);
      gateway.beforeAppend = async (attempt) => {
        if (attempt !== 2) return;
        await open().append('s', 0n, [someEvent('Theirs')]);
        await lost();
      };
      await expect(store.append('s', 0n, [someEvent('Mine')])).rejects.toMatchObject({ name: 'ConcurrencyConflict', actual: 1n });
      expect(types(gateway.log)).toStrictEqual(['A', 'Theirs']);
    });

    it('reads on behind another writer for any', async () => {
      gateway.window = 0;
      await store.append('s', 'no-stream', [someEvent('A')]);
      gateway.beforeAppend = async (attempt) => {
        if (attempt === 2) await lost();
        if (attempt === 3) await open().append('s', 'any', [someEvent('Theirs')]);
      };
      await store.append('s', 'any', [someEvent('Mine')]);
      expect(types(gateway.log)).toStrictEqual(['A', 'Theirs', 'Mine']);
    });

    it('finds its own events behind those of another writer', async () => {
      await store.append('s', 'no-stream', [someEvent('A')]);
      gateway.afterAppend = async (attempt) => {
        if (attempt !== 2) return;
        await open().append('s', 1n, [someEvent('Theirs')]);
        await lost();
      };
      expect((await store.append('s', 0n, [someEvent('Mine')])).revision).toBe(1n);
      expect(types(gateway.log)).toStrictEqual(['A', 'Mine', 'Theirs']);
    });

    it('says StoreUnavailable in bounded time, also when nothing is answered at all', async () => {
      const hasty = open({ settleWithinMs: 60, answerWithinMs: 30 });
      gateway.beforeAppend = never;
      await expect(hasty.append('s', 'any', [someEvent()])).rejects.toBeInstanceOf(StoreUnavailable);
      expect(gateway.resets).toBeGreaterThan(0);
      gateway.beforeAppend = lost;
      await expect(hasty.append('s', 'no-stream', [someEvent()])).rejects.toBeInstanceOf(StoreUnavailable);
    });
  });

  it('reads the position of a repeated append when the server does not say it', async () => {
    const events = [someEvent('A'), someEvent('B')];
    const first = await store.append('s', 'no-stream', events);
    gateway.saysPosition = false;
    expect(await store.append('s', 'no-stream', events)).toStrictEqual(first);
  });

  it.each([
    ['denied', StoreUnavailable],
    ['too-large', RangeError],
    ['deleted', RangeError],
    ['refused', RangeError],
  ] as const)('says at once what an append that was %s means', async (kind, meaning) => {
    gateway.beforeAppend = (attempt) => Promise.reject(new GatewayError(attempt === 1 ? kind : 'unavailable', 'no'));
    await expect(store.append('s', 'any', [someEvent()])).rejects.toBeInstanceOf(meaning);
  });

  it('takes no more appends than may wait', async () => {
    const narrow = open({ maxWaiting: 1 });
    gateway.beforeAppend = never;
    const waiting = narrow.append('s', 'any', [someEvent()]);
    await expect(narrow.append('s', 'any', [someEvent()])).rejects.toBeInstanceOf(StoreUnavailable);
    await narrow.close();
    await expect(waiting).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('keeps names with $ for the server', async () => {
    await expect(store.append('$s', 'any', [someEvent()])).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('s', 'any', [someEvent('$T')])).rejects.toBeInstanceOf(RangeError);
    expect(await store.readStream('$all')).toStrictEqual([]);
  });

  it('refuses everything once it is closed', async () => {
    await store.close();
    const acts = [
      () => store.append('s', 'any', [someEvent()]),
      () => store.readStream('s'),
      () => store.readAll(0n, 1),
      () => store.head(),
    ];
    for (const act of acts) await expect(act()).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await store.subscribe(0n, new AbortController().signal)[Symbol.asyncIterator]().next()).done).toBe(true);
  });

  describe('when many follow', () => {
    const append = async (count: number, from = 0): Promise<void> => {
      for (let i = from; i < from + count; i += 1) await store.append(`s-${i % 3}`, 'any', [someEvent(`T${i}`)]);
    };

    it('reads the log once for all of them and holds one subscription', async () => {
      await append(40);
      const catching = open({ pageSize: 10 });
      const stop = new AbortController();
      const followers = Array.from({ length: 20 }, (_, i) =>
        follow(catching.subscribe(0n, stop.signal, i % 2 === 0 ? undefined : { eventTypes: ['T39', 'T44'] }, 7)),
      );
      await soon(() => followers.every(({ batches }) => batches.at(-1)?.live === true));
      const reads = gateway.reads;
      await append(5, 40);
      await soon(() => followers.every(({ seen }) => seen.at(-1)?.type === 'T44'));
      expect(gateway.subscriptions).toBe(1);
      expect(followers.map(({ seen }) => seen.length)).toStrictEqual(followers.map((_, i) => (i % 2 === 0 ? 45 : 2)));
      // Four full pages, and looks for the end by the heartbeat alone.
      expect(reads).toBeGreaterThanOrEqual(4);
      stop.abort();
      await Promise.all(followers.map(({ done }) => done));
    });

    it('reads again for a follower that was too slow for what is kept in memory', async () => {
      const small = open({ tailEvents: 4, pageSize: 5 });
      const stop = new AbortController();
      const slow = small.subscribe(0n, stop.signal, undefined, 3)[Symbol.asyncIterator]();
      const quick = follow(small.subscribe(0n, stop.signal));
      const batches: EventBatch[] = [];
      batches.push((await slow.next()).value as EventBatch);
      await append(60);
      await soon(() => quick.seen.length === 60);
      while (batches.flatMap((b) => b.events).length < 60) batches.push((await slow.next()).value as EventBatch);
      expect(types(batches.flatMap((b) => b.events))).toStrictEqual(Array.from({ length: 60 }, (_, i) => `T${i}`));
      expect(batches.every(({ events }) => events.length <= 3)).toBe(true);
      stop.abort();
    });

    it('reads nothing for a follower that works on what it has', async () => {
      await append(30);
      const quiet = open({ pageSize: 5, heartbeatMs: 60_000 });
      const slow = quiet.subscribe(0n, new AbortController().signal, undefined, 5)[Symbol.asyncIterator]();
      await slow.next();
      const reads = gateway.reads;
      await soon(() => gateway.subscriptions === 1);
      expect(gateway.reads).toBe(reads);
    });
  });

  describe('when the subscription breaks', () => {
    const alarms: StoreAlarm['kind'][] = [];
    const watched = (options: GatewayStoreOptions = {}): GatewayEventStore => {
      alarms.length = 0;
      return open({ onAlarm: ({ kind }) => alarms.push(kind), ...options });
    };
    const following = async (followed: GatewayEventStore): Promise<ReturnType<typeof follow>> => {
      const follower = follow(followed.subscribe(0n, new AbortController().signal));
      await soon(() => follower.batches.length > 0 && gateway.subscriptions > 0);
      return follower;
    };

    it('goes on where it was, neither skipping nor doubling', async () => {
      const { seen } = await following(watched());
      gateway.repeatsOnSubscribing = true;
      let breaks = 0;
      gateway.beforeMessage = (position) => {
        if (position % 300n !== 0n || breaks >= 4) return Promise.resolve();
        breaks += 1;
        return lost();
      };
      for (let i = 0; i < 12; i += 1) await store.append('s', 'any', [someEvent(`T${i}`)]);
      await soon(() => seen.length === 12);
      expect(types(seen)).toStrictEqual(Array.from({ length: 12 }, (_, i) => `T${i}`));
      expect(gateway.subscriptions).toBe(5);
      await soon(() => alarms.at(-1) === 'recovered');
      expect(alarms[0]).toBe('disconnected');
    });

    it('begins again when nothing comes although the log grows', async () => {
      const { seen } = await following(watched());
      gateway.beforeMessage = never;
      await store.append('s', 'any', [someEvent('A')]);
      await soon(() => gateway.subscriptions > 1);
      gateway.beforeMessage = () => Promise.resolve();
      await soon(() => seen.length === 1);
      expect(alarms).toContain('disconnected');
    });

    it('begins again when the server does not answer any more', async () => {
      const { seen } = await following(watched({ answerWithinMs: 20 }));
      gateway.beforeRead = never;
      await soon(() => alarms.includes('disconnected'));
      gateway.beforeRead = () => Promise.resolve();
      await store.append('s', 'any', [someEvent('A')]);
      await soon(() => seen.length === 1);
      await soon(() => alarms.at(-1) === 'recovered');
      expect(gateway.resets).toBeGreaterThan(0);
    });

    it('says when it lags, and when it has caught up', async () => {
      const { seen } = await following(watched({ lagAfterMs: 30, heartbeatMs: 40 }));
      gateway.beforeMessage = () => new Promise((resolve) => setTimeout(resolve, 8));
      await Promise.all(Array.from({ length: 40 }, (_, i) => store.append(`s-${i}`, 'any', [someEvent()])));
      await soon(() => seen.length === 40);
      await soon(() => alarms.at(-1) === 'recovered');
      expect(alarms).toStrictEqual(['lagging', 'recovered']);
      expect(gateway.subscriptions).toBe(1);
    });
  });

  it('seeks itself what a server seeks for too long without a word', async () => {
    for (let i = 0; i < 25; i += 1) await store.append('s', 'any', [someEvent(i % 8 === 0 ? 'Rare' : 'Common')]);
    const impatient = open({ answerWithinMs: 30, pageSize: 4 });
    gateway.beforeRead = (filter) => (filter === undefined ? Promise.resolve() : never());
    expect(await impatient.readAll(0n, 3, { eventTypes: ['Rare'] })).toHaveLength(3);
    expect(await impatient.readAll(0n, 9, { eventTypes: ['Rare'] })).toHaveLength(4);
    expect(await impatient.readAll(900n, 9, { eventTypes: ['Rare'], streamPrefixes: ['t'] })).toStrictEqual([]);
  });

  it('finds the end of the log without looking behind what it knows', async () => {
    const { position } = await store.append('s', 'any', [someEvent('A')]);
    const { batches } = follow(store.subscribe(0n, new AbortController().signal));
    await soon(() => batches.at(-1)?.live === true);
    expect(await store.head()).toBe(position);
    const later = await store.append('s', 'any', [someEvent('B')]);
    expect(await store.head()).toBe(later.position);
  });

  it('refuses another writer with what the stream really was', async () => {
    await store.append('s', 'no-stream', [someEvent(), someEvent()]);
    await expect(store.append('s', 0n, [someEvent()])).rejects.toStrictEqual(new ConcurrencyConflict('s', 0n, 1n));
  });
});
