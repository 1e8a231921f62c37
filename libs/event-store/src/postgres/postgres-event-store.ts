import { Pool } from 'pg';
import {
  EventStore,
  StoreUnavailable,
  type AllFilter,
  type Appended,
  type EventBatch,
  type EventMetadata,
  type EventToAppend,
  type ExpectedRevision,
  type RecordedEvent,
  type StreamEvents,
} from '../event-store.port';
import { checkPage, prepareAppend } from '../append-arguments';
import { followFrom } from '../follow';
import { WakeUp } from '../wake-up';
import { AppendQueue } from './append-queue';
import { appendUnchanged } from './append-unchanged';
import { isTransient, isUnavailable } from './pg-errors';
import { PgListener } from './pg-listener';
import { EVENTS_CHANNEL } from './schema';
import { SharedTail } from './shared-tail';

export type PostgresEventStoreOptions = Readonly<{
  url: string;
  /** Where the table lies; the product's own lies where the search path of the role leads. Wake-ups are heard across schemas, which costs a look. */
  schema?: string;
  /** Connections for reads and appends together. */
  poolSize?: number;
  /** How long an append is repeated while the server cannot be reached before StoreUnavailable, ms. */
  settleWithinMs?: number;
  /** A server that does not answer within this time counts as unavailable, ms. */
  answerWithinMs?: number;
  /** Subscriptions look for themselves this often, in case a notification was lost, ms. */
  pollMs?: number;
  /** Default 10,000. */
  maxEventsPerAppend?: number;
}>;

type EventRow = Readonly<{
  position: string;
  stream: string;
  revision: string;
  id: string;
  type: string;
  version: number;
  data: unknown;
  metadata: EventMetadata;
}>;

const COLUMNS = '"position", stream, revision, id, type, version, data, metadata';
const MAX_PAGE = 10_000;
const PLAIN_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

const eventOf = (row: EventRow): RecordedEvent => ({
  id: row.id,
  type: row.type,
  version: row.version,
  data: row.data,
  metadata: row.metadata,
  stream: row.stream,
  revision: BigInt(row.revision),
  position: BigInt(row.position),
});

/** The embedded default: one table, positions in commit order, group commit. Its table comes with the migrations. */
export class PostgresEventStore extends EventStore {
  private readonly pool: Pool;
  private readonly queue: AppendQueue;
  private readonly appended = new WakeUp();
  private readonly closing = new AbortController();
  private readonly listenConfig: Readonly<{ connectionString: string; connectionTimeoutMillis: number }>;
  private readonly pollMs: number;
  private readonly settleWithinMs: number;
  private listener: PgListener | null = null;

  private readonly tail: SharedTail;
  private readonly maxEventsPerAppend: number | undefined;
  /** Where the table `events` lies, for whoever reads it in another order than the log's; nobody else writes it. */
  readonly table: Readonly<{ url: string; schema: string | null }>;

  constructor(options: PostgresEventStoreOptions) {
    super();
    const { url, schema, poolSize = 8, settleWithinMs = 4_000, answerWithinMs = 10_000, pollMs = 500 } = options;
    if (schema !== undefined && !PLAIN_NAME.test(schema)) throw new RangeError('not a schema name');
    this.table = { url, schema: schema ?? null };
    this.pool = new Pool({
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: Math.min(answerWithinMs, 5_000),
      query_timeout: answerWithinMs,
      keepAlive: true,
      application_name: 'qingling-events',
      // Every query here has its index; a plan made while the table was small must not read it whole later.
      options: `-c enable_seqscan=off -c jit=off${schema === undefined ? '' : ` -c search_path=${schema}`}`,
    });
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.queue = new AppendQueue(this.pool, { settleWithinMs });
    this.settleWithinMs = settleWithinMs;
    this.listenConfig = { connectionString: url, connectionTimeoutMillis: 5_000 };
    this.pollMs = pollMs;
    const reads = { head: () => this.head(), after: (position: bigint, limit: number) => this.newest(position, limit) };
    this.tail = new SharedTail(reads, this.appended, pollMs);
    this.maxEventsPerAppend = options.maxEventsPerAppend;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    return this.queue.add(stream, expected, prepareAppend(stream, expected, events, this.maxEventsPerAppend));
  }

  override async appendUnchanged(since: bigint, appends: readonly StreamEvents[]): Promise<ReadonlySet<string>> {
    if (this.closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
    const prepared = appends.map(({ stream, events }) => ({
      stream,
      events: prepareAppend(stream, 'stream-exists', events, this.maxEventsPerAppend),
    }));
    if (prepared.length === 0) return new Set();
    try {
      return await appendUnchanged(this.pool, since, prepared, this.settleWithinMs);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      // Something among them is refused; each by itself, only the culprit fails.
      return super.appendUnchanged(since, appends);
    }
  }

  override async begin(stream: string, events: readonly EventToAppend[]): Promise<Appended | null> {
    return this.queue.begin(stream, prepareAppend(stream, 'no-stream', events, this.maxEventsPerAppend));
  }

  async readStream(stream: string, from = 0n, limit = MAX_PAGE): Promise<readonly RecordedEvent[]> {
    checkPage(limit);
    return this.rows({
      name: 'read-stream',
      text: `select ${COLUMNS} from events where stream = $1 and revision >= $2 order by revision limit $3`,
      values: [stream, from.toString(), limit],
    });
  }

  async heads(streams: readonly string[]): Promise<ReadonlyMap<string, Appended>> {
    const rows = await this.ask<Readonly<{ stream: string; revision: string; position: string }>>({
      name: 'heads',
      text: `select asked.stream, last.revision, last."position" from unnest($1::text[]) as asked (stream) cross join lateral
        (select revision, "position" from events where stream = asked.stream order by revision desc limit 1) as last`,
      values: [streams],
    });
    return new Map(rows.map((row) => [row.stream, { revision: BigInt(row.revision), position: BigInt(row.position) }]));
  }

  async readAll(after: bigint, limit: number, filter: AllFilter = {}): Promise<readonly RecordedEvent[]> {
    checkPage(limit);
    const { streamPrefixes = null, eventTypes = null } = filter;
    if (streamPrefixes === null && eventTypes === null) {
      return this.rows({
        name: 'read-all',
        text: `select ${COLUMNS} from events where "position" > $1 order by "position" limit $2`,
        values: [after.toString(), limit],
      });
    }
    return this.rows({
      name: 'read-all-filtered',
      text: `select ${COLUMNS} from events where "position" > $1
        and ($3::text[] is null or type = any ($3))
        and ($4::text[] is null or exists (select from unnest($4::text[]) as p (prefix) where starts_with(stream, prefix)))
        order by "position" limit $2`,
      values: [after.toString(), limit, eventTypes, streamPrefixes],
    });
  }

  async head(): Promise<bigint> {
    const rows = await this.ask<{ head: string }>({
      name: 'head',
      text: 'select coalesce(max("position"), 0) as head from events',
      values: [],
    });
    return BigInt(rows[0]?.head ?? '0');
  }

  subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize = 500): AsyncIterable<EventBatch> {
    checkPage(batchSize);
    this.listener ??= new PgListener(
      this.listenConfig,
      EVENTS_CHANNEL,
      () => this.appended.wake(),
      () => this.appended.wake(),
    );
    const until = AbortSignal.any([signal, this.closing.signal]);
    return followFrom(this, this.appended, {
      after,
      signal: until,
      filter,
      batchSize,
      pollMs: this.pollMs,
      inMemory: (position, size, wanted) => this.tail.next(position, size, wanted),
    });
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.queue.close();
    await this.listener?.close();
    await this.pool.end();
  }

  private async newest(after: bigint, limit: number): Promise<readonly Readonly<{ event: RecordedEvent; bytes: number }>[]> {
    const rows = await this.ask<EventRow & { size: number }>({
      name: 'read-newest',
      text: `select ${COLUMNS}, pg_column_size(data) as size from events where "position" > $1 order by "position" limit $2`,
      values: [after.toString(), limit],
    });
    // As it lies on disk it may be compressed.
    return rows.map((row) => ({ event: eventOf(row), bytes: 1_000 + 4 * row.size }));
  }

  private async rows(query: Readonly<{ name: string; text: string; values: unknown[] }>): Promise<readonly RecordedEvent[]> {
    return (await this.ask<EventRow>(query)).map(eventOf);
  }

  private async ask<R extends object>(query: Readonly<{ name: string; text: string; values: unknown[] }>): Promise<readonly R[]> {
    if (this.closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
    try {
      return (await this.pool.query<R>(query)).rows;
    } catch (error) {
      if (isUnavailable(error) || isTransient(error))
        throw new StoreUnavailable('the event store cannot be read for now', { cause: error });
      throw error;
    }
  }
}
