import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { append, deletion } from './append';
import { batchAppend } from './batch-append';
import { OpenCalls, type CallTools, type StreamsParts } from './call-kit';
import { read } from './read';

export type { StreamsParts } from './call-kit';

/** The implementation of event_store.client.streams.Streams; register it with STREAMS_DEFINITION, which leaves messages as bytes. */
export const streamsService = (parts: StreamsParts): UntypedServiceImplementation => {
  const tools: CallTools = { ...parts, calls: new OpenCalls(parts.closing) };
  return {
    read: read(tools),
    append: append(tools),
    delete: deletion(tools, 'delete'),
    tombstone: deletion(tools, 'tombstone'),
    batchAppend: batchAppend(tools),
  };
};
