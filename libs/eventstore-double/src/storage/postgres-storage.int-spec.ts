import { Client } from 'pg';
import { emptyDatabase, freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import { logStorageContract, someRecords } from './log-storage.contract';
import type { LogStorage } from './log-storage';
import { openStorage, SCHEMA } from './open-storage';

let database: FreshDatabase;
const opened: LogStorage[] = [];
beforeAll(async () => {
  database = await emptyDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
});
afterAll(() => database.drop());

const ask = async <R extends object>(sql: string, values: readonly unknown[] = [], { url } = database): Promise<readonly R[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};
const open = async (url = database.url): Promise<LogStorage> => {
  const log = await openStorage(url);
  opened.push(log);
  return log;
};
const openEmpty = async (): Promise<LogStorage> => {
  await ask(`drop schema if exists ${SCHEMA} cascade`);
  return open();
};
const cutLock = async (): Promise<void> => {
  await ask(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'eventstore-double-lock' and datname = current_database()",
  );
};
const holders = async (): Promise<number> =>
  (
    await ask(
      "select 1 from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())",
    )
  ).length;

logStorageContract('PostgreSQL', openEmpty);

describe('The log of the double on PostgreSQL', () => {
  it('keeps everything and its numbers over a restart', async () => {
    const before = await openEmpty();
    await before.append('a', 0n, someRecords(3));
    await before.append('b', 0n, someRecords(1));
    const all = await before.readAll(0n, 9);
    await before.close();

    const after = await open();
    expect(await after.readAll(0n, 9)).toStrictEqual(all);
    expect(await after.lastRevision('a')).toBe(2n);
    const position = await after.append('a', 3n, someRecords(1));
    expect(position > (all.at(-1)?.position ?? 0n)).toBe(true);
    expect((await after.readStream('a', 0n, 9)).map((r) => r.revision)).toStrictEqual([0n, 1n, 2n, 3n]);
  });

  it('leaves the events of the product alone in the same database', async () => {
    const product = await freshDatabase();
    const log = await open(product.url);
    await log.append('a', 0n, someRecords(2));
    expect(await ask('select count(*)::int as n from public.events', [], product)).toStrictEqual([{ n: 0 }]);
    expect(await ask(`select count(*)::int as n from ${SCHEMA}.events`, [], product)).toStrictEqual([{ n: 2 }]);
    await log.close();
    await product.drop();
  });

  it('refuses a second one on the same database in both languages, and takes it once the first is gone', async () => {
    const first = await openEmpty();
    await expect(openStorage(database.url)).rejects.toMatchObject({
      name: 'DoubleRefused',
      zh: '另一个事件库替身正在使用该数据库：同一数据库同时只能有一个。',
      en: 'Another event store double uses this database: there can be one at a time.',
    });
    await first.append('a', 0n, someRecords(1));
    await first.close();
    const second = await open();
    expect(await second.lastRevision('a')).toBe(0n);
  });

  it('writes nothing without its lock, reads on, and writes again when it has it back', async () => {
    const log = await openEmpty();
    await log.append('a', 0n, someRecords(1));
    // Somebody else has the lock for a while without having written: as a session that the network cut off would.
    const other = new Client({ connectionString: database.url });
    await other.connect();
    // Asked for before it is free, so that the first holder cannot be quicker.
    const taken = other.query(`select pg_advisory_lock(hashtextextended($1, 71))`, [`eventstore-double ${SCHEMA}`]);
    await cutLock();
    await taken;
    await waitUntil(
      () =>
        log.append('b', 0n, someRecords(1)).then(
          () => false,
          (error: Error) => /lock on the log was lost/.test(error.message),
        ),
      { what: 'the loss' },
    );
    expect(await log.readStream('a', 0n, 9)).toHaveLength(1);
    await other.end();
    await waitUntil(
      () =>
        log.append('c', 0n, someRecords(1)).then(
          () => true,
          () => false,
        ),
      { what: 'the return of the lock' },
    );
    expect(await log.lastRevision('a')).toBe(0n);
  });

  it('never writes again when another has held the lock meanwhile', async () => {
    const log = await openEmpty();
    await log.append('a', 0n, someRecords(1));
    await ask(`update ${SCHEMA}.writer set life = gen_random_uuid()`);
    await cutLock();
    await waitUntil(
      () =>
        log.append('a', 1n, someRecords(1)).then(
          () => false,
          (error: Error) => /another double has written/.test(error.message),
        ),
      { what: 'the end of its right' },
    );
    expect(await holders()).toBe(0);
  });

  it('holds no lock and no connection once it is closed', async () => {
    const log = await openEmpty();
    await log.append('a', 0n, someRecords(1));
    expect(await holders()).toBe(1);
    await log.close();
    await waitUntil(
      async () => (await ask('select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')).length === 0,
    );
  });

  it('refuses a database that is not there, is not let in to, or cannot be reached, and names no password', async () => {
    const refusalOf = (change: (url: URL) => void): Promise<Error> => {
      const url = new URL(database.url);
      change(url);
      return openStorage(url.toString()).then(
        () => new Error('opened'),
        (error: Error) => error,
      );
    };
    const missing = await refusalOf((url) => (url.pathname = '/no-such-database'));
    expect(missing).toMatchObject({ name: 'DoubleRefused', message: expect.stringMatching(/3D000.*The database refuses/) as string });
    const unreachable = await refusalOf((url) => {
      url.port = '1';
      url.password = 'geheim';
    });
    expect(unreachable).toMatchObject({ name: 'DoubleRefused', message: expect.stringMatching(/ECONNREFUSED/) as string });
    expect(unreachable.message).not.toContain('geheim');
  });
});
