import { status } from '@grpc/grpc-js';
import type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { Engine } from '../engine/engine';
import type { Faults } from '../faults/faults';
import type { Authenticate } from './caller';

export type StreamsParts = Readonly<{
  engine: Engine;
  authenticate: Authenticate;
  faults: Faults;
  /** Destroys every connection of the server: what the fault `drop` does. */
  cut: () => void;
  /** Aborts when the server stops: open calls then end with UNAVAILABLE. */
  closing: AbortSignal;
}>;

/** The implementation of event_store.client.streams.Streams; register it with STREAMS_DEFINITION (it serializes reads by itself). */
export const streamsService = (parts: StreamsParts): IStreamsServer => {
  const notYet = { code: status.UNIMPLEMENTED, details: String(parts.closing.aborted) };
  return {
    read: (call) => call.destroy(new Error(notYet.details)),
    append: (_, callback) => callback(notYet),
    delete: (_, callback) => callback(notYet),
    tombstone: (_, callback) => callback(notYet),
    batchAppend: (call) => call.destroy(new Error(notYet.details)),
  };
};
