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

/** Events that belong to one stream. */
export type StreamEvents = Readonly<{ stream: string; events: readonly EventToAppend[] }>;

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
  /**
   * Makes a stream of `events`. Null when it is there already or they are stored already, whoever stored them: what was decided without
   * a look at the stream may then differ from what stands in it.
   */
  async begin(stream: string, events: readonly EventToAppend[]): Promise<Appended | null> {
    if ((await this.readStream(stream, 0n, 1)).length > 0) return null;
    try {
      return await this.append(stream, 'no-stream', events);
    } catch (error) {
      if (error instanceof ConcurrencyConflict) return null;
      throw error;
    }
  }
  /** Events of one stream from revision `from` (inclusive, default 0), oldest first; empty when there is no such stream. */
  abstract readStream(stream: string, from?: bigint, limit?: number): Promise<readonly RecordedEvent[]>;
  /** Where each of these streams stands: its last event's revision and position. Streams that are not there are left out. */
  abstract heads(streams: readonly string[]): Promise<ReadonlyMap<string, Appended>>;
  /**
   * For many streams at once, each by itself: its events are stored if the stream is there and nothing came to it after position
   * `since`. Answers with the streams that were left alone. Errors as of `append`; which ones were stored is then unknown.
   */
  async appendUnchanged(since: bigint, appends: readonly StreamEvents[]): Promise<ReadonlySet<string>> {
    const heads = await this.heads(appends.map(({ stream }) => stream));
    const left = await Promise.all(
      appends.map(async ({ stream, events }) => {
        const head = heads.get(stream);
        if (head === undefined || head.position > since) return [stream];
        try {
          await this.append(stream, head.revision, events);
          return [];
        } catch (error) {
          if (error instanceof ConcurrencyConflict) return [stream];
          throw error;
        }
      }),
    );
    return new Set(left.flat());
  }
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
