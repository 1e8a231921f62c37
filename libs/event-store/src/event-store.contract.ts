import { randomUUID } from 'node:crypto';
import {
  ConcurrencyConflict,
  type AllFilter,
  type EventBatch,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
} from './event-store.port';
import type { CommandId, Instant, LocalDate, PersonId, UnitId } from '@app/kernel';

export const someEvent = (type = 'Noted', data: unknown = { text: '大泽山镇' }, id: string = randomUUID()): EventToAppend => ({
  id,
  type,
  version: 1,
  data,
  metadata: {
    recordedAt: '2020-07-06T01:30:00.000Z' as Instant,
    businessDate: '2020-07-06' as LocalDate,
    actor: 'person-1' as PersonId,
    actingUnit: 'office' as UnitId,
    actingPost: null,
    commandId: 'c-1' as CommandId,
    causationId: null,
  },
});

/** Follows a subscription in the background; `seen` grows while it runs. */
export const follow = (
  subscription: AsyncIterable<EventBatch>,
): Readonly<{ seen: RecordedEvent[]; batches: EventBatch[]; done: Promise<void> }> => {
  const seen: RecordedEvent[] = [];
  const batches: EventBatch[] = [];
  const run = async (): Promise<void> => {
    for await (const batch of subscription) {
      seen.push(...batch.events);
      batches.push(batch);
    }
  };
  return { seen, batches, done: run() };
};

export const soon = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 2_000; i += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come about');
};

const typesOf = (events: readonly Pick<RecordedEvent, 'type'>[]): readonly string[] => events.map((e) => e.type);

export type Capabilities = Readonly<{
  /** An id is known over all streams and at any revision. Without it ids are looked for in the stream, after the expected revision (decision 0015). */
  idsAreGlobal: boolean;
}>;

/** What every adapter of the port must do. `open` gives an empty store. */
export const eventStoreContract = (
  name: string,
  open: () => Promise<EventStore>,
  { idsAreGlobal }: Capabilities = { idsAreGlobal: true },
): void => {
  describe(`The event store (${name})`, () => {
    let store: EventStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    it('tells where many streams stand, and leaves out those that are not there', async () => {
      const [one, two, none] = ['heads-one', 'heads-two', 'heads-none'];
      await store.append(one, 'no-stream', [someEvent(), someEvent()]);
      const last = await store.append(two, 'no-stream', [someEvent()]);
      const after = await store.append(one, 1n, [someEvent()]);
      expect(await store.heads([one, none, two])).toStrictEqual(
        new Map([
          [one, after],
          [two, last],
        ]),
      );
      expect(await store.heads([])).toStrictEqual(new Map());
    });

    it('stores for many streams at once where nothing came since, and says which it left alone', async () => {
      const kept = someEvent('Kept');
      await store.append('quiet-one', 'no-stream', [someEvent(), someEvent()]);
      await store.append('busy', 'no-stream', [someEvent()]);
      const { position: since } = await store.append('quiet-two', 'no-stream', [kept]);
      await store.append('busy', 0n, [someEvent('Later')]);
      const all = [
        { stream: 'quiet-two', events: [someEvent('A', { n: 1, text: '①"\\' }), someEvent('B')] },
        { stream: 'busy', events: [someEvent('C')] },
        { stream: 'not-there', events: [someEvent('D')] },
        { stream: 'quiet-one', events: [someEvent('E')] },
      ];
      expect(await store.appendUnchanged(since, all)).toStrictEqual(new Set(['busy', 'not-there']));
      // The same once more: by now something came to every one of them.
      expect(await store.appendUnchanged(since, all)).toStrictEqual(new Set(['quiet-two', 'busy', 'not-there', 'quiet-one']));
      const { position: _, ...last } = (await store.readStream('quiet-two'))[1] ?? { position: 0n };
      expect(last).toStrictEqual({ ...all[0]?.events[0], stream: 'quiet-two', revision: 1n });
      const told = await store.readAll(since, 9);
      expect(told.map(({ stream, type, revision }) => `${stream} ${type} ${String(revision)}`).sort()).toStrictEqual(
        ['busy Later 1', 'quiet-two A 1', 'quiet-two B 2', 'quiet-one E 2'].sort(),
      );
      expect(new Set(told.map(({ position }) => position)).size).toBe(4);
      expect(await store.appendUnchanged(since, [])).toStrictEqual(new Set());
    });

    it('begins a stream once, and neither where one is nor with events that are stored', async () => {
      const events = [someEvent(), someEvent()];
      expect(await store.begin('begun', events)).toStrictEqual({ revision: 1n, position: (await store.readStream('begun'))[1]?.position });
      expect([await store.begin('begun', events), await store.begin('begun', [someEvent()])]).toStrictEqual([null, null]);
      const raced = await Promise.all([store.begin('raced', [someEvent()]), store.begin('raced', [someEvent()])]);
      expect([raced.filter((one) => one !== null).length, (await store.readStream('raced')).length]).toStrictEqual([1, 1]);
    });

    it('gives back what was appended, in order, with revisions from 0 and growing positions', async () => {
      const events = [someEvent('A', { n: 1, nested: { list: [1.5, null, true, '①℃夼'] } }), someEvent('B')];
      const appended = await store.append('finding-1', 'no-stream', events);
      const read = await store.readStream('finding-1');
      expect(read.map(({ position: _, ...rest }) => rest)).toStrictEqual(
        events.map((e, i) => ({ ...e, stream: 'finding-1', revision: BigInt(i) })),
      );
      expect(appended).toStrictEqual({ revision: 1n, position: read[1]?.position });
      expect((read[0]?.position ?? 0n) > 0n && (read[1]?.position ?? 0n) > (read[0]?.position ?? 0n)).toBe(true);
      expect(await store.head()).toBe(read[1]?.position);
    });

    it('has no events, no head and no stream at first', async () => {
      expect(await store.readStream('finding-1')).toStrictEqual([]);
      expect(await store.readAll(0n, 10)).toStrictEqual([]);
      expect(await store.head()).toBe(0n);
    });

    it.each([
      { expected: 'no-stream' as const, empty: true, filled: false },
      { expected: 'stream-exists' as const, empty: false, filled: true },
      { expected: 'any' as const, empty: true, filled: true },
      { expected: 0n, empty: false, filled: true },
      { expected: 1n, empty: false, filled: false },
    ])('expecting $expected accepts a missing stream: $empty, one at revision 0: $filled', async ({ expected, empty, filled }) => {
      const accepts = async (stream: string): Promise<boolean> =>
        store.append(stream, expected, [someEvent()]).then(
          () => true,
          (error: unknown) => {
            expect(error).toBeInstanceOf(ConcurrencyConflict);
            return false;
          },
        );
      await store.append('filled', 'no-stream', [someEvent()]);
      expect([await accepts('missing'), await accepts('filled')]).toStrictEqual([empty, filled]);
    });

    it('says what the stream really was when it refuses', async () => {
      await store.append('s', 'no-stream', [someEvent(), someEvent()]);
      const refusal = await store.append('s', 0n, [someEvent()]).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ stream: 's', expected: 0n, actual: 1n });
      const missing = await store.append('t', 0n, [someEvent()]).catch((error: unknown) => error);
      expect(missing).toMatchObject({ actual: 'no-stream' });
    });

    it('takes the same events again as a success that stores nothing, whatever is expected then', async () => {
      const events = [someEvent('A'), someEvent('B')];
      const first = await store.append('s', 'no-stream', events);
      await store.append('s', 1n, [someEvent('C')]);
      expect(await store.append('s', 'no-stream', events)).toStrictEqual(first);
      expect(await store.append('s', 'any', events)).toStrictEqual(first);
      expect(typesOf(await store.readStream('s'))).toStrictEqual(['A', 'B', 'C']);
    });

    it('refuses a batch that is stored in part after the revision that it expects', async () => {
      const [known, other] = [someEvent('A'), someEvent('B')];
      await store.append('s', 'no-stream', [known]);
      await expect(store.append('s', 'no-stream', [known, other])).rejects.toBeInstanceOf(ConcurrencyConflict);
      await expect(store.append('s', 'no-stream', [other, known])).rejects.toBeInstanceOf(ConcurrencyConflict);
      expect(typesOf(await store.readAll(0n, 10))).toStrictEqual(['A']);
    });

    it('takes the same events again when others came in between', async () => {
      await store.append('s', 'no-stream', [someEvent('A')]);
      const late = [someEvent('C'), someEvent('D')];
      await store.append('s', 0n, [someEvent('B')]);
      const stored = await store.append('s', 1n, late);
      await store.append('s', 3n, [someEvent('E')]);
      expect(await store.append('s', 0n, late)).toStrictEqual(stored);
      expect(await store.append('s', 'no-stream', late)).toStrictEqual(stored);
      expect(typesOf(await store.readStream('s'))).toStrictEqual(['A', 'B', 'C', 'D', 'E']);
    });

    if (idsAreGlobal) {
      it('refuses a batch that is stored in part wherever, and ids that belong to another stream', async () => {
        const [known, other] = [someEvent('A'), someEvent('B')];
        await store.append('s', 'no-stream', [known]);
        await expect(store.append('s', 0n, [known, other])).rejects.toBeInstanceOf(ConcurrencyConflict);
        await expect(store.append('t', 'any', [known])).rejects.toBeInstanceOf(ConcurrencyConflict);
        expect(typesOf(await store.readAll(0n, 10))).toStrictEqual(['A']);
      });
    }

    it('refuses with RangeError what can never be right', async () => {
      const bad: readonly (() => Promise<unknown>)[] = [
        () => store.append('s', 'any', []),
        () => store.append('', 'any', [someEvent()]),
        () => store.append('s', -1n, [someEvent()]),
        () => store.append('s', 'any', [someEvent('A', 1, 'no-uuid')]),
        () => store.append('s', 'any', [{ ...someEvent(), version: 0 }]),
        () => store.append('s', 'any', [{ ...someEvent(), data: undefined }]),
        () => store.append('s', 'any', [someEvent('A', { text: 'a\0b' })]),
        () => store.append('s', 'any', [someEvent('A', { text: 'half \ud83d' })]),
        () => store.append('s', 'any', [someEvent('A', { n: 1n })]),
        () => store.readAll(0n, 0),
      ];
      for (const act of bad) await expect(Promise.resolve().then(act)).rejects.toBeInstanceOf(RangeError);
      const same = someEvent();
      await expect(store.append('s', 'any', [same, same])).rejects.toBeInstanceOf(RangeError);
      expect(await store.head()).toBe(0n);
    });

    it('keeps text that only looks like an escape', async () => {
      const data = { path: 'C:\\u0000', quote: '"\\"', emoji: '😀' };
      await store.append('s', 'any', [someEvent('A', data)]);
      expect((await store.readStream('s'))[0]?.data).toStrictEqual(data);
    });

    it('gives exactly one of the writers that expect the same revision', async () => {
      await store.append('s', 'no-stream', [someEvent()]);
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => store.append('s', 0n, [someEvent()])));
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
      expect(await store.readStream('s')).toHaveLength(2);
    });

    it('does not let a refused append spoil those beside it', async () => {
      await store.append('taken', 'no-stream', [someEvent()]);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) => store.append(i % 3 === 0 ? 'taken' : `s-${i}`, 'no-stream', [someEvent()])),
      );
      expect(outcomes.map((o) => o.status)).toStrictEqual(Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 'rejected' : 'fulfilled')));
      expect(await store.readAll(0n, 100)).toHaveLength(21);
    });

    it('reads a stream from a revision and over all streams after a position, in pages', async () => {
      for (const type of ['A', 'B', 'C', 'D']) await store.append(type < 'C' ? 's' : 't', 'any', [someEvent(type)]);
      expect(typesOf(await store.readStream('s', 1n))).toStrictEqual(['B']);
      expect(typesOf(await store.readStream('s', 0n, 1))).toStrictEqual(['A']);
      expect(await store.readStream('s', 5n)).toStrictEqual([]);
      const page = await store.readAll(0n, 3);
      expect(typesOf(page)).toStrictEqual(['A', 'B', 'C']);
      expect(typesOf(await store.readAll(page[2]?.position ?? 0n, 3))).toStrictEqual(['D']);
    });

    it('filters by the beginning of the stream and by type', async () => {
      await store.append('finding-1', 'any', [someEvent('A'), someEvent('B')]);
      await store.append('list-1', 'any', [someEvent('A'), someEvent('C')]);
      await store.append('find_ng-2', 'any', [someEvent('D')]);
      expect(typesOf(await store.readAll(0n, 9, { streamPrefixes: ['finding-', 'x-'] }))).toStrictEqual(['A', 'B']);
      expect(typesOf(await store.readAll(0n, 9, { streamPrefixes: ['find_'] }))).toStrictEqual(['D']);
      expect(typesOf(await store.readAll(0n, 9, { eventTypes: ['A', 'C'] }))).toStrictEqual(['A', 'A', 'C']);
      expect(typesOf(await store.readAll(0n, 9, { eventTypes: ['A'], streamPrefixes: ['list-'] }))).toStrictEqual(['A']);
      expect(await store.readAll(0n, 9, { eventTypes: [] })).toStrictEqual([]);
      expect(await store.readAll(0n, 9, { streamPrefixes: [] })).toStrictEqual([]);
    });

    it('takes the beginnings of streams and the types that it filters by literally', async () => {
      for (const stream of ['a.b-1', 'axb-2', '(c)|$-3', '^d', '市-5'])
        await store.append(stream, 'any', [someEvent('X.Y'), someEvent('XaY')]);
      const streamsOf = async (filter: AllFilter): Promise<readonly string[]> =>
        (await store.readAll(0n, 99, filter)).map((e) => `${e.stream} ${e.type}`);
      expect(await streamsOf({ streamPrefixes: ['a.b'], eventTypes: ['X.Y'] })).toStrictEqual(['a.b-1 X.Y']);
      expect(await streamsOf({ streamPrefixes: ['(c)|$', '^', '市'], eventTypes: ['XaY'] })).toStrictEqual([
        '(c)|$-3 XaY',
        '^d XaY',
        '市-5 XaY',
      ]);
      expect(await streamsOf({ eventTypes: ['X.Y', 'X'] })).toHaveLength(5);
    });

    it('fills a page although most of what lies between is filtered out', async () => {
      for (let i = 0; i < 30; i += 1) await store.append(i % 10 === 0 ? 'list-1' : 'list-2', 'any', [someEvent('A'), someEvent('B')]);
      const filter = { streamPrefixes: ['list-'], eventTypes: ['B'] };
      const first = await store.readAll(0n, 7, filter);
      expect(first).toHaveLength(7);
      expect(await store.readAll(first.at(-1)?.position ?? 0n, 99, filter)).toHaveLength(23);
      expect(await store.readAll(0n, 2, { streamPrefixes: ['list-1'], eventTypes: ['B'] })).toHaveLength(2);
    });

    it('follows: history first, then what comes, and ends when told to', async () => {
      await store.append('s', 'any', [someEvent('A'), someEvent('B'), someEvent('C')]);
      const stop = new AbortController();
      const { seen, batches, done } = follow(store.subscribe(0n, stop.signal, undefined, 2));
      await soon(() => batches.some((b) => b.live));
      await store.append('t', 'any', [someEvent('D')]);
      await soon(() => seen.length === 4);
      expect(typesOf(seen)).toStrictEqual(['A', 'B', 'C', 'D']);
      expect(batches.at(-1)).toMatchObject({ live: true, position: await store.head() });
      expect(batches[0]).toMatchObject({ live: false, position: seen[1]?.position });
      stop.abort();
      await done;
    });

    it('says that it is live even when there is nothing to tell', async () => {
      const stop = new AbortController();
      const { batches, done } = follow(store.subscribe(0n, stop.signal));
      await soon(() => batches.length > 0);
      expect(batches).toStrictEqual([{ events: [], position: 0n, live: true }]);
      stop.abort();
      await done;
    });

    it('carries the position forward past events that a filter does not want', async () => {
      await store.append('s', 'any', [someEvent('A'), someEvent('B')]);
      const stop = new AbortController();
      const { seen, batches, done } = follow(store.subscribe(0n, stop.signal, { eventTypes: ['A'] }));
      await soon(() => batches.length > 0);
      const { position } = await store.append('s', 'any', [someEvent('B')]);
      await soon(() => batches.at(-1)?.position === position);
      expect(typesOf(seen)).toStrictEqual(['A']);
      stop.abort();
      await done;
    });

    it('reads nothing more while the subscriber works, and ends when the store is closed', async () => {
      await store.append('s', 'any', [someEvent('A'), someEvent('B')]);
      const subscription = store.subscribe(0n, new AbortController().signal, undefined, 1)[Symbol.asyncIterator]();
      const first = await subscription.next();
      expect(typesOf(first.done === true ? [] : first.value.events)).toStrictEqual(['A']);
      await store.close();
      expect((await subscription.next()).done).toBe(true);
    });
  });
};
