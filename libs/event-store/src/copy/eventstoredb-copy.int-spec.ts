import { startDouble, type RunningDouble } from '@app/eventstore-double';
import { seededRandom, type SeededRandom } from '@app/kernel';
import { forgetEvents, freshDatabase, type FreshDatabase } from '@app/testing';
import { someEvent } from '../event-store.contract';
import type { EventStore } from '../event-store.port';
import { openEventStore } from '../open-event-store';
import { copyEvents, type CopyOptions, type CopyReport } from './copy-events';
import { sinkInto, type CopySink } from './copy-sink';
import { PostgresCopySink } from './postgres-copy-sink';

type Side = Readonly<{ store: EventStore; sink: CopySink }>;

/** A killed process leaves what it stored and nothing else behind. */
class Killed extends Error {}

const uuidFrom = (random: SeededRandom): string => {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
};

/** Several events at a time over some streams, data of all kinds, the same for the same seed. */
const fill = async (store: EventStore, appends: number, random: SeededRandom): Promise<void> => {
  for (let n = 0; n < appends; n += 1) {
    const events = Array.from({ length: 1 + random.below(4) }, (_, i) => ({
      ...someEvent(
        random.pick(['FindingFiled', 'LegSubmitted', '已销号']),
        { n, i, 村: '东夼', x: [1.5, -7, null, { b: true, a: '①℃' }] },
        uuidFrom(random),
      ),
      version: 1 + random.below(3),
    }));
    await store.append(`finding-${uuidFrom(seededRandom(random.below(12)))}`, 'any', events);
  }
};

const without = async (store: EventStore) => (await store.readAll(0n, 10_000)).map(({ position: _, ...rest }) => rest);

describe('Copying events between PostgreSQL and EventStoreDB', () => {
  const databases: FreshDatabase[] = [];
  let doubles: RunningDouble[] = [];
  const opened: Readonly<{ close: () => Promise<void> }>[] = [];

  const onPostgres = async (n: number): Promise<Side> => {
    const database = databases[n] ?? (databases[n] = await freshDatabase());
    await forgetEvents(database);
    const side = { store: openEventStore({ url: database.url }), sink: new PostgresCopySink(database.url) };
    opened.push(side.sink, side.store);
    return side;
  };
  const onEventStoreDb = async (): Promise<Side> => {
    const double = await startDouble();
    doubles.push(double);
    const store = openEventStore({ connectionString: double.connectionString, settleWithinMs: 10_000, answerWithinMs: 2_000 });
    opened.push(store);
    return { store, sink: sinkInto(store) };
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    await Promise.all(doubles.map((double) => double.close()));
    doubles = [];
  });
  afterAll(() => Promise.all(databases.map(({ drop }) => drop())));

  const copy = (source: Side, target: Side, more: Partial<CopyOptions> = {}): Promise<CopyReport> =>
    copyEvents({ source: source.store, target: target.store, sink: target.sink, signal: new AbortController().signal, ...more });

  const ways = [
    ['PostgreSQL to EventStoreDB', () => onPostgres(0), onEventStoreDb],
    ['EventStoreDB to PostgreSQL', onEventStoreDb, () => onPostgres(0)],
    ['EventStoreDB to EventStoreDB', onEventStoreDb, onEventStoreDb],
  ] as const;

  describe.each(ways)('%s', (_, openSource, openTarget) => {
    it('keeps order, streams, revisions, ids, types, versions, data and metadata', async () => {
      const [source, target] = [await openSource(), await openTarget()];
      await fill(source.store, 100, seededRandom(1));
      const { count, copied, hashes } = await copy(source, target);
      expect([count, copied, hashes.target]).toStrictEqual([count, count, hashes.source]);
      expect(await without(target.store)).toStrictEqual(await without(source.store));
    });

    it.each([11, 12])('killed at random points goes on each time, and ends equal (seed %s)', async (seed) => {
      const random = seededRandom(seed);
      const [source, target] = [await openSource(), await openTarget()];
      await fill(source.store, 80, random);
      const killing = (): CopySink => {
        let left = 1 + random.below(40);
        return {
          append: async (runs) => {
            const some = runs.slice(0, left);
            left -= some.length;
            if (some.length > 0) await target.sink.append(some);
            if (left <= 0) throw new Killed();
          },
          close: async () => undefined,
        };
      };
      let kills = 0;
      for (; kills < 3; kills += 1) {
        const stopped = await copy(source, target, { sink: killing() }).then(
          () => false,
          (error: unknown) => {
            if (!(error instanceof Killed)) throw error;
            return true;
          },
        );
        if (!stopped) break;
        const [have, want] = [await without(target.store), await without(source.store)];
        expect({ seed, have }).toStrictEqual({ seed, have: want.slice(0, have.length) });
      }
      expect({ seed, wasKilled: kills > 0 }).toStrictEqual({ seed, wasKilled: true });
      await copy(source, target);
      expect({ seed, events: await without(target.store) }).toStrictEqual({ seed, events: await without(source.store) });
    });

    it('refuses a target with an event of somebody else, and leaves it alone', async () => {
      const [source, target] = [await openSource(), await openTarget()];
      await fill(source.store, 5, seededRandom(3));
      await target.store.append('foreign', 'no-stream', [someEvent('Foreign')]);
      await expect(copy(source, target)).rejects.toMatchObject({ because: 'differs', eventNumber: 1 });
      expect((await without(target.store)).map(({ type }) => type)).toStrictEqual(['Foreign']);
    });
  });

  it('there and back gives the same hash and the same events', async () => {
    const [first, middle, last] = [await onPostgres(0), await onEventStoreDb(), await onPostgres(1)];
    await fill(first.store, 100, seededRandom(5));
    const there = await copy(first, middle);
    const back = await copy(middle, last);
    expect(back.hashes).toStrictEqual(there.hashes);
    expect(await without(last.store)).toStrictEqual(await without(first.store));
  });

  it.each([21, 22])('goes on over connections to the cluster that are cut (seed %s)', async (seed) => {
    const random = seededRandom(seed);
    const [source, target] = [await onPostgres(0), await onEventStoreDb()];
    await fill(source.store, 100, random);
    const cutting = sinkInto({
      append: (...args) => {
        if (random.chance(0.1)) doubles[0]?.cut();
        return target.store.append(...args);
      },
    });
    await copy(source, target, { sink: cutting });
    expect({ seed, events: await without(target.store) }).toStrictEqual({ seed, events: await without(source.store) });
  });
});
