import type { EventCodec, EventStore } from '@app/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import type { Projection } from './projection';

/** Rows that only one side has; both empty means equal. */
export type TableDifference = Readonly<{
  projection: string;
  table: string;
  rows: number;
  onlyLive: readonly unknown[];
  onlyRebuilt: readonly unknown[];
}>;

const PAGE = 2_000;
const SHOWN = 20;

/**
 * Builds each projection anew from events beside the live tables (in a schema that is never committed) and compares
 * row for row at the live checkpoint. Returns one entry per table; the live runner waits meanwhile.
 */
export const compareWithRebuild = async (
  options: Readonly<{ store: EventStore; dataSource: DataSource; codec: EventCodec; projections: readonly Projection[] }>,
): Promise<readonly TableDifference[]> => {
  const result: TableDifference[] = [];
  for (const projection of options.projections) result.push(...(await compareOne(options, projection)));
  return result;
};

const compareOne = async (
  { store, dataSource, codec }: Readonly<{ store: EventStore; dataSource: DataSource; codec: EventCodec }>,
  projection: Projection,
): Promise<readonly TableDifference[]> => {
  const runner = dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    const tx = runner.manager;
    const [row] = await tx.query<{ position: string; live: string }[]>(
      'select "position", current_schema() as live from checkpoint where name = $1 for update',
      [projection.name],
    );
    if (row === undefined) throw new RangeError(`projection ${projection.name} has never run`);
    await tx.query('create schema rebuilt');
    for (const table of projection.tables) await tx.query(`create table rebuilt."${table}" (like "${row.live}"."${table}" including all)`);
    await tx.query(`set local search_path = rebuilt, "${row.live}"`);
    await replay(store, codec, projection, BigInt(row.position), tx);
    const differences: TableDifference[] = [];
    for (const table of projection.tables) differences.push(await compareTable(tx, projection.name, table, row.live));
    return differences;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
};

const replay = async (store: EventStore, codec: EventCodec, projection: Projection, upTo: bigint, tx: EntityManager): Promise<void> => {
  for (let position = 0n; position < upTo;) {
    const page = await store.readAll(position, PAGE, { eventTypes: projection.handles });
    const events = page.filter((event) => event.position <= upTo).map((event) => codec.decode(event));
    if (events.length > 0) await projection.apply(events, tx);
    if (page.length < PAGE) return;
    position = page.at(-1)?.position ?? upTo;
  }
};

const compareTable = async (tx: EntityManager, projection: string, table: string, live: string): Promise<TableDifference> => {
  const rowsOf = (schema: string): string => `select to_jsonb(t) as row from "${schema}"."${table}" t`;
  const minus = async (a: string, b: string): Promise<readonly unknown[]> =>
    (await tx.query<{ row: unknown }[]>(`${rowsOf(a)} except all ${rowsOf(b)} limit ${SHOWN}`)).map(({ row }) => row);
  const [count] = await tx.query<{ n: number }[]>(`select count(*)::int as n from "${live}"."${table}"`);
  return {
    projection,
    table,
    rows: count?.n ?? 0,
    onlyLive: await minus(live, 'rebuilt'),
    onlyRebuilt: await minus('rebuilt', live),
  };
};
