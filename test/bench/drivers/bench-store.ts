import type { EventToAppend } from '@app/event-store';

/** What the load needs of a store, ours or a peer's; each does it the way its own users would. */
export interface BenchStore {
  /** False for a server that stores nothing: what was appended cannot be read back. */
  readonly keeps: boolean;
  /** Revisions count from 0; `revision` is the one of the last event, -1n for a new stream. → the new last one */
  append(stream: string, revision: bigint, events: readonly EventToAppend[]): Promise<bigint>;
  /** The data of all events of a stream, oldest first. */
  readStream(stream: string, see: (data: unknown) => void): Promise<void>;
  /** The data of the first `count` events over all streams. */
  readAll(count: number, see: (data: unknown) => void): Promise<void>;
  /** The same by a new subscription from the start. → how to end it, which is no part of catching up */
  catchUp(count: number, see: (data: unknown) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
