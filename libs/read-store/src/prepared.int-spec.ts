import { emptyDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import { askPrepared } from './prepared';

const DIVIDE = { name: 'divide', text: 'select 100 / $1::int as n' };
const WHERE_FROM = { name: 'where-from', text: 'select pg_backend_pid() as pid, txid_current()::text as tx' };

describe('Statements that come with nearly every request', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await emptyDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('leave together on one connection, each in a transaction of its own', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => askPrepared<{ pid: number; tx: string }>(dataSource, WHERE_FROM, [])));
    expect(new Set(asked.map(([row]) => row?.pid)).size).toBe(1);
    expect(new Set(asked.map(([row]) => row?.tx)).size).toBe(3);
  });

  it('fail alone, and leave a connection that answers', async () => {
    const asked = await Promise.allSettled([4, 0, 5].map((by) => askPrepared<{ n: number }>(dataSource, DIVIDE, [by])));
    expect(asked.map((one) => (one.status === 'fulfilled' ? one.value[0]?.n : String(one.reason)))).toStrictEqual([
      25,
      'error: division by zero',
      20,
    ]);
    expect(await askPrepared(dataSource, DIVIDE, [50])).toStrictEqual([{ n: 2 }]);
    expect(await dataSource.query('select 1 as one')).toStrictEqual([{ one: 1 }]);
  });

  it('say that the connection broke, and come back with the next', async () => {
    const sleeping = askPrepared(dataSource, { name: 'sleep', text: 'select pg_sleep(60)' }, []);
    const broken = expect(sleeping).rejects.toThrow(/terminat/);
    let asleep: { pid: number }[] = [];
    while (asleep.length === 0) {
      asleep = await dataSource.query<{ pid: number }[]>(
        `select pid from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'`,
      );
    }
    await dataSource.query('select pg_terminate_backend($1)', [asleep[0]?.pid]);
    await broken;
    const [after] = await askPrepared<{ pid: number }>(dataSource, WHERE_FROM, []);
    expect([typeof after?.pid, after?.pid === asleep[0]?.pid]).toStrictEqual(['number', false]);
  });
});
