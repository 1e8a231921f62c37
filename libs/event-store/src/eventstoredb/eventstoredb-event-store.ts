import { setMaxListeners } from 'node:events';
import {
  EventStore,
  StoreUnavailable,
  type AllFilter,
  type Appended,
  type EventBatch,
  type EventToAppend,
  type ExpectedRevision,
  type RecordedEvent,
} from '../event-store.port';
import { matches } from '../all-filter';
import { checkPage, prepareAppend } from '../append-arguments';
import { REAL_TIMERS, type Timers } from '../timers';
import { AppendSettler } from './append-settler';
import { Calls, portErrorOf } from './calls';
import { ClientGateway } from './client-gateway';
import { GatewayError, type Call, type StoreGateway } from './gateway';
import { PageCache } from './page-cache';
import { subscriber } from './subscriber';
import { Supervisor, type StoreAlarm } from './supervisor';

export type { StoreAlarm };

export type GatewayStoreOptions = Readonly<{
  /** How long an append is settled after its first attempt failed before StoreUnavailable, ms. */
  settleWithinMs?: number;
  /** A call that says nothing for this time counts as lost, ms. */
  answerWithinMs?: number;
  /** How often the shared subscription is compared with the end of the log, ms. */
  heartbeatMs?: number;
  /** How long the shared subscription may lack events before it is said, ms. */
  lagAfterMs?: number;
  /** Newest events kept in memory for all subscribers together. */
  tailEvents?: number;
  /** Events per page while subscribers catch up. */
  pageSize?: number;
  /** Appends that may wait for an answer at the same time. */
  maxWaiting?: number;
  onAlarm?: (alarm: StoreAlarm) => void;
}>;

export type EventStoreDbOptions = GatewayStoreOptions &
  Readonly<{
    /** esdb:// or esdb+discover://, with tls and credentials as the client understands them. */
    connectionString: string;
    /** PEM file of the authority that signed the servers' certificates; default: as in the connection string. */
    caFile?: string;
  }>;

const MAX_PAGE = 10_000;
/** The server has no question for many streams at once. */
const HEADS_AT_A_TIME = 32;
const TAIL_BYTES = 32 * 1024 * 1024;
const CACHED_PAGES_BYTES = 32 * 1024 * 1024;

/** The port over a gateway, with whatever time is given: what settles, follows and supervises knows nothing of the client. */
export class GatewayEventStore extends EventStore {
  private readonly calls: Calls;
  private readonly settler: AppendSettler;
  private readonly supervisor: Supervisor;
  private readonly pages: PageCache;
  private readonly closing = new AbortController();
  private readonly maxWaiting: number;
  private appending = 0;

  constructor(
    private readonly gateway: StoreGateway,
    options: GatewayStoreOptions = {},
    private readonly timers: Timers = REAL_TIMERS,
  ) {
    super();
    // As many listen as there are appends and subscribers.
    setMaxListeners(0, this.closing.signal);
    const { settleWithinMs = 4_000, answerWithinMs = 10_000, heartbeatMs = 2_000, lagAfterMs = 10_000 } = options;
    this.calls = new Calls(timers, answerWithinMs, (silentMs) => gateway.reset(silentMs));
    this.settler = new AppendSettler(gateway, this.calls, timers, settleWithinMs);
    this.supervisor = new Supervisor(
      gateway,
      this.calls,
      timers,
      {
        limits: { maxEvents: options.tailEvents ?? 10_000, maxBytes: TAIL_BYTES },
        heartbeatMs,
        lagAfterMs,
        onAlarm: options.onAlarm ?? (() => undefined),
      },
      this.closing.signal,
    );
    this.pages = new PageCache(
      (after, limit) => this.ask((call) => gateway.readAll(after, limit, undefined, call)),
      options.pageSize ?? 1_000,
      CACHED_PAGES_BYTES,
    );
    this.maxWaiting = options.maxWaiting ?? MAX_PAGE;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    if (stream.startsWith('$')) throw new RangeError('streams that begin with $ belong to the server');
    const prepared = prepareAppend(stream, expected, events);
    if (prepared.some(({ type }) => type.startsWith('$'))) throw new RangeError('types that begin with $ belong to the server');
    if (this.appending >= this.maxWaiting) throw new StoreUnavailable('too many appends are waiting');
    this.appending += 1;
    try {
      return await this.settler.append({ stream, expected, events: prepared }, this.closing.signal);
    } finally {
      this.appending -= 1;
    }
  }

  async readStream(stream: string, from = 0n, limit = MAX_PAGE): Promise<readonly RecordedEvent[]> {
    checkPage(limit);
    if (stream.startsWith('$')) return [];
    return this.ask((call) => this.gateway.readStream(stream, from, limit, call));
  }

  async heads(streams: readonly string[]): Promise<ReadonlyMap<string, Appended>> {
    const found = new Map<string, Appended>();
    const left = streams.filter((stream) => !stream.startsWith('$')).values();
    const ask = async (): Promise<void> => {
      for (const stream of left) {
        const [last] = await this.ask((call) => this.gateway.readStreamBackwards(stream, 'end', 1, call));
        if (last !== undefined) found.set(stream, { revision: last.revision, position: last.position });
      }
    };
    await Promise.all(Array.from({ length: HEADS_AT_A_TIME }, ask));
    return found;
  }

  async readAll(after: bigint, limit: number, filter?: AllFilter): Promise<readonly RecordedEvent[]> {
    checkPage(limit);
    try {
      return (await this.calls.run((call) => this.gateway.readAll(after, limit, filter, call))).events;
    } catch (error) {
      if (filter === undefined || !(error instanceof GatewayError) || error.kind !== 'unavailable') throw portErrorOf(error);
      // A server that seeks rare events in a long log says nothing for as long; so it is asked for all of them, and they are sought here.
      return this.seek(after, limit, filter);
    }
  }

  private async seek(after: bigint, limit: number, filter: AllFilter): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (let position = after; ;) {
      const { events } = await this.pages.read(position);
      for (const event of events) {
        if (matches(event, filter)) found.push(event);
        if (found.length === limit) return found;
      }
      if (events.length < this.pages.pageSize) return found;
      position = events.at(-1)?.position ?? position;
    }
  }

  async head(): Promise<bigint> {
    const { tail } = this.supervisor;
    if (tail !== null) {
      // Where nothing lies beyond what is known, the end need not be sought behind all that the server wrote for itself.
      const { upTo, last } = tail;
      const { events } = await this.ask((call) => this.gateway.readAll(upTo, 1, undefined, call));
      if (events.length === 0) return last;
    }
    const { events } = await this.ask((call) => this.gateway.readAllBackwards(1, call));
    return events[0]?.position ?? 0n;
  }

  subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize = 500): AsyncIterable<EventBatch> {
    checkPage(batchSize);
    const until = AbortSignal.any([signal, this.closing.signal]);
    return subscriber(this.supervisor, this.pages, this.timers, { after, signal: until, filter, batchSize });
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.calls.close();
    await this.gateway.dispose();
    await this.supervisor.stopped();
  }

  private async ask<T>(act: (call: Call) => Promise<T>): Promise<T> {
    try {
      return await this.calls.run(act);
    } catch (error) {
      throw portErrorOf(error);
    }
  }
}

/** The event store of regions that outgrow one machine: an EventStoreDB or KurrentDB cluster. */
export class EventStoreDbEventStore extends GatewayEventStore {
  /** Errors: RangeError for a connection string that the client does not understand, never with the string itself. */
  constructor({ connectionString, caFile, ...options }: EventStoreDbOptions) {
    super(new ClientGateway(connectionString, caFile), options);
  }
}
