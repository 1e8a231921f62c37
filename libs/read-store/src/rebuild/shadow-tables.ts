import type { EntityManager } from 'typeorm';

/** Where read models are made anew while the live ones are read. There is one at most; nothing in it is worth keeping. */
export const SHADOW = 'read_models_aside';
/** Parts of a summed table, before they are summed up. */
export const partsOf = (table: string): string => `${table}_parts`;

type Queries = Pick<EntityManager, 'query'>;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const dropShadow = async (db: Queries): Promise<void> => {
  await db.query(`drop schema if exists ${SHADOW} cascade`);
};

/** The schema in which the live tables lie. */
export const liveSchema = async (db: Queries): Promise<string> => {
  const [row] = await db.query<{ schema: string }[]>('select current_schema() as schema');
  return row?.schema ?? 'public';
};

export const createShadow = async (db: Queries): Promise<void> => {
  await dropShadow(db);
  await db.query(`create schema ${SHADOW}`);
};

/** The same columns in the same order, with defaults, checks and settings; indexes come later. */
export const createShadowTable = async (db: Queries, live: string, table: string): Promise<void> => {
  const [from, to] = [`${quoted(live)}.${quoted(table)}`, `${SHADOW}.${quoted(table)}`];
  await db.query(`create table ${to} (like ${from} including all excluding indexes excluding statistics)`);
  const statements = await db.query<{ sql: string }[]>(
    `select format('alter table %s set (%s)', $2::text, array_to_string(c.reloptions, ', ')) as sql
     from pg_class c where c.oid = $1::regclass and c.reloptions is not null
     union all
     select format('grant %s on %s to %s', a.privilege_type, $2::text, case a.grantee when 0 then 'public' else a.grantee::regrole::text end)
     from pg_class c cross join lateral aclexplode(c.relacl) a where c.oid = $1::regclass and a.grantee <> c.relowner`,
    [from, to],
  );
  for (const { sql } of statements) await db.query(sql);
};

/** Statements that give the shadow tables the indexes and keys of the live ones, under the same names; the largest tables first. */
export const indexStatements = async (db: Queries, live: string, tables: readonly string[]): Promise<readonly string[]> => {
  const rows = await db.query<{ sql: string }[]>(
    `select coalesce(
       (select format('alter table %I.%I add constraint %I %s', $3::text, t.relname, k.conname, pg_get_constraintdef(k.oid))
        from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')),
       replace(pg_get_indexdef(i.indexrelid), format(' ON %I.%I ', $1::text, t.relname), format(' ON %I.%I ', $3::text, t.relname))) as sql
     from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
     where t.relnamespace = $1::regnamespace and t.relname = any ($2)
     order by pg_relation_size(i.indexrelid) desc, x.relname`,
    [live, tables, SHADOW],
  );
  return rows.map(({ sql }) => sql);
};

/** Puts the shadow tables in the place of the live ones, which go. Readers are kept out from here to the end of the transaction. */
export const putInPlace = async (tx: EntityManager, live: string, tables: readonly string[]): Promise<void> => {
  if (tables.length === 0) return;
  const names = tables.map((table) => `${quoted(live)}.${quoted(table)}`).join(', ');
  await tx.query(`lock table ${names} in access exclusive mode`);
  await tx.query(`drop table ${names}`);
  for (const table of tables) await tx.query(`alter table ${SHADOW}.${quoted(table)} set schema ${quoted(live)}`);
};
