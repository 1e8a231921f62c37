import {
  createCodec,
  InMemoryEventStore,
  PostgresEventStore,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
} from '@app/event-store';
import { idFrom } from '@app/kernel';
import { EVENT_METADATA, forgetEvents, freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { createDataSource } from './data-source';
import { ReaderAnchors0096 } from './migrations/0096-reader-anchors';
import { PolicyRunner } from './policy-runner';
import { ProjectionRunner } from './projection-runner';
import type { Policy, Projection } from './projection';
import { belongsTo, ForeignStore, moveReadersTo } from './reader-origin';
import { ReaderLocks } from './reader-locks';

const codec = createCodec({ Asked: { version: 1 }, Answered: { version: 1 } });
const event = (type: string, id: string): EventToAppend => ({
  id,
  type,
  version: 1,
  data: {},
  metadata: EVENT_METADATA,
});
const seen: Projection = {
  name: 'seen',
  version: 1,
  handles: ['Asked', 'Answered'],
  tables: ['seen'],
  apply: async (events: readonly RecordedEvent[], tx: EntityManager) => {
    for (const { stream, position } of events) await tx.query('insert into seen values ($1, $2)', [stream, position.toString()]);
  },
};

describe('Readers and the event store they belong to', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: InMemoryEventStore;
  /** The streams that the policy was told of. */
  let told: string[];
  const policy: Policy = { name: 'telling', handles: ['Asked'], react: async ({ stream }) => void told.push(stream) };

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    await dataSource.query('create table seen (stream text, at bigint)');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await forgetEvents(database);
    await dataSource.query('truncate seen');
    store = new InMemoryEventStore();
    told = [];
  });

  const ask = async (n: number, into: EventStore = store): Promise<void> => {
    await into.append(`q-${n}`, 'any', [event('Asked', idFrom('q', n))]);
  };
  const read = async (from: EventStore): Promise<void> => {
    await new ProjectionRunner({ store: from, dataSource, codec, projections: [seen] }).drain();
    await new PolicyRunner({ store: from, dataSource, codec, policies: [policy] }).drain();
  };
  const move = (to: EventStore, restored = false): Promise<void> => moveReadersTo({ store: to, dataSource, projections: [seen], restored });
  /** The same events at other positions. */
  const copyOf = async (from: EventStore, leaveOut = 0): Promise<InMemoryEventStore> => {
    const copy = new InMemoryEventStore();
    await copy.append('of-the-server', 'any', [event('Other', idFrom('o', 1)), event('Other', idFrom('o', 2))]);
    const events = await from.readAll(0n, 100);
    for (const { stream, position: _p, revision: _r, ...rest } of events.slice(0, events.length - leaveOut))
      await copy.append(stream, 'any', [rest]);
    return copy;
  };
  const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'moved',
      (error: unknown) => (error instanceof ForeignStore ? error.reason : error),
    );

  it('belong to any store at first, and to theirs alone once they took an event', async () => {
    expect(await belongsTo(store, dataSource)).toBe(true);
    await ask(1);
    await read(store);
    expect(await belongsTo(store, dataSource)).toBe(true);
    expect(await belongsTo(new InMemoryEventStore(), dataSource)).toBe(false);
    expect(await belongsTo(await copyOf(store), dataSource)).toBe(false);
  });

  it('do not belong to their own store any more when it went back to an earlier time', async () => {
    for (const n of [1, 2]) await ask(n);
    await read(store);
    const earlier = new InMemoryEventStore();
    await ask(1, earlier);
    expect(await belongsTo(earlier, dataSource)).toBe(false);
    await ask(3, earlier);
    expect(await belongsTo(earlier, dataSource)).toBe(false);
  });

  it('move to a copy: read models are made anew, and no policy acts twice or misses what came meanwhile', async () => {
    for (const n of [1, 2]) await ask(n);
    await store.append('a-1', 'any', [event('Answered', idFrom('a', 1))]);
    await read(store);
    const copy = await copyOf(store);
    await ask(3, copy);
    told = [];
    await move(copy);
    await read(copy);
    expect(told).toStrictEqual(['q-3']);
    expect(await dataSource.query('select stream, at::int as at from seen order by at')).toStrictEqual([
      { stream: 'q-1', at: 3 },
      { stream: 'q-2', at: 4 },
      { stream: 'a-1', at: 5 },
      { stream: 'q-3', at: 6 },
    ]);
    expect(await belongsTo(copy, dataSource)).toBe(true);
    expect(await belongsTo(store, dataSource)).toBe(false);
  });

  it('move and start from the first event where none was met before', async () => {
    await store.append('a-1', 'any', [event('Answered', idFrom('a', 1))]);
    await read(store);
    const copy = await copyOf(store);
    await ask(1, copy);
    await move(copy);
    await read(copy);
    expect(told).toStrictEqual(['q-1']);
  });

  it('refuse a store that lacks what policies dealt with, and change nothing then', async () => {
    for (const n of [1, 2]) await ask(n);
    await read(store);
    const before: unknown = await dataSource.query('select * from checkpoint order by name');
    expect(await refusalOf(move(new InMemoryEventStore()))).toBe('incomplete');
    expect(await refusalOf(move(await copyOf(store, 1)))).toBe('incomplete');
    expect(await dataSource.query('select * from checkpoint order by name')).toStrictEqual(before);
    expect(await dataSource.query('select count(*)::int as n from seen')).toStrictEqual([{ n: 2 }]);
  });

  it('go on after the end of a store that was restored, when told that it was', async () => {
    for (const n of [1, 2]) await ask(n);
    await read(store);
    const earlier = await copyOf(store, 1);
    told = [];
    await move(earlier, true);
    await ask(3, earlier);
    await read(earlier);
    expect(told).toStrictEqual(['q-3']);
    expect(await belongsTo(earlier, dataSource)).toBe(true);
    await move(new InMemoryEventStore(), true);
    expect(await belongsTo(new InMemoryEventStore(), dataSource)).toBe(true);
  });

  it('are not moved while somebody reads', async () => {
    await ask(1);
    await read(store);
    const other = new ReaderLocks(dataSource);
    await other.tryAcquire('telling');
    expect(await refusalOf(move(await copyOf(store)))).toBe('in-use');
    await other.release();
    expect(await refusalOf(move(await copyOf(store)))).toBe('moved');
  });
});

describe('Readers of an instance from before their events were remembered', () => {
  it('belong to the database’s own store, by the events they had passed', async () => {
    const database = await freshDatabase();
    const dataSource = await createDataSource(database.url).initialize();
    try {
      const store = new PostgresEventStore({ url: database.url });
      for (const n of [1, 2, 3]) await store.append(`q-${n}`, 'any', [event('Asked', idFrom('q', n))]);
      await dataSource.query(
        'alter table checkpoint drop column event_id, drop column event_stream, drop column event_revision, drop column event_position',
      );
      await dataSource.query(
        `insert into checkpoint (name, kind, version, "position") values ('telling', 'policy', 1, 2), ('seen', 'projection', 1, 3), ('new', 'policy', 1, 0)`,
      );
      await dataSource.transaction((tx) => new ReaderAnchors0096().up(tx as never));
      expect(
        await dataSource.query('select name, event_stream, event_revision::int, event_position::int from checkpoint order by name'),
      ).toStrictEqual([
        { name: 'new', event_stream: null, event_revision: null, event_position: null },
        { name: 'seen', event_stream: 'q-3', event_revision: 0, event_position: 3 },
        { name: 'telling', event_stream: 'q-2', event_revision: 0, event_position: 2 },
      ]);
      expect(await belongsTo(store, dataSource)).toBe(true);
      await store.close();
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });
});
