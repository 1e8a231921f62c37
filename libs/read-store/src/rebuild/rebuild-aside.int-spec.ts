import { randomUUID } from 'node:crypto';
import { createCodec, PostgresEventStore, type RecordedEvent } from '@app/event-store';
import { EVENT_METADATA, forgetEvents, freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { createDataSource } from '../data-source';
import type { Projection } from '../projection';
import { ProjectionRunner } from '../projection-runner';
import type { RunnerObserver } from '../runner-observer';
import { rebuildAside, removeLeftOver } from './rebuild-aside';
import { SHADOW } from './shadow-tables';

const codec = createCodec({ Counted: { version: 1 } });
const quiet: RunnerObserver = {
  applied: () => undefined,
  stopped: () => undefined,
  refused: () => undefined,
  unavailable: () => undefined,
};

/** Counts events by stream. Before a batch is applied, `before` may look around or get in the way. */
class Tally implements Projection {
  readonly name = 'tally';
  readonly handles = ['Counted'];
  readonly tables = ['tally'];

  constructor(
    readonly version = 1,
    private readonly before: () => Promise<void> = async () => undefined,
  ) {}

  async apply(events: readonly RecordedEvent[], tx: EntityManager): Promise<void> {
    await this.before();
    for (const { stream } of events) {
      await tx.query(`insert into tally (stream, total) values ($1, 1) on conflict (stream) do update set total = tally.total + 1`, [
        stream,
      ]);
    }
  }
}

describe('A rebuild beside the live tables', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: PostgresEventStore;

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await forgetEvents(database);
    store = new PostgresEventStore({ url: database.url });
    await dataSource.query('delete from checkpoint');
    await dataSource.query('drop table if exists tally');
    await dataSource.query(
      `create table tally (stream text constraint tally_key primary key, total int not null default 7 check (total > 0)) with (fillfactor = 70)`,
    );
    await dataSource.query('create index tally_big on tally (total desc) where total > 1');
    await count('a', 3);
    await count('b', 2);
    await runnerOf(new Tally()).drain();
  });
  afterEach(async () => {
    await store.close();
  });

  const count = async (stream: string, times: number): Promise<bigint> => {
    const events = Array.from({ length: times }, () => ({
      id: randomUUID(),
      type: 'Counted',
      version: 1,
      data: {},
      metadata: EVENT_METADATA,
    }));
    return (await store.append(stream, 'any', events)).position;
  };
  const runnerOf = (projection: Projection): ProjectionRunner =>
    new ProjectionRunner({ store, dataSource, codec, projections: [projection], observer: quiet, lookEveryMs: 50 });
  const totals = async (): Promise<Record<string, number>> => {
    const rows = await dataSource.query<{ stream: string; total: number }[]>('select stream, total from tally order by stream');
    return Object.fromEntries(rows.map((row) => [row.stream, row.total]));
  };
  const shadows = async (): Promise<number> =>
    (await dataSource.query<unknown[]>('select 1 from pg_namespace where nspname = $1', [SHADOW])).length;
  const rebuild = (projection: Projection, signal?: AbortSignal): Promise<bigint> =>
    rebuildAside({ store, dataSource, codec, projections: [projection], signal });

  it('shows the old rows until the new ones are whole', async () => {
    const seen: unknown[] = [];
    await dataSource.query('update tally set total = 99');
    await rebuild(new Tally(1, async () => void seen.push(await totals())));
    expect(seen).toStrictEqual([{ a: 99, b: 99 }]);
    expect(await totals()).toStrictEqual({ a: 3, b: 2 });
    expect(await shadows()).toBe(0);
  });

  it('leaves a table as a migration made it: names, order, keys, settings, rights', async () => {
    const shape = (): Promise<unknown> =>
      dataSource.query(
        `select c.relname, c.reloptions, pg_get_indexdef(c.oid) as index, n.nspname,
           (select jsonb_agg(jsonb_build_array(k.conname, pg_get_constraintdef(k.oid)) order by k.conname) from pg_constraint k where k.conrelid = c.oid) as constraints,
           (select jsonb_agg(jsonb_build_array(a.attname, a.attnotnull, format_type(a.atttypid, a.atttypmod)) order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) as columns,
           (select count(*)::int from aclexplode(c.relacl)) as rights
         from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname like 'tally%' order by 1`,
      );
    await dataSource.query('grant select on tally to public');
    const before = await shape();
    await rebuild(new Tally());
    expect(await shape()).toStrictEqual(before);
  });

  it('leaves everything as it was when it fails, and the next start removes what a killed one left', async () => {
    const failing = new Tally(1, async () => Promise.reject(new Error('no')));
    await expect(rebuild(failing)).rejects.toThrow('no');
    expect([await totals(), await shadows()]).toStrictEqual([{ a: 3, b: 2 }, 0]);
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(rebuild(new Tally(), stop.signal)).rejects.toThrow('stopped');
    expect([await totals(), await shadows()]).toStrictEqual([{ a: 3, b: 2 }, 0]);
    await dataSource.query(`create schema ${SHADOW}`);
    await dataSource.query(`create table ${SHADOW}.tally (half text)`);
    await removeLeftOver(dataSource);
    expect([await totals(), await shadows()]).toStrictEqual([{ a: 3, b: 2 }, 0]);
  });

  it('says that the database went away when its lock is gone, whatever it met because of that', async () => {
    const robbed = new Tally(1, async () => {
      await dataSource.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 71015 and pid <> pg_backend_pid()`,
      );
      await dataSource.query(`drop schema ${SHADOW} cascade`);
    });
    await expect(rebuild(robbed)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await totals()).toStrictEqual({ a: 3, b: 2 });
  });

  it('does not touch the tables of a rebuild that is running', async () => {
    let during = -1;
    const looking = new Tally(1, async () => {
      await removeLeftOver(dataSource);
      during = await shadows();
    });
    await rebuild(looking);
    expect(during).toBe(1);
  });

  it('takes what the live runner took meanwhile, and the runner goes on where it was', async () => {
    const stop = new AbortController();
    const running = runnerOf(new Tally()).run(stop.signal);
    try {
      let told = false;
      const meanwhile = async (): Promise<void> => {
        if (told) return;
        told = true;
        await count('c', 4);
        await waitUntil(async () => (await totals())['c'] === 4);
      };
      await rebuild(new Tally(1, meanwhile));
      expect(await totals()).toStrictEqual({ a: 3, b: 2, c: 4 });
      await count('c', 1);
      await waitUntil(async () => (await totals())['c'] === 5);
    } finally {
      stop.abort();
      await running;
    }
  });

  it('shows the tables of the version before until those of a new one are whole', async () => {
    const seen: unknown[] = [];
    const stop = new AbortController();
    await dataSource.query('update tally set total = 99');
    const running = runnerOf(new Tally(2, async () => void seen.push(await totals()))).run(stop.signal);
    try {
      await waitUntil(async () => (await totals())['a'] === 3);
      expect(seen).toStrictEqual([{ a: 99, b: 99 }]);
      const [row] = await dataSource.query<unknown[]>(`select version from checkpoint where name = 'tally'`);
      expect(row).toStrictEqual({ version: 2 });
      await count('a', 1);
      await waitUntil(async () => (await totals())['a'] === 4);
    } finally {
      stop.abort();
      await running;
    }
  });

  it('waits for a long reader without keeping others from reading, and changes under prepared statements', async () => {
    const [slow, other] = [new Client({ connectionString: database.url }), new Client({ connectionString: database.url })];
    await slow.connect();
    await other.connect();
    const prepared = () => other.query<{ n: number }>({ name: 'prepared', text: 'select count(*)::int as n from tally' });
    try {
      await prepared();
      await slow.query('begin');
      await slow.query('select * from tally');
      let done = false;
      const rebuilding = rebuild(new Tally()).finally(() => (done = true));
      // Its swap has been turned away more than once, and reads went through between.
      await waitUntil(async () => {
        const { rows } = await other.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'lock table%'`,
        );
        return (rows[0]?.n ?? 0) > 0;
      });
      expect((await prepared()).rows).toStrictEqual([{ n: 2 }]);
      expect(done).toBe(false);
      await slow.query('commit');
      await rebuilding;
      expect((await prepared()).rows).toStrictEqual([{ n: 2 }]);
    } finally {
      await slow.end();
      await other.end();
    }
  });

  it('is one at a time: a second one waits for the first', async () => {
    await Promise.all([rebuild(new Tally()), rebuild(new Tally())]);
    expect([await totals(), await shadows()]).toStrictEqual([{ a: 3, b: 2 }, 0]);
  });
});
