import type { DataSource } from 'typeorm';

export type ProcessBeat = Readonly<{
  /** By the clock of the database, which also wrote it: machines whose clocks differ do not matter. */
  secondsAgo: number;
  detail: unknown;
}>;

type Queries = Pick<DataSource, 'query'>;

/** Says that a process lives. What has been silent for a day is forgotten on the way. */
export const beat = async (
  db: Queries,
  { id, process, detail }: Readonly<{ id: string; process: string; detail: unknown }>,
): Promise<void> => {
  await db.query(
    `with forgotten as (delete from process_beat where beat_at < now() - interval '1 day' and id <> $1)
     insert into process_beat (id, process, detail) values ($1, $2, $3)
     on conflict (id) do update set beat_at = now(), detail = excluded.detail`,
    [id, process, JSON.stringify(detail)],
  );
};

/** A process that ends in order is not missed. */
export const endBeat = async (db: Queries, id: string): Promise<void> => {
  await db.query('delete from process_beat where id = $1', [id]);
};

/** Of the processes of this name, the one that was heard last; null when none ever was. */
export const lastBeat = async (db: Queries, process: string): Promise<ProcessBeat | null> => {
  const rows = await db.query<{ seconds_ago: string; detail: unknown }[]>(
    `select greatest(0, extract(epoch from now() - beat_at)) as seconds_ago, detail
     from process_beat where process = $1 order by beat_at desc limit 1`,
    [process],
  );
  const row = rows[0];
  return row === undefined ? null : { secondsAgo: Math.round(Number(row.seconds_ago)), detail: row.detail };
};
