import { MIGRATIONS, readRestoreMarker, type MigrationClass } from '@app/read-store';
import type { DataSource } from 'typeorm';
import { KEPT_TABLES } from './contents';
import { BackupRefused } from './errors';
import type { Manifest } from './manifest';

const nameOf = (migration: MigrationClass): string => new migration().name ?? migration.name;

/** The migrations that made the schema of the backup. Errors: BackupRefused when this product does not know one of them. */
export const migrationsOf = (manifest: Manifest): readonly MigrationClass[] => {
  const known = new Map(MIGRATIONS.map((migration) => [nameOf(migration), migration]));
  return manifest.migrations.map(
    (name) =>
      known.get(name) ??
      refuse({
        zh: '该备份由更新的版本生成，请用那个版本（或更新的版本）恢复。',
        en: 'This backup is of a newer version of the product: restore it with that one, or a later one.',
      }),
  );
};

const refuse = (sentence: BackupRefused['sentence']): never => {
  throw new BackupRefused(sentence);
};

const tablesThere = async (dataSource: DataSource): Promise<ReadonlySet<string>> =>
  new Set(
    (await dataSource.query<{ name: string }[]>('select tablename as name from pg_tables where schemaname = current_schema()')).map(
      ({ name }) => name,
    ),
  );

/**
 * Whether this instance may take the backup: it is empty, or holds a part of this very backup. `headElsewhere` asks a store that is not
 * in this database for its last event. Errors: BackupRefused otherwise, with nothing changed; StoreUnavailable.
 */
export const mustTake = async (
  manifest: Manifest,
  dataSource: DataSource,
  headElsewhere: (() => Promise<bigint>) | null,
): Promise<void> => {
  const marker = await readRestoreMarker(dataSource);
  if (marker !== null) {
    if (marker.backupId === manifest.id) return;
    refuse({
      zh: '本实例正处于另一份备份的恢复之中；请用那份备份完成，或换一个空的数据库。',
      en: 'Another backup has been restored here in part: finish it with that one, or take an empty database.',
    });
  }
  const tables = await tablesThere(dataSource);
  for (const table of ['events', ...KEPT_TABLES].filter((name) => tables.has(name))) {
    const rows = await dataSource.query<unknown[]>(`select 1 from "${table}" limit 1`);
    if (rows.length > 0) refuseFilled();
  }
  if (headElsewhere !== null && (await headElsewhere()) > 0n) refuseFilled();
  await mustHaveSchemaOf(manifest, dataSource, tables);
};

const refuseFilled = (): never =>
  refuse({
    zh: '恢复只能在空实例上进行，而这里已有数据。请另设 DATA_DIR（或空的 DATABASE_URL、EVENTSTORE_URL）；原有数据未作改动。',
    en: 'A restore goes into an empty instance only, and there is data here. Set another DATA_DIR (or an empty DATABASE_URL, EVENTSTORE_URL); nothing was changed.',
  });

/** Rows go into the tables as they were; later migrations then work on them as they would have at a start. */
const mustHaveSchemaOf = async (manifest: Manifest, dataSource: DataSource, tables: ReadonlySet<string>): Promise<void> => {
  if (!tables.has('migration')) {
    if (tables.size > 0) {
      refuse({
        zh: '该数据库中已有其他程序的表，请换一个空的数据库。',
        en: 'The database holds tables of something else: take an empty one.',
      });
    }
    return;
  }
  const run = (await dataSource.query<{ name: string }[]>('select name from migration')).map(({ name }) => name);
  if (run.some((name) => !manifest.migrations.includes(name))) {
    refuse({
      zh: '数据库结构比备份新：请删除并重建这个空数据库（内置数据库请换一个 DATA_DIR），再恢复。',
      en: 'The schema of this empty database is newer than the backup: drop and create it again (with the embedded one, take another DATA_DIR), then restore.',
    });
  }
};
