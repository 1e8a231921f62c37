import type { CommandId, Instant, LocalDate, PersonId, PostId, UnitId } from '@app/kernel';

/** The envelope around every event's data. */
export type EventMetadata = Readonly<{
  /** Server time of recording (入库时刻), by the instance's clock. */
  recordedAt: Instant;
  /** Business date somebody claims (发生日). */
  businessDate: LocalDate;
  actor: PersonId;
  actingUnit: UnitId;
  actingPost: PostId | null;
  commandId: CommandId;
  /** Id of the event that caused this one, when a policy acted. */
  causationId: string | null;
}>;

export type EventToAppend = Readonly<{
  /**
   * UUID; appending the same ids to the same stream again is a success that stores nothing. An EventStoreDB looks for them
   * after the expected revision alone (decision 0015): derive ids from what is done, and append on what was read.
   */
  id: string;
  type: string;
  /** Schema version of `data`, from 1. */
  version: number;
  data: unknown;
  metadata: EventMetadata;
}>;

export type RecordedEvent = EventToAppend &
  Readonly<{
    stream: string;
    /** 0-based within the stream. */
    revision: bigint;
    /** Strictly increasing in commit order over all streams; gaps allowed. Greater than 0. */
    position: bigint;
  }>;

/** What the stream must look like for an append to be accepted. */
export type ExpectedRevision = bigint | 'no-stream' | 'stream-exists' | 'any';
export type Appended = Readonly<{ revision: bigint; position: bigint }>;

export class ConcurrencyConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: bigint | 'no-stream',
  ) {
    super(`${stream}: expected ${String(expected)}, was ${String(actual)}`);
    this.name = 'ConcurrencyConflict';
  }
}

/** The store cannot be reached or refuses for now; the outcome of an append that failed so is unknown and must be settled by reading. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

export type AllFilter = Readonly<{ streamPrefixes?: readonly string[]; eventTypes?: readonly string[] }>;

/**
 * The one way to facts. Abstract class, so that it is its own injection token.
 * Errors: ConcurrencyConflict, StoreUnavailable, RangeError for arguments that can never be right.
 */
export abstract class EventStore {
  /** All of `events` or none. Never appends an empty batch (RangeError). */
  abstract append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended>;
  /** Events of one stream from revision `from` (inclusive, default 0), oldest first; empty when there is no such stream. */
  abstract readStream(stream: string, from?: bigint, limit?: number): Promise<readonly RecordedEvent[]>;
  /** Events over all streams after position `after` (exclusive; 0n = from the start), oldest first. */
  abstract readAll(after: bigint, limit: number, filter?: AllFilter): Promise<readonly RecordedEvent[]>;
  /** Position of the last committed event; 0n when empty. */
  abstract head(): Promise<bigint>;
  /**
   * Catch-up subscription: history first, then live, in order, without passing over an event that is not committed yet.
   * Ends when `signal` aborts. Back-pressure: nothing more is read while the consumer works on a batch.
   * An empty batch may be yielded to carry a position forward when a filter matched nothing.
   */
  abstract subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize?: number): AsyncIterable<EventBatch>;
  abstract close(): Promise<void>;
}

export type EventBatch = Readonly<{
  events: readonly RecordedEvent[];
  /** Everything up to and including this position has been seen. */
  position: bigint;
  /** True when the subscription had reached the end of the log when this batch was read. */
  live: boolean;
}>;
