import { availableParallelism } from 'node:os';
import { PostgresEventStore, type EventCodec, type EventStore, type RecordedEvent } from '@app/event-store';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { Taken } from '../checkpoints';
import type { Projection } from '../projection';
import { connect, loadRanges, loadShared, type BulkJob } from './bulk-loader';
import type { BulkModule, BulkProjections, SummedTable } from './bulk-projections';
import { loadInThread } from './bulk-threads';
import { indexStatements, partsOf, SHADOW } from './shadow-tables';
import { stageEvents } from './staged-events';
import { rangesOf, type StreamRange, type StreamSource } from './stream-source';

export type BulkWay = Readonly<{
  loaded: BulkModule;
  /** File of the module that gives `loaded`, for threads; without it everything is done in this one. */
  file?: string;
}>;

export const coveredBy = ({ loaded }: BulkWay, name: string): boolean => loaded.bulk.some(({ names }) => names.includes(name));

export type BulkLoad = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  codec: EventCodec;
  projections: readonly Projection[];
  bulk: BulkWay;
  head: bigint;
  live: string;
  signal: AbortSignal;
}>;

/** Fewer ranges are folded before a thread has loaded its modules. */
const RANGES_FOR_THREADS = 15;
const INDEX_BUILDERS = 2;
const PAGE = 5_000;

/** Fills the shadow tables of the projections and gives them their indexes. Answers with the last event read, if there was one. */
export const bulkLoad = async (load: BulkLoad): Promise<Taken | undefined> => {
  const { dataSource, projections, bulk, head } = load;
  const url = urlOf(dataSource);
  const names = projections.map(({ name }) => name);
  const tables = projections.flatMap((projection) => projection.tables);
  const families = bulk.loaded.bulk.filter((one) => one.names.some((name) => names.includes(name)));
  const client = await connect(url);
  try {
    const sums = families.flatMap((one) => Object.entries(one.sums)).filter(([table]) => tables.includes(table));
    for (const [table, { by, sum, of }] of sums) {
      const columns = [...by, sum].map((column) => `"${column}"`).join(', ');
      if (of === undefined) await client.query(`create table ${SHADOW}.${partsOf(table)} as select ${columns} from ${SHADOW}."${table}"`);
    }
    const source = await sourceOf(load, families, url);
    const shared = await sharedEvents(load, families);
    const job: BulkJob = { url, source, head, shared, wanted: names, tables };
    await loadShared(bulk.loaded, job);
    await loadAll(load, job, await rangesOf(client, source));
    for (const [table, summed] of sums) await sumUp(client, table, summed);
    await buildIndexes(load, url, tables);
    return await lastEvent(source, head);
  } finally {
    await client.end();
  }
};

const sumUp = async (client: Client, table: string, { by, sum, of }: SummedTable): Promise<void> => {
  const keys = by.map((column) => `"${column}"`).join(', ');
  const [parts, part] = of === undefined ? [partsOf(table), sum] : [`"${of.table}"`, of.column];
  await client.query(
    `insert into ${SHADOW}."${table}" (${keys}, "${sum}")
     select ${keys}, sum("${part}") from ${SHADOW}.${parts} group by ${keys} having sum("${part}") <> 0`,
  );
  if (of === undefined) await client.query(`drop table ${SHADOW}.${parts}`);
};

/** Deals the ranges out to threads, or folds them here where there are few. */
const loadAll = async ({ bulk, signal }: BulkLoad, job: BulkJob, ranges: readonly StreamRange[]): Promise<void> => {
  const left = [...ranges];
  const next = async (): Promise<StreamRange | null> => (signal.aborted ? null : (left.shift() ?? null));
  const { file, loaded } = bulk;
  const work = async (): Promise<void> => {
    try {
      await (file === undefined || ranges.length < RANGES_FOR_THREADS ? loadRanges(loaded, job, next) : loadInThread(file, job, next));
    } catch (error) {
      left.splice(0);
      throw error;
    }
  };
  const workers = file === undefined || ranges.length < RANGES_FOR_THREADS ? 1 : Math.max(2, availableParallelism());
  // All of them end before a failure of one is told, since what follows drops their tables.
  const results = await Promise.allSettled(Array.from({ length: workers }, () => work()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  signal.throwIfAborted();
};

const urlOf = ({ options }: DataSource): string => {
  if (options.type !== 'postgres' || options.url === undefined) throw new RangeError('the read models lie in PostgreSQL, by URL');
  return options.url;
};

/** The store's own table where it has one; else a copy that is gone with the shadow tables. */
const sourceOf = async (
  { store, head, live, signal }: BulkLoad,
  families: readonly BulkProjections[],
  url: string,
): Promise<StreamSource> => {
  const prefixes = [...new Set(families.flatMap(({ streamPrefixes }) => streamPrefixes))];
  if (store instanceof PostgresEventStore) return { url: store.table.url, table: `"${store.table.schema ?? live}".events`, prefixes };
  return { url, table: await stageEvents({ store, url, prefixes, head, live, signal }), prefixes };
};

const sharedEvents = async ({ store, codec, head }: BulkLoad, families: readonly BulkProjections[]): Promise<readonly RecordedEvent[]> => {
  const eventTypes = [...new Set(families.flatMap(({ shared }) => shared))];
  const events: RecordedEvent[] = [];
  for (let after = 0n; after < head;) {
    const page = await store.readAll(after, PAGE, { eventTypes });
    events.push(...page.filter(({ position }) => position <= head).map((event) => codec.decode(event)));
    after = page.length === PAGE ? (page.at(-1)?.position ?? head) : head;
  }
  return events;
};

const buildIndexes = async ({ dataSource, live, signal }: BulkLoad, url: string, tables: readonly string[]): Promise<void> => {
  const left = [...(await indexStatements(dataSource.manager, live, tables)), ...tables.map((table) => `analyze ${SHADOW}."${table}"`)];
  const build = async (): Promise<void> => {
    const client = await connect(url);
    try {
      await client.query(`set maintenance_work_mem = '128MB'`);
      for (let sql = left.shift(); sql !== undefined && !signal.aborted; sql = left.shift()) await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const results = await Promise.allSettled(Array.from({ length: INDEX_BUILDERS }, () => build()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  signal.throwIfAborted();
};

const lastEvent = async ({ url, table }: StreamSource, head: bigint): Promise<Taken | undefined> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; stream: string; revision: string; position: string }>(
      `select id, stream, revision, "position" from ${table} where "position" <= $1 order by "position" desc limit 1`,
      [head.toString()],
    );
    const [row] = rows;
    return row === undefined ? undefined : { ...row, revision: BigInt(row.revision), position: BigInt(row.position) };
  } finally {
    await client.end();
  }
};
