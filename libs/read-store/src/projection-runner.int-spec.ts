import { randomUUID } from 'node:crypto';
import { createCodec, PostgresEventStore, type RecordedEvent } from '@app/event-store';
import { EVENT_METADATA, forgetEvents, freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { compareWithRebuild } from './compare-with-rebuild';
import { createDataSource } from './data-source';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import { ReadModels } from './read-models';
import type { RunnerObserver } from './runner-observer';

const codec = createCodec({ Counted: { version: 1 }, Named: { version: 1 } });
const quiet: RunnerObserver = {
  applied: () => undefined,
  stopped: () => undefined,
  refused: () => undefined,
  unavailable: () => undefined,
};

/** Counts per stream; `poison` is the n it cannot take. */
class Tally implements Projection {
  readonly handles = ['Counted'];
  readonly tables: readonly string[];
  poison: number | null = null;
  applied: number[] = [];

  constructor(
    readonly name: string,
    readonly version = 1,
  ) {
    this.tables = [name];
  }

  async apply(events: readonly RecordedEvent[], tx: EntityManager): Promise<void> {
    for (const event of events) {
      const { n } = event.data as { n: number };
      if (n === this.poison) throw new Error('cannot take it');
      await tx.query(
        `insert into ${this.name} (stream, total, last) values ($1, 1, $2)
         on conflict (stream) do update set total = ${this.name}.total + 1, last = excluded.last`,
        [event.stream, event.position.toString()],
      );
      this.applied.push(n);
    }
  }
}

describe('The projection runner', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: PostgresEventStore;
  let models: ReadModels;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  beforeEach(async () => {
    await forgetEvents(database);
    dataSource = await createDataSource(database.url).initialize();
    store = new PostgresEventStore({ url: database.url });
    models = new ReadModels(dataSource, database.url);
    for (const table of ['left_tally', 'right_tally']) {
      await dataSource.query(`drop table if exists ${table}`);
      await dataSource.query(`create table ${table} (stream text primary key, total int not null, last bigint not null)`);
    }
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await models.close();
    await store.close();
    await dataSource.destroy();
  });

  const count = async (stream: string, ...ns: readonly number[]): Promise<bigint> => {
    const events = ns.map((n) => ({ id: randomUUID(), type: 'Counted', version: 1, data: { n }, metadata: EVENT_METADATA }));
    return (await store.append(stream, 'any', events)).position;
  };
  const runnerOf = (projections: readonly Projection[], observer = quiet): ProjectionRunner =>
    new ProjectionRunner({ store, dataSource, codec, projections, observer, lookEveryMs: 50, pageSize: 3, batchSize: 4 });
  const start = (runner: ProjectionRunner): (() => Promise<void>) => {
    const stop = new AbortController();
    const done = runner.run(stop.signal);
    const end = async (): Promise<void> => {
      stop.abort();
      await done;
    };
    stops.push(end);
    return end;
  };
  const totals = async (table: string): Promise<Record<string, number>> => {
    const rows = await dataSource.query<{ stream: string; total: number }[]>(`select stream, total from ${table} order by stream`);
    return Object.fromEntries(rows.map((r) => [r.stream, r.total]));
  };

  it('takes history and what comes, each event once, and tells when it has come to a position', async () => {
    await count('a', 1, 2, 3, 4, 5);
    const [left, right] = [new Tally('left_tally'), new Tally('right_tally')];
    start(runnerOf([left, right]));
    const position = await count('b', 6);
    expect(await models.waitFor(position, 10_000)).toBe(true);
    expect(await totals('left_tally')).toStrictEqual({ a: 5, b: 1 });
    expect(await totals('right_tally')).toStrictEqual({ a: 5, b: 1 });
    expect(left.applied).toStrictEqual([1, 2, 3, 4, 5, 6]);
    expect(await models.waitFor(position + 1n, 30)).toBe(false);
  });

  it('does not wait for a position before anything ever ran', async () => {
    expect(await models.waitFor(1n, 20)).toBe(false);
  });

  it('tells other processes which streams have changed', async () => {
    start(runnerOf([new Tally('left_tally')]));
    await models.ready();
    const told: string[] = [];
    models.onApplied(({ streams }) => told.push(...(streams ?? [])));
    await count('finding-1', 1);
    await waitUntil(() => told.includes('finding-1'));
    expect(told).toStrictEqual(['finding-1']);
  });

  it('lets one projection stand still before an event it cannot take, while the other goes on, and goes on after it was mended', async () => {
    const stopped: string[] = [];
    const [left, right] = [new Tally('left_tally'), new Tally('right_tally')];
    left.poison = 3;
    await count('a', 1, 2, 3, 4);
    start(runnerOf([left, right], { ...quiet, stopped: (reader, position) => stopped.push(`${reader}@${position}`) }));
    const position = await count('a', 5);
    await waitUntil(async () => (await totals('right_tally'))['a'] === 5);
    await waitUntil(() => stopped.length > 0);
    expect(await totals('left_tally')).toStrictEqual({ a: 2 });
    expect(stopped[0]).toBe('left_tally@3');
    expect(await models.stopped()).toStrictEqual([{ name: 'left_tally', kind: 'projection', position: 3n, because: 'Error' }]);
    // Whoever waits for the read models is not held up by the one that stands still.
    expect(await models.waitFor(position, 10_000)).toBe(true);
    left.poison = null;
    await waitUntil(async () => (await totals('left_tally'))['a'] === 5);
    expect(left.applied.slice(-3)).toStrictEqual([3, 4, 5]);
    await waitUntil(async () => (await models.stopped()).length === 0);
  });

  it('starts a new version from nothing at the next start', async () => {
    await count('a', 1, 2);
    await runnerOf([new Tally('left_tally')]).drain();
    await dataSource.query('update left_tally set total = 99');
    await runnerOf([new Tally('left_tally')]).drain();
    expect(await totals('left_tally')).toStrictEqual({ a: 99 });
    await runnerOf([new Tally('left_tally', 2)]).drain();
    expect(await totals('left_tally')).toStrictEqual({ a: 2 });
  });

  it('lets a new projection catch up alone and join the others', async () => {
    await count('a', ...Array.from({ length: 20 }, (_, i) => i));
    const end = start(runnerOf([new Tally('left_tally')]));
    await waitUntil(async () => (await totals('left_tally'))['a'] === 20);
    await end();
    const [left, right] = [new Tally('left_tally'), new Tally('right_tally')];
    start(runnerOf([left, right]));
    const position = await count('b', 1, 2);
    expect(await models.waitFor(position, 10_000)).toBe(true);
    await waitUntil(async () => (await totals('right_tally'))['b'] === 2);
    expect(await totals('right_tally')).toStrictEqual({ a: 20, b: 2 });
    expect(left.applied).toStrictEqual([1, 2]);
  });

  it('has one runner over all processes; another takes over when it ends', async () => {
    const [first, second] = [new Tally('left_tally'), new Tally('left_tally')];
    const end = start(runnerOf([first]));
    await waitUntil(async () => models.waitFor(await count('a', 1), 100));
    start(runnerOf([second]));
    const position = await count('a', 2, 3);
    expect(await models.waitFor(position, 10_000)).toBe(true);
    expect(second.applied).toStrictEqual([]);
    await end();
    await count('a', 4);
    await waitUntil(async () => (await totals('left_tally'))['a'] === first.applied.length + 1);
    expect(second.applied).toStrictEqual([4]);
  });

  it('makes the tables anew, also while another process goes on with them', async () => {
    await count('a', 1, 2, 3);
    const idle = runnerOf([new Tally('left_tally')]);
    await idle.drain();
    await dataSource.query('update left_tally set total = 99');
    await idle.rebuild();
    expect(await totals('left_tally')).toStrictEqual({ a: 3 });
    const live = new Tally('left_tally');
    start(runnerOf([live]));
    expect(await models.waitFor(await count('a', 4), 10_000)).toBe(true);
    await dataSource.query('update left_tally set total = 99');
    await idle.rebuild(['left_tally']);
    expect(await totals('left_tally')).toStrictEqual({ a: 4 });
    expect(live.applied).toStrictEqual([4]);
    expect(await models.waitFor(await count('a', 5), 10_000)).toBe(true);
    expect(await totals('left_tally')).toStrictEqual({ a: 5 });
    expect(live.applied).toStrictEqual([4, 5]);
  });

  it('finds each row in which the live tables differ from a rebuild, and changes nothing by looking', async () => {
    const projections = [new Tally('left_tally'), new Tally('right_tally')];
    await count('a', 1, 2, 3);
    await count('b', 4);
    await runnerOf(projections).drain();
    const compare = () => compareWithRebuild({ store, dataSource, codec, projections });
    expect((await compare()).map(({ onlyLive, onlyRebuilt, rows }) => [rows, onlyLive, onlyRebuilt])).toStrictEqual([
      [2, [], []],
      [2, [], []],
    ]);
    await dataSource.query(`update right_tally set total = 99 where stream = 'b'`);
    const [, right] = await compare();
    expect(right?.onlyLive).toStrictEqual([{ stream: 'b', total: 99, last: 4 }]);
    expect(right?.onlyRebuilt).toStrictEqual([{ stream: 'b', total: 1, last: 4 }]);
    expect((await totals('right_tally'))['b']).toBe(99);
  });

  it('loses and doubles nothing while its connections are cut again and again', async () => {
    const [left, right] = [new Tally('left_tally'), new Tally('right_tally')];
    start(runnerOf([left, right]));
    let position = 0n;
    for (let round = 0; round < 8; round += 1) {
      position = await count(`s-${round % 3}`, 1, 2, 3, 4, 5);
      await dataSource
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'qingling-reads' and pid <> pg_backend_pid()`,
        )
        .catch(() => undefined);
      if (round % 2 === 0) await models.waitFor(position, 200).catch(() => undefined);
    }
    await waitUntil(async () => models.waitFor(position, 500).catch(() => false), { timeoutMs: 20_000 });
    expect(await totals('left_tally')).toStrictEqual({ 's-0': 15, 's-1': 15, 's-2': 10 });
    expect(await totals('right_tally')).toStrictEqual({ 's-0': 15, 's-1': 15, 's-2': 10 });
  });

  it('refuses a projection that wants events nobody knows, and two of one name', () => {
    const odd: Projection = { name: 'odd', version: 1, handles: ['Unheard'], tables: [], apply: async () => undefined };
    expect(() => runnerOf([odd])).toThrow(RangeError);
    expect(() => runnerOf([new Tally('left_tally'), new Tally('left_tally')])).toThrow(RangeError);
  });

  it('says so when it drains into an event that a projection cannot take', async () => {
    const left = new Tally('left_tally');
    left.poison = 2;
    await count('a', 1, 2, 3);
    await expect(runnerOf([left]).drain()).rejects.toThrow('left_tally stands still');
    expect(await totals('left_tally')).toStrictEqual({ a: 1 });
  });
});
