import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { StorageUnavailable, type NewRecord } from '../storage/log-storage';
import { ArrayStorage } from '../testing/array-storage';
import type { Expected } from './append-decision';
import { Engine } from './engine';

const ANY: Expected = { kind: 'any' };
const NO_STREAM: Expected = { kind: 'no-stream' };

const onArray = (): Readonly<{ engine: Engine; storage: ArrayStorage; clock: { now: number } }> => {
  const storage = new ArrayStorage();
  const clock = { now: Date.UTC(2026, 0, 5) };
  return { storage, clock, engine: new Engine(storage, () => clock.now) };
};

const events = (engine: Engine, count: number): NewRecord[] =>
  Array.from({ length: count }, () => ({
    id: randomUUID(),
    type: 'Noted',
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: Buffer.alloc(0),
    created: engine.ticks(),
  }));

const metadata = (engine: Engine, value: unknown): NewRecord[] =>
  events(engine, 1).map((event) => ({ ...event, type: '$metadata', data: Buffer.from(JSON.stringify(value)) }));

const shown = async (engine: Engine, stream: string, from = 0n, limit = 1_000): Promise<readonly bigint[] | 'not-found' | 'deleted'> => {
  const there = await engine.reader.visible(stream);
  if (there.kind !== 'there') return there.kind;
  return (await engine.reader.forwards(stream, there, from, limit)).records.map(({ revision }) => revision);
};

const stored = (storage: ArrayStorage, stream: string): readonly bigint[] =>
  storage.log.filter((record) => record.stream === stream).map(({ revision }) => revision);

const upTo = (count: number): bigint[] => Array.from({ length: count }, (_, n) => BigInt(n));

describe('The engine', () => {
  it('numbers the events of every stream without gaps, however the appends cross', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', '$$a'), fc.integer({ min: 1, max: 4 })), { maxLength: 30 }),
        async (appends) => {
          const { engine, storage } = onArray();
          await Promise.all(appends.map(([stream, count]) => engine.append(stream, ANY, events(engine, count))));
          for (const stream of ['a', 'b', '$$a']) {
            const count = appends.filter(([name]) => name === stream).reduce((sum, [, n]) => sum + n, 0);
            expect(stored(storage, stream)).toStrictEqual(upTo(count));
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('stores a repeated append once and answers it as the first, whatever it expects', async () => {
    const expectations = fc.constantFrom<Expected>(ANY, NO_STREAM, { kind: 'stream-exists' }, { kind: 'exact', revision: 2n });
    await fc.assert(
      fc.asyncProperty(expectations, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), async (expected, count, later) => {
        const { engine, storage } = onArray();
        if (expected.kind !== 'no-stream') await engine.append('s', ANY, events(engine, 3));
        const same = events(engine, count);
        const first = await engine.append('s', expected, same);
        await engine.append('s', ANY, events(engine, later));
        const before = storage.log.length;
        expect(await engine.append('s', expected, same)).toStrictEqual(first);
        expect(await new Engine(storage).append('s', expected, same)).toStrictEqual(first);
        expect(storage.log.length).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  it('recognises a repeated append of many events that expects nothing, before and after it was forgotten', async () => {
    const { engine, storage } = onArray();
    await engine.append('s', ANY, events(engine, 700));
    const many = events(engine, 600);
    const first = await engine.append('s', ANY, many);
    expect(await engine.append('s', ANY, many)).toStrictEqual(first);
    expect(await new Engine(storage).append('s', ANY, many)).toStrictEqual(first);
    expect(storage.log.length).toBe(1_300);
  });

  it('shows exactly the last n events under $maxCount', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), async (count, most) => {
        const { engine } = onArray();
        await engine.append('s', ANY, events(engine, count));
        await engine.append('$$s', ANY, metadata(engine, { $maxCount: most }));
        expect(await shown(engine, 's')).toStrictEqual(upTo(count).slice(-most));
      }),
      { numRuns: 40 },
    );
  });

  it('shows nothing before $tb and nothing older than $maxAge', async () => {
    const { engine, clock } = onArray();
    await engine.append('s', ANY, events(engine, 3));
    clock.now += 60_000;
    await engine.append('s', ANY, events(engine, 2));
    await engine.append('$$s', ANY, metadata(engine, { $tb: 2 }));
    expect(await shown(engine, 's')).toStrictEqual([2n, 3n, 4n]);
    await engine.append('$$s', ANY, metadata(engine, { $maxAge: 30 }));
    expect(await shown(engine, 's')).toStrictEqual([3n, 4n]);
    clock.now += 60_000;
    expect(await shown(engine, 's')).toStrictEqual([]);
  });

  it('shows of metadata the last alone', async () => {
    const { engine } = onArray();
    for (const $maxCount of [5, 6, 7]) await engine.append('$$s', ANY, metadata(engine, { $maxCount }));
    expect(await shown(engine, '$$s')).toStrictEqual([2n]);
  });

  it('hides a deleted stream, and its metadata for good, until the next append goes on with its revisions', async () => {
    const { engine, storage } = onArray();
    await engine.append('s', ANY, events(engine, 3));
    await engine.append('$$s', ANY, metadata(engine, { $maxCount: 2, own: 1 }));
    expect((await engine.delete('s', { kind: 'exact', revision: 2n })).kind).toBe('done');
    expect(await shown(engine, 's')).toBe('not-found');
    expect(await engine.append('s', { kind: 'stream-exists' }, events(engine, 1))).toStrictEqual({ kind: 'deleted' });

    expect(await engine.append('s', NO_STREAM, events(engine, 2))).toMatchObject({ kind: 'done', revision: 4n });
    expect(await shown(engine, 's')).toStrictEqual([3n, 4n]);
    const last = storage.log.filter(({ stream }) => stream === '$$s').at(-1);
    expect(JSON.parse(Buffer.from(last?.data ?? '').toString())).toStrictEqual({ $tb: 3 });
  });

  it('brings a deleted stream back with metadata too, and shows none of what it had', async () => {
    const { engine } = onArray();
    await engine.append('s', ANY, events(engine, 3));
    await engine.delete('s', ANY);
    await engine.append('$$s', ANY, metadata(engine, { $maxCount: 9 }));
    expect(await shown(engine, 's')).toStrictEqual([]);
    await engine.append('s', { kind: 'exact', revision: 2n }, events(engine, 1));
    expect(await shown(engine, 's')).toStrictEqual([3n]);
  });

  it('knows a stream that was deleted for ever, in the next life too', async () => {
    const { engine, storage } = onArray();
    await engine.append('s', ANY, events(engine, 1));
    await engine.tombstone('s', ANY);
    const later = new Engine(storage);
    for (const one of [engine, later]) {
      expect(await shown(one, 's')).toBe('deleted');
      expect(await shown(one, '$$s')).toBe('deleted');
      expect(await one.append('s', ANY, events(one, 1))).toStrictEqual({ kind: 'deleted' });
      expect(await one.append('$$s', ANY, metadata(one, {}))).toStrictEqual({ kind: 'deleted' });
      expect(await one.delete('s', ANY)).toStrictEqual({ kind: 'deleted' });
    }
  });

  it('answers an append of nothing with the end of the stream and of the log', async () => {
    const { engine } = onArray();
    expect(await engine.append('s', ANY, [])).toStrictEqual({ kind: 'done', revision: -1n, position: null });
    await engine.append('s', ANY, events(engine, 2));
    expect(await engine.append('s', { kind: 'exact', revision: 1n }, [])).toStrictEqual({ kind: 'done', revision: 1n, position: 2n });
  });

  it.each([
    ['stored', 'done', 2],
    ['lost', 'done', 2],
  ] as const)(
    'looks again after an append of which nobody knows the outcome (%s), so that repeating it is right',
    async (failure, kind, count) => {
      const { engine, storage } = onArray();
      await engine.append('s', NO_STREAM, events(engine, 1));
      const same = events(engine, 1);
      storage.failNext = failure;
      await expect(engine.append('s', { kind: 'exact', revision: 0n }, same)).rejects.toThrow(StorageUnavailable);
      expect((await engine.append('s', { kind: 'exact', revision: 0n }, same)).kind).toBe(kind);
      expect(stored(storage, 's').length).toBe(count);
    },
  );

  it('brings a deleted stream back with its new events even where the outcome of their append was unknown', async () => {
    const { engine, storage } = onArray();
    await engine.append('s', ANY, events(engine, 2));
    await engine.delete('s', ANY);
    const same = events(engine, 1);
    await engine.append('$$s', ANY, metadata(engine, { $tb: Number(2n ** 63n) }));
    storage.failNext = 'stored';
    await engine.append('s', ANY, same).catch(() => undefined);
    expect((await engine.append('s', ANY, same)).kind).toBe('done');
    expect(await shown(engine, 's')).toStrictEqual([2n]);
  });

  it('gives an empty log its system events, once', async () => {
    const { engine, storage } = onArray();
    await Promise.all([engine.ready(), engine.ready()]);
    await new Engine(storage).ready();
    expect(storage.log.map(({ stream, type }) => `${stream} ${type}`)).toStrictEqual([
      '$user-admin $UserCreated',
      '$user-ops $UserCreated',
      '$users $User',
      '$users $User',
    ]);
  });

  it('keeps metadata of metadata out', async () => {
    const { engine, storage } = onArray();
    expect(await engine.append('$$$$s', ANY, metadata(engine, {}))).toStrictEqual({ kind: 'wrong-revision', actual: -1n });
    expect(await shown(engine, '$$$$s')).toBe('not-found');
    expect(storage.log).toStrictEqual([]);
  });
});
