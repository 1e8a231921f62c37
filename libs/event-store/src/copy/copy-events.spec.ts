import { randomUUID } from 'node:crypto';
import { seededRandom } from '@app/kernel';
import { someEvent } from '../event-store.contract';
import { StoreUnavailable, type EventStore, type RecordedEvent } from '../event-store.port';
import { InMemoryEventStore } from '../in-memory-event-store';
import { canonicalEvent } from './canonical-event';
import { copyEvents, type CopyOptions, type CopyProgress } from './copy-events';
import { CopyRefused } from './copy-refused';
import { runsOf, sinkInto, type CopySink } from './copy-sink';

const never = new AbortController().signal;

/** Appends of one to three events over some streams, the same for the same seed. */
const fill = async (store: EventStore, appends: number, seed = 7): Promise<void> => {
  const { below } = seededRandom(seed);
  for (let n = 0; n < appends; n += 1) {
    const events = Array.from({ length: 1 + below(3) }, (_, i) =>
      someEvent(`T${String(below(4))}`, { n, i, text: '①℃夼', b: [1.5, null, { z: true, a: -0 }] }, randomUUID()),
    );
    await store.append(`finding-${String(below(9))}`, 'any', events);
  }
};
const all = async (store: EventStore): Promise<readonly Omit<RecordedEvent, 'position'>[]> =>
  (await store.readAll(0n, 10_000)).map(({ position: _, ...rest }) => rest);

const copy = (source: EventStore, target: EventStore, more: Partial<CopyOptions> = {}) =>
  copyEvents({ source, target, sink: sinkInto(target), signal: never, patienceMs: 200, settleWithinMs: 300, ...more });

/** Fails before the append whose turn it is, counted over all of them; the events of others are stored. */
const failingAt = (target: EventStore, turn: number, error: Error): CopySink => {
  let n = 0;
  return sinkInto({
    append: async (...args) => {
      n += 1;
      if (n === turn) throw error;
      return target.append(...args);
    },
  });
};

describe('Copying events', () => {
  let source: InMemoryEventStore;
  let target: InMemoryEventStore;
  beforeEach(() => {
    source = new InMemoryEventStore();
    target = new InMemoryEventStore();
  });

  it('asks for nothing more once it was refused', async () => {
    await fill(source, 400);
    await fill(target, 1, 8);
    let fail: (error: Error) => void = () => undefined;
    const readAhead = new Promise<never>((_, reject) => (fail = reject));
    const slow = {
      head: () => source.head(),
      readAll: (after: bigint, limit: number) => (after === 0n ? source.readAll(after, limit) : readAhead),
    };
    let troubles = 0;
    const copying = copyEvents({ source: slow, target, sink: null, signal: never, onTrouble: () => (troubles += 1) });
    await expect(copying).rejects.toThrow(CopyRefused);
    fail(new StoreUnavailable('closed'));
    await new Promise(setImmediate);
    expect(troubles).toBe(0);
  });

  it('keeps the order over all streams, and every stream, revision, id, type, version, data and metadata', async () => {
    await fill(source, 900);
    const report = await copy(source, target);
    expect(await all(target)).toStrictEqual(await all(source));
    expect(report).toStrictEqual({
      count: (await all(source)).length,
      copied: report.count,
      sourceGrew: false,
      behind: false,
      hashes: { source: report.hashes.target, target: report.hashes.source },
    });
    expect(report.hashes.source).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says the same hash wherever the events stand, and another one for other events', async () => {
    await fill(source, 30);
    const first = await copy(source, target);
    const third = new InMemoryEventStore();
    expect((await copy(target, third)).hashes).toStrictEqual(first.hashes);
    await third.append('other', 'no-stream', [someEvent()]);
    expect((await copy(third, new InMemoryEventStore())).hashes.source).not.toBe(first.hashes.source);
  });

  it('of an empty store is done at once', async () => {
    expect(await copy(source, target)).toMatchObject({ count: 0, copied: 0 });
  });

  it.each([1, 2, 17, 400, 901])('goes on where it was interrupted, here before append %s', async (turn) => {
    await fill(source, 900);
    const runs = runsOf(await source.readAll(0n, 10_000)).length;
    const sink = failingAt(target, Math.min(turn, runs), new Error('killed'));
    await expect(copy(source, target, { sink })).rejects.toThrow('killed');
    const there = (await all(target)).length;
    expect(await all(target)).toStrictEqual((await all(source)).slice(0, there));
    const report = await copy(source, target);
    expect(report.copied).toBe(report.count - there);
    expect(await all(target)).toStrictEqual(await all(source));
  });

  it('stores nothing twice when an answer was lost after the events were stored', async () => {
    await fill(source, 100);
    let n = 0;
    const sink = sinkInto({
      append: async (...args) => {
        const appended = await target.append(...args);
        n += 1;
        if (n === 40) throw new StoreUnavailable('the connection died after sending');
        return appended;
      },
    });
    let troubles = 0;
    await copy(source, target, { sink, onTrouble: () => (troubles += 1) });
    expect(troubles).toBe(1);
    expect(await all(target)).toStrictEqual(await all(source));
  });

  it('gives up when a store stays away, and can be gone on with', async () => {
    await fill(source, 20);
    const away: CopySink = { append: () => Promise.reject(new StoreUnavailable('away')), close: async () => undefined };
    await expect(copy(source, target, { sink: away })).rejects.toThrow(StoreUnavailable);
    expect((await copy(source, target)).behind).toBe(false);
  });

  it('stops when it is told to, and leaves a beginning of the source', async () => {
    await fill(source, 1_500);
    const stop = new AbortController();
    const onProgress = ({ phase }: CopyProgress): void => {
      if (phase === 'copying') stop.abort();
    };
    await expect(copy(source, target, { signal: stop.signal, onProgress })).rejects.toThrow('interrupted');
    const there = (await all(target)).length;
    expect(there).toBe(500);
    expect(await all(target)).toStrictEqual((await all(source)).slice(0, there));
  });

  it('refuses a target that holds something else, and writes nothing to it', async () => {
    await fill(source, 20);
    await target.append('foreign', 'no-stream', [someEvent()]);
    await expect(copy(source, target)).rejects.toMatchObject({ because: 'differs', eventNumber: 1 });
    expect((await all(target)).length).toBe(1);
  });

  it('refuses a target that holds an event more than the source', async () => {
    await fill(source, 20);
    await copy(source, target);
    await target.append('foreign', 'no-stream', [someEvent()]);
    await expect(copy(source, target)).rejects.toMatchObject({ because: 'target-has-more' });
    await expect(copy(source, target, { sink: null })).rejects.toMatchObject({ because: 'target-has-more' });
  });

  it('notices an event that differs in one letter of its data', async () => {
    const id = randomUUID();
    await source.append('finding-1', 'no-stream', [someEvent('Noted', { text: '东夼村' }, id)]);
    await target.append('finding-1', 'no-stream', [someEvent('Noted', { text: '东夼 村' }, id)]);
    await expect(copy(source, target, { sink: null })).rejects.toMatchObject({ because: 'differs', eventNumber: 1 });
  });

  it('notices a writer who gets in between', async () => {
    await fill(source, 200);
    const sink = sinkInto({
      append: async (stream, expected, events) => {
        const appended = await target.append(stream, expected, events);
        await target.append(stream, appended.revision, [someEvent('Foreign')]);
        return appended;
      },
    });
    await expect(copy(source, target, { sink })).rejects.toMatchObject({ because: 'target-changed' });
  });

  it('notices a target that says yes and stores nothing', async () => {
    await fill(source, 3);
    const sink: CopySink = { append: async () => undefined, close: async () => undefined };
    await expect(copy(source, target, { sink })).rejects.toMatchObject({ because: 'target-changed', eventNumber: 1 });
  });

  it('refuses a source whose streams have lost their beginnings', async () => {
    await fill(source, 50);
    const cut = { head: () => source.head(), readAll: (after: bigint, limit: number) => source.readAll(after < 20n ? 20n : after, limit) };
    await expect(copyEvents({ source: cut, target, sink: sinkInto(target), signal: never })).rejects.toMatchObject({
      because: 'source-incomplete',
    });
  });

  it('catches up with writers, and says that there were some', async () => {
    await fill(source, 100);
    let n = 0;
    const sink = sinkInto({
      append: async (...args) => {
        n += 1;
        if (n === 5) await fill(source, 300, 11);
        return target.append(...args);
      },
    });
    const onProgress = ({ phase }: CopyProgress): void => {
      if (phase === 'verifying' && n < 1_000) {
        n = 1_000;
        void source.append('late', 'no-stream', [someEvent()]);
      }
    };
    const report = await copy(source, target, { sink, onProgress });
    expect(report.sourceGrew).toBe(true);
    expect(await all(target)).toStrictEqual(await all(source));
  });

  it('only compares when it is asked to, and says when the target is behind', async () => {
    await fill(source, 40);
    await copy(source, target);
    await fill(source, 1, 3);
    const before = await all(target);
    const report = await copy(source, target, { sink: null });
    expect([report.behind, report.count]).toStrictEqual([true, before.length]);
    expect(await all(target)).toStrictEqual(before);
  });

  it('tells how far it is', async () => {
    await fill(source, 600);
    const told: CopyProgress[] = [];
    await copy(source, target, { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toStrictEqual({ phase: 'verifying', done: (await all(source)).length, share: 1 });
    expect(new Set(told.map(({ phase }) => phase))).toStrictEqual(new Set(['copying', 'verifying']));
  });
});

describe('The canonical form of an event', () => {
  const recorded = (data: unknown): RecordedEvent => ({
    ...someEvent('Noted', data, '0d0d0d0d-0000-4000-8000-000000000001'),
    stream: 's',
    revision: 3n,
    position: 9n,
  });

  it('does not depend on the order of keys, on the case of the id, or on the position', () => {
    const other = { ...recorded({ a: 1, b: { d: 2, c: [3] } }), position: 77n, id: '0D0D0D0D-0000-4000-8000-000000000001' };
    expect(canonicalEvent(recorded({ b: { c: [3], d: 2 }, a: 1 }))).toBe(canonicalEvent(other));
  });

  it('tells a text from a number and an empty object from an empty array', () => {
    const texts = [1, '1', null, [], {}, [null], { a: null }].map((data) => canonicalEvent(recorded(data)));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('Runs of appends', () => {
  const at = (stream: string, revision: bigint, size = 1): RecordedEvent => ({
    ...someEvent('Noted', 'x'.repeat(size), randomUUID()),
    stream,
    revision,
    position: revision + 1n,
  });
  const shape = (events: readonly RecordedEvent[]) => runsOf(events).map((run) => [run.stream, run.expected, run.events.length]);

  it('join what follows in one stream and nothing else', () => {
    expect(shape([at('a', 0n), at('a', 1n), at('b', 4n), at('a', 2n), at('a', 4n)])).toStrictEqual([
      ['a', 'no-stream', 2],
      ['b', 3n, 1],
      ['a', 1n, 1],
      ['a', 3n, 1],
    ]);
  });

  it('stay below what a server takes in one append', () => {
    expect(shape([at('a', 0n, 150_000), at('a', 1n, 150_000), at('a', 2n, 900_000), at('a', 3n)])).toStrictEqual([
      ['a', 'no-stream', 1],
      ['a', 0n, 1],
      ['a', 1n, 1],
      ['a', 2n, 1],
    ]);
    expect(shape(Array.from({ length: 450 }, (_, n) => at('a', BigInt(n)))).map(([, , count]) => count)).toStrictEqual([200, 200, 50]);
  });
});
