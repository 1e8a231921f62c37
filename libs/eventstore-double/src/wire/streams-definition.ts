import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';

const asBytes = (bytes: Buffer): Buffer => bytes;

type Bytes = MethodDefinition<Buffer, Buffer>;

const raw = ({
  path,
  requestStream,
  responseStream,
}: Readonly<{ path: string; requestStream: boolean; responseStream: boolean }>): Bytes => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: asBytes,
  requestDeserialize: asBytes,
  responseSerialize: asBytes,
  responseDeserialize: asBytes,
});

const read: MethodDefinition<ReadReq, Buffer> = { ...StreamsService.read, responseSerialize: asBytes, responseDeserialize: asBytes };

/** The Streams of the client package, where the messages that come by the thousand stay bytes until somebody needs a field of them. */
export const STREAMS_DEFINITION = {
  read,
  append: raw(StreamsService.append),
  delete: raw(StreamsService.delete),
  tombstone: raw(StreamsService.tombstone),
  batchAppend: raw(StreamsService.batchAppend),
} satisfies ServiceDefinition;
