import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECTIONS } from '@app/core';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { linesOf } from './table-rows';
import { FOLLOWS_EVENTS, KEPT_FILES, KEPT_TABLES, LEFT_OUT_FILES, LEFT_OUT_SCHEMAS, LEFT_OUT_TABLES } from './contents';

const sourcesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name) && !/spec\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'));

describe('What a backup holds', () => {
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
  const namesFrom = async (sql: string): Promise<readonly string[]> =>
    (await dataSource.query<{ name: string }[]>(sql)).map(({ name }) => name);

  it('knows of every table whether it is a read model, in the backup, or left out for a reason', async () => {
    const tables = await namesFrom(`select tablename as name from pg_tables where schemaname = 'public' order by 1`);
    const known = [...PROJECTIONS.flatMap((projection) => projection.tables), ...KEPT_TABLES, ...Object.keys(LEFT_OUT_TABLES)];
    expect(tables.filter((table) => !known.includes(table))).toStrictEqual([]);
    expect(known.filter((table) => !tables.includes(table))).toStrictEqual([]);
    expect(known.length).toBe(new Set(known).size);
  });

  it('knows every schema', async () => {
    const schemas = await namesFrom(
      `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`,
    );
    expect(schemas.filter((schema) => LEFT_OUT_SCHEMAS[schema] === undefined)).toStrictEqual([]);
  });

  it('leaves out what waited to be sent: a restore sends nothing again', async () => {
    for (const state of ['waiting', 'sent', 'dead']) {
      await dataSource.query(
        `insert into outbox (id, channel, state, next_at, created_at) values (gen_random_uuid(), 'mail', $1, now(), now())`,
        [state],
      );
    }
    const kept = await dataSource.transaction(async (tx) => {
      const lines: string[] = [];
      for await (const some of linesOf(tx, 'outbox')) lines.push(...some);
      return lines.map((line) => (JSON.parse(line) as { state: string }).state);
    });
    expect(kept.sort()).toStrictEqual(['dead', 'sent']);
  });

  it('puts rows back after those that they refer to', async () => {
    const references = await dataSource.query<{ own: string; other: string }[]>(
      `select conrelid::regclass::text as own, confrelid::regclass::text as other from pg_constraint where contype = 'f' and conrelid <> confrelid`,
    );
    const order: readonly string[] = KEPT_TABLES;
    const kept = references.filter(({ own }) => order.includes(own));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ own, other }) => order.indexOf(other) < 0 || order.indexOf(other) > order.indexOf(own))).toStrictEqual([]);
  });

  it('takes from the later snapshot nothing that a row of the earlier one could miss', async () => {
    const references = await dataSource.query<{ own: string; other: string }[]>(
      `select conrelid::regclass::text as own, confrelid::regclass::text as other from pg_constraint where contype = 'f'`,
    );
    const follows: ReadonlySet<string> = FOLLOWS_EVENTS;
    // The other way round, an earlier row would be referred to by a later one, and could be absent.
    expect(references.filter(({ own, other }) => !follows.has(own) && follows.has(other))).toStrictEqual([]);
  });

  it('knows every place below DATA_DIR that the sources name', () => {
    const root = path.resolve(__dirname, '../../..');
    const named = new Set<string>();
    for (const file of ['libs', 'apps', 'seeds'].flatMap((folder) => sourcesBelow(path.join(root, folder)))) {
      for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:path\.)?join\((?:\w+\.)?dataDir, '([^'/]+)'/g)) named.add(name);
    }
    const known = [...KEPT_FILES.map(({ name }) => name), ...Object.keys(LEFT_OUT_FILES)];
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => !known.includes(name))).toStrictEqual([]);
  });
});
