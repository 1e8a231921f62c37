import type { DataSource, EntityManager } from 'typeorm';

/**
 * A table that is there from the first row that is put back until everything is proved: no start takes a half restored instance for a
 * whole one, and the same restore goes on. Made by the restore itself, since it comes before the migrations.
 */
const MARKER = 'restore_under_way';

type Queries = Pick<DataSource | EntityManager, 'query'>;
export type RestoreState = Readonly<{ backupId: string; tablesDone: boolean }>;

export const readRestoreMarker = async (db: Queries): Promise<RestoreState | null> => {
  const [there] = await db.query<{ there: boolean }[]>('select to_regclass($1) is not null as there', [MARKER]);
  if (there?.there !== true) return null;
  const [row] = await db.query<{ backup_id: string; tables_done: boolean }[]>(`select backup_id, tables_done from ${MARKER}`);
  return row === undefined ? null : { backupId: row.backup_id, tablesDone: row.tables_done };
};

export const setRestoreMarker = async (db: Queries, backupId: string): Promise<void> => {
  await db.query(
    `create table if not exists ${MARKER} (
       only_row boolean primary key default true check (only_row), backup_id uuid not null, tables_done boolean not null default false)`,
  );
  await db.query(`insert into ${MARKER} (backup_id) values ($1) on conflict do nothing`, [backupId]);
};

export const markTablesRestored = (tx: EntityManager): Promise<unknown> => tx.query(`update ${MARKER} set tables_done = true`);
export const removeRestoreMarker = (db: Queries): Promise<unknown> => db.query(`drop table if exists ${MARKER}`);
