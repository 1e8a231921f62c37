import type { DataSource, QueryRunner } from 'typeorm';

const FINDINGS = `starts_with(stream, 'finding-')`;

/** On one connection, with the room for it that making an index of a million rows takes. */
const unguarded = async (dataSource: DataSource, work: (runner: QueryRunner) => Promise<void>): Promise<void> => {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'`);
    // The log lets nothing be taken away from it; this one is a copy of nobody's.
    await runner.query('alter table events disable trigger events_append_only');
    await work(runner);
    await runner.query('alter table events enable trigger events_append_only');
  } finally {
    await runner.query('reset all');
    await runner.release();
  }
};

/** Leaves one finding of `of` in the log, with all of its events, until `putBack`. */
export const setAside = async (dataSource: DataSource, of: number): Promise<void> =>
  unguarded(dataSource, async (runner) => {
    await runner.query(`create unlogged table set_aside as select * from events where ${FINDINGS} and hashtext(stream) % ${of} <> 0`);
    await runner.query('delete from events e using set_aside s where s."position" = e."position"');
    await runner.query('vacuum analyze events');
  });

export const putBack = async (dataSource: DataSource): Promise<void> =>
  unguarded(dataSource, async (runner) => {
    await runner.query('insert into events select * from set_aside order by "position"');
    await runner.query('drop table set_aside');
    await runner.query('vacuum analyze events');
  });

/**
 * Every finding's events come `times` times, later in the log and under ids of their own. Indexes are made afterwards, which
 * leaves them no worse than those of a log that grew.
 */
export const multiply = async (dataSource: DataSource, times: number): Promise<void> =>
  unguarded(dataSource, async (runner) => {
    const keys = (await runner.query(
      `select conname as name, pg_get_constraintdef(oid) as sql from pg_constraint where conrelid = 'events'::regclass and contype in ('p', 'u')`,
    )) as readonly Readonly<{ name: string; sql: string }>[];
    const [row] = (await runner.query('select max("position") as head from events')) as readonly Readonly<{ head: string }>[];
    const head = row?.head ?? '0';
    await runner.query(`create unlogged table told as select * from events where ${FINDINGS} order by "position"`);
    for (const { name } of keys) await runner.query(`alter table events drop constraint ${name}`);
    await runner.query(
      `insert into events ("position", stream, revision, id, type, version, data, metadata)
       select e."position" + c * $2::bigint, 'finding-' || md5(e.stream || c)::uuid, e.revision, md5(e.id::text || c)::uuid, e.type, e.version,
         e.data, e.metadata
       from generate_series(1, $1::int) c cross join lateral (select * from told where c > 0 order by "position") e`,
      [times - 1, head],
    );
    await runner.query('drop table told');
    for (const { name, sql } of keys) await runner.query(`alter table events add constraint ${name} ${sql}`);
    await runner.query('vacuum analyze events');
  });
