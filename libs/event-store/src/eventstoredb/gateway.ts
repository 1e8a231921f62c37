import type { PreparedEvent } from '../append-arguments';
import type { AllFilter, ExpectedRevision, RecordedEvent } from '../event-store.port';

/** One call to the server. */
export type Call = Readonly<{
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** To be called for every message of the answer: the time a call may be silent begins anew. */
  heard: () => void;
}>;

export type Page = Readonly<{
  events: readonly RecordedEvent[];
  /** What they take in memory, roughly. */
  bytes: number;
}>;

export type GatewayAppended = Readonly<{
  revision: bigint;
  /** Null when the server did not say, which it need not for a repeated append. */
  position: bigint | null;
}>;

export type SubscriptionMessage =
  /** The server has taken the subscription; comes first. */
  | Readonly<{ kind: 'confirmed' }>
  | Readonly<{ kind: 'event'; event: RecordedEvent; bytes: number }>
  /** Nothing that would be shown lies before this position and after the last message. */
  | Readonly<{ kind: 'checkpoint'; position: bigint }>;

/**
 * The server as the adapter needs it, one request at a time: no retries, no timeouts, no state but the connection.
 * Events and streams whose names begin with `$` belong to the server and are never given back.
 * Errors: WrongRevision (append alone) and GatewayError, nothing else.
 */
export interface StoreGateway {
  /** `expected` as the server understands it: see decision 0015 for how it treats ids it has. */
  append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[], call: Call): Promise<GatewayAppended>;
  /** From a revision (inclusive) on, oldest first; empty when there is no such stream. */
  readStream(stream: string, from: bigint, limit: number, call: Call): Promise<readonly RecordedEvent[]>;
  /** From a revision (inclusive) or the end back to the beginning, newest first. */
  readStreamBackwards(stream: string, from: bigint | 'end', limit: number, call: Call): Promise<readonly RecordedEvent[]>;
  /** After a position (exclusive; 0n: from the start), oldest first. */
  readAll(after: bigint, limit: number, filter: AllFilter | undefined, call: Call): Promise<Page>;
  /** Newest first. */
  readAllBackwards(limit: number, call: Call): Promise<Page>;
  /** Everything after a position (exclusive), then what comes, until the signal aborts or an error. Never ends by itself. */
  subscribeToAll(after: bigint, signal: AbortSignal): AsyncIterable<SubscriptionMessage>;
  /**
   * A call was silent for so long. If everything was, whatever goes over the present connection is given up, and the next
   * call makes a new one.
   */
  reset(silentMs: number): void;
  dispose(): Promise<void>;
}

/**
 * - `unavailable`: not reached, not the leader, or cut off; whether an append was stored is unknown
 * - `denied`: name, password or rights
 * - `too-large`: over the server's limit for one append
 * - `deleted`: the stream was deleted for good
 * - `refused`: the server will never take this request
 */
export type GatewayFailure = 'unavailable' | 'denied' | 'too-large' | 'deleted' | 'refused';

export class GatewayError extends Error {
  constructor(
    readonly kind: GatewayFailure,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'GatewayError';
  }
}

/** The stream is not at the expected revision, and the events are not stored right after it. */
export class WrongRevision extends Error {
  constructor(readonly actual: bigint | 'no-stream') {
    super(`the stream is at ${String(actual)}`);
    this.name = 'WrongRevision';
  }
}
