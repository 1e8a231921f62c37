import { isUnavailable } from '@app/event-store';
import { createDataSource } from '@app/read-store';
import { freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'it went well',
    (error: unknown) => error,
  );

describe('A connection that is lost in the middle of a transaction', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const endBackendOf = async (runner: QueryRunner | undefined): Promise<void> => {
    const [own] = (await runner?.query('select pg_backend_pid() as pid')) as { pid: number }[];
    await dataSource.query('select pg_terminate_backend($1)', [own?.pid]);
  };

  const noticed = (tx: EntityManager): Promise<unknown> => waitUntil(() => tx.queryRunner?.isReleased === true);

  it.each<readonly [string, (tx: EntityManager) => Promise<unknown>]>([
    ['makes the next statement say that the store is away, once the loss is noticed', (tx) => noticed(tx).then(() => tx.query('select 1'))],
    ['makes the end of the transaction say so', noticed],
    ['makes the statement that is under way say so', (tx) => tx.query('select pg_sleep(60)')],
  ])('%s', async (_, goOn) => {
    const failure = await failureOf(
      dataSource.transaction(async (tx) => {
        await endBackendOf(tx.queryRunner);
        await goOn(tx);
      }),
    );
    expect({ failure, unavailable: isUnavailable(failure) }).toStrictEqual({ failure: expect.any(Error), unavailable: true });
  });
});
