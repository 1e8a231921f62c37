import type { DataSource } from 'typeorm';
import { filed } from '../../../libs/findings/src/testing/finding-builders';
import { METADATA } from './payload';

/** A moment as SQL. */
export const at = (ms: number): string => `to_timestamp(${ms / 1_000})`;

/** Findings that were filed and wait for their triage, as their events and rows are stored; `dueAt` is SQL that gives each its moment. */
export const file = async (database: DataSource, count: number, dueAt: string): Promise<void> => {
  const { type, data } = filed();
  const runner = database.createQueryRunner();
  try {
    await runner.query('set synchronous_commit = off');
    await runner.query(
      `with made as materialized (
         select gen_random_uuid()::text as id, n, to_char(${dueAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due
         from generate_series(1, $1::int) as n
       ), stored as (
         insert into events ("position", stream, revision, id, type, version, data, metadata)
         select (select coalesce(max("position"), 0) from events) + n, 'finding-' || id, 0, gen_random_uuid(), $2, 1,
           jsonb_set($3::jsonb, '{triageDue,at}', to_jsonb(due)), $4::jsonb from made
       )
       insert into finding_deadline (finding_id, key, kind, leg_id, unit_id, running, due_at, due, since, provisional, calendar_version,
         first_year, last_year, reminded_3, reminded_1, passed)
       select id, 'triage', 'triage', null, $5, true, due::timestamptz, jsonb_set($6::jsonb, '{at}', to_jsonb(due)), '2020-07-06T02:00:00Z',
         false, $7, 2030, 2030, false, false, false from made`,
      [
        count,
        type,
        JSON.stringify(data),
        JSON.stringify(METADATA),
        data.teamId,
        JSON.stringify(data.triageDue),
        data.triageDue.calendarVersion,
      ],
    );
  } finally {
    await runner.query('reset all');
    await runner.release();
  }
};

type Index = Readonly<{ name: string; sql: string; key: boolean }>;
const TABLES = ['events', 'finding_deadline'] as const;

/** The same for so many that it is quicker to make the indexes anew afterwards, which leaves them no worse than those of tables that grew. */
export const fileMany = async (database: DataSource, count: number, dueAt: string): Promise<void> => {
  const again: string[] = [];
  for (const table of TABLES) {
    const indexes: readonly Index[] = await database.query(
      `select i.relname as name, coalesce(pg_get_constraintdef(k.oid), pg_get_indexdef(i.oid)) as sql, k.oid is not null as key
       from pg_index x join pg_class i on i.oid = x.indexrelid
       left join pg_constraint k on k.conindid = i.oid and k.contype in ('p', 'u') where x.indrelid = $1::regclass order by 1`,
      [table],
    );
    for (const { name, sql, key } of indexes) {
      await database.query(key ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`);
      again.push(key ? `alter table ${table} add constraint ${name} ${sql}` : sql);
    }
  }
  await file(database, count, dueAt);
  const runner = database.createQueryRunner();
  try {
    await runner.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
    for (const sql of again) await runner.query(sql);
    for (const table of TABLES) await runner.query(`vacuum analyze ${table}`);
  } finally {
    await runner.query('reset all');
    await runner.release();
  }
};
