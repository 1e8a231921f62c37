import { KEPT_TABLES } from '@app/backup';
import { CODEC, PROJECTIONS } from '@app/core';
import { openEventStore, type RecordedEvent } from '@app/event-store';
import { createDataSource, MIGRATIONS, ProjectionRunner, runMigrations } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { emptyDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { command as migrate } from '../../apps/cli/src/commands/migrate.command';
import { CountyWork } from '../support/county-work';
import { startProduct } from '../support/product';
import { columnNames, putRowOfThen, rowsBy, tablesOf } from './as-of-then';

const TABLES = PROJECTIONS.flatMap((projection) => projection.tables);
const POLICY = 'family';
const KEPT: ReadonlySet<string> = new Set(KEPT_TABLES.filter((table) => table !== 'checkpoint'));

type Rows = Readonly<Record<string, readonly string[]>>;

const readModelsOf = async (dataSource: DataSource): Promise<Rows> => {
  const all: Record<string, readonly string[]> = {};
  for (const table of TABLES) all[table] = await rowsBy(dataSource, table, await columnNames(dataSource, table));
  return all;
};

/** What is not made anew from events, in the columns that there were then. */
const keptRows = async (dataSource: DataSource, columns: Readonly<Record<string, readonly string[]>>): Promise<Rows> => {
  const all: Record<string, readonly string[]> = {};
  for (const [table, names] of Object.entries(columns)) all[table] = await rowsBy(dataSource, table, names);
  return all;
};

describe('An instance of an earlier version', () => {
  let events: readonly RecordedEvent[];
  let fresh: Rows;

  /** A fresh instance of today, in which the main job was done. */
  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const product = await startProduct();
    try {
      const work = new CountyWork(product);
      await work.finish(await work.handOver(await work.file()), ['T', 'S']);
      await work.report(await work.handToTown(await work.file({ text: '第二户。' })), 'T');
      await work.file({ text: '第三户。', category: 'water' });
      await product.settle();
      const store = openEventStore({ url: product.stores['DATABASE_URL'] ?? '' });
      events = await store.readAll(0n, 10_000);
      await store.close();
      const dataSource = await createDataSource(product.stores['DATABASE_URL'] ?? '').initialize();
      fresh = await readModelsOf(dataSource);
      await dataSource.destroy();
    } finally {
      await product.close();
    }
  });
  afterAll(() => jest.restoreAllMocks());

  const fill = async (dataSource: DataSource): Promise<void> => {
    await dataSource.query(`insert into events select * from json_populate_recordset(null::events, $1::json)`, [
      JSON.stringify(events.map((event) => ({ ...event, revision: String(event.revision), position: String(event.position) }))),
    ]);
    for (const table of await tablesOf(dataSource)) {
      if (['events', 'migration', 'checkpoint'].includes(table)) continue;
      await putRowOfThen(dataSource, table);
    }
    if ((await tablesOf(dataSource)).includes('checkpoint')) {
      const head = String(events.at(-1)?.position);
      await dataSource.query(
        `insert into checkpoint (name, kind, version, "position") values ($1, 'policy', 1, $2), ($3, 'projection', 0, $2)`,
        [POLICY, head, PROJECTIONS[0]?.name],
      );
    }
  };

  it.each(MIGRATIONS.map((migration, n) => [new migration().name ?? '', n] as const))(
    'whose last migration was %s is brought up to today: nothing is lost, read models are those of a fresh one, policies stay where they were',
    async (_name, last) => {
      const database = await emptyDatabase();
      await runMigrations(database.url, MIGRATIONS.slice(0, last + 1));
      const dataSource = await createDataSource(database.url, { poolSize: 3 }).initialize();
      const store = openEventStore({ url: database.url });
      try {
        await fill(dataSource);
        const columns: Record<string, readonly string[]> = {};
        for (const table of await tablesOf(dataSource)) if (KEPT.has(table)) columns[table] = await columnNames(dataSource, table);
        const before = await keptRows(dataSource, columns);
        await migrate.run([], loadSettings({ DATABASE_URL: database.url }));
        expect(await keptRows(dataSource, columns)).toStrictEqual(before);
        expect(await store.readAll(0n, 10_000)).toStrictEqual(events);
        const policies = await dataSource.query<unknown[]>(
          `select name, "position", event_id, event_position from checkpoint where kind = 'policy'`,
        );
        const end = events.at(-1);
        const stands = { name: POLICY, position: String(end?.position), event_id: end?.id, event_position: String(end?.position) };
        // Before there were checkpoints, nothing had been reacted to; before there were anchors, the migration finds them.
        const anchored = last >= MIGRATIONS.findIndex((migration) => new migration().name?.startsWith('reader-anchors') === true);
        expect(policies).toStrictEqual(last < 1 ? [] : [anchored ? { ...stands, event_id: null, event_position: null } : stands]);
        const runner = new ProjectionRunner({ store, dataSource, codec: CODEC, projections: PROJECTIONS });
        await runner.rebuild();
        expect(await readModelsOf(dataSource)).toStrictEqual(fresh);
      } finally {
        await store.close();
        await dataSource.destroy();
        await database.drop();
      }
    },
  );
});
