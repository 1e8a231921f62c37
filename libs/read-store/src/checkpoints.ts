import type { RecordedEvent } from '@app/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import type { Projection, Tx } from './projection';

export type ReaderKind = 'projection' | 'policy';
/** Of an event: what tells it from others in any store, and where it is in this one. */
export type Taken = Pick<RecordedEvent, 'id' | 'stream' | 'revision' | 'position'>;
type CheckpointRow = Readonly<{ name: string; version: number; position: string }>;

/** Somebody else moved a checkpoint: what this process believed about it is out of date. */
export class CheckpointMoved extends Error {
  constructor() {
    super('a checkpoint was moved by another process');
    this.name = 'CheckpointMoved';
  }
}

type Queries = Pick<DataSource, 'query'> | Tx;

/** Makes the rows of readers that are new; gives the version and position of each. */
export const openCheckpoints = async (
  db: Queries,
  kind: ReaderKind,
  readers: readonly Readonly<{ name: string; version: number }>[],
): Promise<ReadonlyMap<string, Readonly<{ version: number; position: bigint }>>> => {
  await db.query(
    `insert into checkpoint (name, kind, version, "position")
     select name, $2, version, 0 from unnest($1::text[], $3::int[]) as r (name, version) on conflict (name) do nothing`,
    [readers.map((r) => r.name), kind, readers.map((r) => r.version)],
  );
  const rows = await db.query<CheckpointRow[]>('select name, version, "position" from checkpoint where name = any ($1)', [
    readers.map((r) => r.name),
  ]);
  return new Map(rows.map((row) => [row.name, { version: row.version, position: BigInt(row.position) }]));
};

export const positionsOf = async (db: Queries, names: readonly string[]): Promise<ReadonlyMap<string, bigint>> => {
  const rows = await db.query<CheckpointRow[]>('select name, "position" from checkpoint where name = any ($1)', [names]);
  return new Map(rows.map((row) => [row.name, BigInt(row.position)]));
};

/** Locks the rows until the end of the transaction. Errors: CheckpointMoved when one of them is not at `expected`. */
export const holdCheckpoints = async (tx: Tx, names: readonly string[], expected: bigint): Promise<void> => {
  const rows = await tx.query<CheckpointRow[]>('select name, "position" from checkpoint where name = any ($1) order by name for update', [
    names,
  ]);
  if (rows.length !== names.length || rows.some((row) => BigInt(row.position) !== expected)) throw new CheckpointMoved();
};

/** `last` is an event up to `position` that was taken with it, if there was one: by it the place is found again in another store. */
export const moveCheckpoints = async (tx: Queries, names: readonly string[], position: bigint, last?: Taken): Promise<void> => {
  if (last === undefined) {
    await tx.query('update checkpoint set "position" = $2, stopped_at = null, stopped_because = null where name = any ($1)', [
      names,
      position.toString(),
    ]);
    return;
  }
  await tx.query(
    `update checkpoint set "position" = $2, stopped_at = null, stopped_because = null,
     event_id = $3, event_stream = $4, event_revision = $5, event_position = $6 where name = any ($1)`,
    [names, position.toString(), last.id, last.stream, last.revision.toString(), last.position.toString()],
  );
};

/** The same for several readers, each where it is, without waiting for the disk: whoever is sent back by a crash meets events again that change nothing then. */
export const noteReached = async (
  db: Queries,
  places: ReadonlyMap<string, Readonly<{ position: bigint; last: Taken | undefined }>>,
): Promise<void> => {
  const of = [...places.values()];
  await db.query(
    `update checkpoint c set "position" = p."position", stopped_at = null, stopped_because = null,
       event_id = coalesce(p.event_id, c.event_id), event_stream = coalesce(p.event_stream, c.event_stream),
       event_revision = coalesce(p.event_revision, c.event_revision), event_position = coalesce(p.event_position, c.event_position)
     from unnest($1::text[], $2::bigint[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[])
       as p (name, "position", event_id, event_stream, event_revision, event_position),
       (select set_config('synchronous_commit', 'off', true) as commits) as own
     where c.name = p.name and own.commits = 'off'`,
    [
      [...places.keys()],
      of.map(({ position }) => position.toString()),
      of.map(({ last }) => last?.id ?? null),
      of.map(({ last }) => last?.stream ?? null),
      of.map(({ last }) => last?.revision.toString() ?? null),
      of.map(({ last }) => last?.position.toString() ?? null),
    ],
  );
};

/** `because` names the kind of error only: messages may quote rows. */
export const markStopped = async (db: Queries, name: string, at: bigint, because: string): Promise<void> => {
  await db.query('update checkpoint set stopped_at = $2, stopped_because = $3 where name = $1', [name, at.toString(), because]);
};

/** Forgets the checkpoints of readers that no longer exist, so that nobody waits for them. */
export const retireOthers = async (db: Queries, kind: ReaderKind, names: readonly string[]): Promise<void> => {
  await db.query('delete from checkpoint where kind = $1 and name <> all ($2)', [kind, names]);
};

/** Empties the projection's tables and puts its checkpoint before the first event. */
export const resetProjectionIn = async (tx: EntityManager, { name, version, tables }: Projection): Promise<void> => {
  await tx.query('select 1 from checkpoint where name = $1 for update', [name]);
  if (tables.length > 0) await tx.query(`truncate ${tables.map((table) => `"${table}"`).join(', ')}`);
  await tx.query(
    `update checkpoint set "position" = 0, version = $2, stopped_at = null, stopped_because = null,
     event_id = null, event_stream = null, event_revision = null, event_position = null where name = $1`,
    [name, version],
  );
};
