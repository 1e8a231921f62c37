import { Client } from 'pg';
import { forgetEvents, freshDatabase, type FreshDatabase } from '@app/testing';
import { eventStoreContract, follow, someEvent, soon } from '../event-store.contract';
import { StoreUnavailable } from '../event-store.port';
import { PostgresEventStore } from './postgres-event-store';

let database: FreshDatabase | null = null;
const opened: PostgresEventStore[] = [];
/** One database for the suite, without events at the start of each test. */
const fresh = async (): Promise<FreshDatabase> => {
  database ??= await freshDatabase();
  await forgetEvents(database);
  return database;
};
const open = (url: string, settleWithinMs = 4_000): PostgresEventStore => {
  const store = new PostgresEventStore({ url, settleWithinMs });
  opened.push(store);
  return store;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(async () => {
  await database?.drop();
});

eventStoreContract('PostgreSQL', async () => open((await fresh()).url));

describe('The event store on PostgreSQL', () => {
  const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  it.each(['update events set type = $$X$$', 'delete from events', 'truncate events'])('refuses: %s', async (statement) => {
    const { url } = await fresh();
    const store = open(url);
    await store.append('s', 'any', [someEvent('A')]);
    await withClient(url, async (client) => {
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    });
    expect(await store.readAll(0n, 9)).toHaveLength(1);
  });

  it('leaves alone, of many streams, the one whose event is stored elsewhere, and no other', async () => {
    const store = open((await fresh()).url);
    const known = someEvent('Known');
    await store.append('one', 'no-stream', [someEvent()]);
    await store.append('two', 'no-stream', [someEvent()]);
    const { position } = await store.append('three', 'no-stream', [known]);
    const all = ['one', 'two'].map((stream) => ({ stream, events: [stream === 'one' ? known : someEvent('New')] }));
    expect(await store.appendUnchanged(position, all)).toStrictEqual(new Set(['one']));
    expect((await store.readAll(position, 9)).map(({ stream, type }) => [stream, type])).toStrictEqual([['two', 'New']]);
  });

  it('never lets a reader pass over an event that is not committed yet', async () => {
    const { url } = await fresh();
    const [store, other] = [open(url), open(url)];
    const stop = new AbortController();
    const { seen, done } = follow(store.subscribe(0n, stop.signal));
    await withClient(url, async (slow) => {
      const { id, type, data, metadata } = someEvent('Slow');
      await slow.query('begin');
      await slow.query('select * from append_events($1,$2,$3,$4,$5,$6,$7,$8,$9)', [
        ['slow'],
        [-2],
        [1],
        [1],
        [id],
        [type],
        [1],
        [JSON.stringify(data)],
        [JSON.stringify(metadata)],
      ]);
      const later = other.append('quick', 'any', [someEvent('Quick')]);
      // The later writer is seen waiting for its turn: it cannot get a position before the earlier one has committed.
      await withClient(url, async (watch) => {
        for (let waiting = 0; waiting === 0;) {
          const { rowCount } = await watch.query("select 1 from pg_locks where locktype = 'advisory' and not granted");
          waiting = rowCount ?? 0;
        }
      });
      expect(seen).toStrictEqual([]);
      await slow.query('commit');
      await later;
    });
    await soon(() => seen.length === 2);
    expect(seen.map((e) => e.type)).toStrictEqual(['Slow', 'Quick']);
    stop.abort();
    await done;
  });

  it('leaves nothing behind of a transaction that was rolled back, and goes on counting', async () => {
    const { url } = await fresh();
    const store = open(url);
    await store.append('s', 'any', [someEvent('A')]);
    await withClient(url, async (client) => {
      await client.query('begin');
      const { id, metadata } = someEvent();
      await client.query("select * from append_events('{x}','{-2}','{1}','{1}',$1,'{T}','{1}','{1}',$2)", [
        [id],
        [JSON.stringify(metadata)],
      ]);
      await client.query('rollback');
    });
    await store.append('s', 'any', [someEvent('B')]);
    expect((await store.readAll(0n, 9)).map((e) => e.type)).toStrictEqual(['A', 'B']);
  });

  it('shows every subscriber the same order without a miss while two processes write at once', async () => {
    const { url } = await fresh();
    const stores = [open(url), open(url)];
    const reader = open(url);
    const stop = new AbortController();
    const followers = [follow(reader.subscribe(0n, stop.signal, undefined, 7)), follow(reader.subscribe(0n, stop.signal, undefined, 500))];
    const writers = Array.from({ length: 16 }, async (_, w) => {
      for (let i = 0; i < 40; i += 1) {
        // Every writer meets others on a shared stream, where most attempts are refused.
        const store = stores[(w + i) % 2] ?? reader;
        await store.append(`own-${w}`, i === 0 ? 'no-stream' : BigInt(i - 1), [someEvent(`W${w}`)]);
        await store.append('shared', BigInt(i), [someEvent('Shared')]).catch(() => undefined);
        if (w === 0) await store.append('shared', 'any', [someEvent('Shared')]);
      }
    });
    await Promise.all(writers);
    const all = await reader.readAll(0n, 10_000);
    for (const { seen } of followers) await soon(() => seen.at(-1)?.position === all.at(-1)?.position);
    const positions = all.map((e) => e.position);
    expect(positions).toStrictEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(positions).size).toBe(positions.length);
    for (const { seen } of followers) expect(seen.map((e) => e.position)).toStrictEqual(positions);
    for (let w = 0; w < 16; w += 1) expect(all.filter((e) => e.stream === `own-${w}`).map((e) => e.revision)).toHaveLength(40);
    const shared = all.filter((e) => e.stream === 'shared').map((e) => e.revision);
    expect(shared).toStrictEqual(shared.map((_, i) => BigInt(i)));
    stop.abort();
    await Promise.all(followers.map(({ done }) => done));
  });

  it('goes on following and appending after all its connections were cut', async () => {
    const { url } = await fresh();
    const store = open(url);
    const stop = new AbortController();
    const { seen, done } = follow(store.subscribe(0n, stop.signal));
    await store.append('s', 'any', [someEvent('A')]);
    await soon(() => seen.length === 1);
    await withClient(url, (client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'),
    );
    await store.append('s', 'any', [someEvent('B')]);
    await soon(() => seen.length === 2);
    expect(seen.map((e) => e.type)).toStrictEqual(['A', 'B']);
    stop.abort();
    await done;
  });

  it('settles appends whose connection was cut at any moment: each is stored once or refused', async () => {
    const { url } = await fresh();
    const store = open(url);
    let stored = 0;
    const all = 8 * 80;
    const cutter = withClient(url, async (client) => {
      for (let next = 10; next < all; next += 60) {
        await soon(() => stored >= next);
        await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'qingling-events' and datname = current_database()",
        );
      }
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, async (_, w) => {
        for (let i = 0; i < 80; i += 1) {
          await store.append(`s-${w}`, i === 0 ? 'no-stream' : BigInt(i - 1), [someEvent('A', { i })]);
          stored += 1;
        }
      }),
    );
    await cutter;
    expect(outcomes.map((o) => o.status)).toStrictEqual(Array.from({ length: 8 }, () => 'fulfilled'));
    for (let w = 0; w < 8; w += 1) {
      expect((await store.readStream(`s-${w}`)).map((e) => e.data)).toStrictEqual(Array.from({ length: 80 }, (_, i) => ({ i })));
    }
  });

  it('says StoreUnavailable when nobody answers', async () => {
    const store = open('postgres://postgres@127.0.0.1:1/none', 50);
    await expect(store.append('s', 'any', [someEvent()])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.readStream('s')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('does not call an unfinished installation an outage', async () => {
    const { url } = await fresh();
    await withClient(url, (client) => client.query('alter table events rename to elsewhere'));
    await expect(open(url, 50).append('s', 'any', [someEvent()])).rejects.toMatchObject({ code: '42P01' });
    await withClient(url, (client) => client.query('alter table elsewhere rename to events'));
  });
});
