import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import { inPipeline, together } from './pipelined';
import type { Tx } from './projection';

const SETTINGS = 'set local synchronous_commit = off';

describe('A transaction whose statements are sent together', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url, { poolSize: 1 }).initialize();
    await dataSource.query('create table noted (n int primary key, what text not null)');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await dataSource.query('truncate noted');
  });
  const note = (n: number, what: string) => ['insert into noted (n, what) values ($1, $2)', [n, what]] as const;
  const noted = (): Promise<unknown> => dataSource.query('select n, what from noted order by n');

  it('answers in the order and shape in which one after the other would', async () => {
    const work = (tx: Tx): Promise<readonly unknown[]> =>
      together(tx, [
        note(1, 'a'),
        ['update noted set what = $1 where n = 1 returning what', ['b']],
        ['select what from noted', []],
        ['delete from noted', []],
        note(2, 'c'),
      ]);
    const answers = await inPipeline(dataSource, SETTINGS, work, () => []);
    expect(answers).toStrictEqual([[], [[{ what: 'b' }], 1], [{ what: 'b' }], [[], 1], []]);
    await dataSource.query('truncate noted');
    expect(await dataSource.transaction(work)).toStrictEqual(answers);
    expect(await noted()).toStrictEqual([{ n: 2, what: 'c' }]);
  });

  it('keeps nothing when one is refused, and says what the server refused first', async () => {
    const failing = inPipeline(
      dataSource,
      SETTINGS,
      async (tx) => {
        const first = together(tx, [note(1, 'a'), note(1, 'again'), note(2, 'b')]);
        const [, other] = await Promise.allSettled([first, tx.query('select 1')]);
        if (other.status === 'rejected') throw other.reason;
      },
      () => [],
    );
    await expect(failing).rejects.toThrow(/noted_pkey/);
    expect(await noted()).toStrictEqual([]);
  });

  it('keeps nothing when what goes with the commit is refused', async () => {
    const failing = inPipeline(
      dataSource,
      SETTINGS,
      (tx) => together(tx, [note(1, 'a')]),
      (tx) => [tx.query(...note(1, 'again'))],
    );
    await expect(failing).rejects.toThrow(/noted_pkey/);
    expect(await noted()).toStrictEqual([]);
  });

  it('keeps nothing when the work itself fails, and leaves the connection to others', async () => {
    const failing = inPipeline(
      dataSource,
      SETTINGS,
      async (tx) => {
        await together(tx, [note(1, 'a')]);
        throw new Error('cannot go on');
      },
      () => [],
    );
    await expect(failing).rejects.toThrow('cannot go on');
    expect(await noted()).toStrictEqual([]);
    await inPipeline(
      dataSource,
      SETTINGS,
      (tx) => together(tx, [note(1, 'a')]),
      () => [],
    );
    expect(await noted()).toStrictEqual([{ n: 1, what: 'a' }]);
  });
});
