/** One event as a client sent it; bytes stay as they came. */
export type NewRecord = Readonly<{
  /** UUID, lower case. */
  id: string;
  type: string;
  contentType: 'application/json' | 'application/octet-stream';
  data: Uint8Array;
  /** What the client calls custom metadata. */
  metadata: Uint8Array;
  /** 100-nanosecond ticks since 1970-01-01 UTC. */
  created: bigint;
}>;

export type LogRecord = NewRecord &
  Readonly<{
    stream: string;
    /** 0-based, without gaps, in the stream. */
    revision: bigint;
    /** Greater than 0, strictly increasing in commit order over all streams, gaps allowed. */
    position: bigint;
  }>;

export type RecordBatch = Readonly<{
  records: readonly LogRecord[];
  /** Everything up to and including this position has been seen. */
  position: bigint;
  /** The end of the log had been reached when this batch was read. */
  live: boolean;
}>;

/**
 * What the engine keeps its log in: append-only, one writer (the engine), nothing about truncation, deletion or rights.
 * Errors: StorageUnavailable; the outcome of an append that failed so is unknown.
 */
export interface LogStorage {
  /** All of `records` or none, so that the first gets revision `at` (0n: the stream is new). → position of the last one. */
  append(stream: string, at: bigint, records: readonly NewRecord[]): Promise<bigint>;
  /** From revision `from` (inclusive), oldest first; empty past the end. */
  readStream(stream: string, from: bigint, limit: number): Promise<readonly LogRecord[]>;
  /** -1n when there is no such stream. */
  lastRevision(stream: string): Promise<bigint>;
  /** Events after `after` (exclusive), oldest first. */
  readAll(after: bigint, limit: number): Promise<readonly LogRecord[]>;
  /** Events before `before` (exclusive), newest first. */
  readAllBackwards(before: bigint, limit: number): Promise<readonly LogRecord[]>;
  /** 0n when empty. */
  head(): Promise<bigint>;
  /** History after `after`, then what comes; ends when `signal` aborts. Reads nothing more while the consumer works. */
  subscribe(after: bigint, signal: AbortSignal): AsyncIterable<RecordBatch>;
  close(): Promise<void>;
}

export class StorageUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StorageUnavailable';
  }
}
