import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type handleUnaryCall, type ServerDuplexStream, type ServerWritableStream } from '@grpc/grpc-js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { AllStreamPosition, StreamIdentifier, UUID, type Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { BatchAppendResp, ReadResp, type BatchAppendReq, type ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { dataOf, EVENT_TYPE, METADATA } from '../drivers/payload';
import type { StartServer } from '../harness/types';

/**
 * A server that stores nothing and answers at once: the most that the official client can do. An append gets the revision
 * that it asked for; a stream `…-<n>` has n made-up events, serialized beforehand; $all and subscriptions have `history`.
 */
const METADATA_BYTES = Buffer.from(JSON.stringify({ ...METADATA, version: 1 }));

const eventFrame = (stream: string, index: number): Buffer => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(randomUUID()))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setStreamRevision(String(index))
    .setPreparePosition(String(index + 1))
    .setCommitPosition(String(index + 1))
    .setCustomMetadata(METADATA_BYTES)
    .setData(Buffer.from(JSON.stringify(dataOf(index))));
  const map = recorded.getMetadataMap();
  map.set('type', EVENT_TYPE);
  map.set('content-type', 'application/json');
  map.set('created', '17724140000000000');
  const event = new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(index + 1));
  return Buffer.from(new ReadResp().setEvent(event).serializeBinary());
};

const confirmation = (): Buffer =>
  Buffer.from(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())).serializeBinary());

const framesOf = new Map<string, readonly Buffer[]>();
const framesFor = (stream: string, events: number): readonly Buffer[] => {
  const known = framesOf.get(stream);
  if (known !== undefined) return known;
  const frames = Array.from({ length: events }, (_, index) => eventFrame(stream, index));
  framesOf.set(stream, frames);
  return frames;
};

const streamNameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

/** Buffers go out as they are. */
const READ = { ...StreamsService.read, responseSerialize: (frame: Buffer): Buffer => frame };

const drained = (call: ServerWritableStream<ReadReq, Buffer>): Promise<void> =>
  new Promise((resolve) => {
    const resume = (): void => {
      call.off('drain', resume).off('close', resume);
      resolve();
    };
    call.once('drain', resume).once('close', resume);
  });

const send = async (call: ServerWritableStream<ReadReq, Buffer>, history: number): Promise<void> => {
  const options = call.request.getOptions();
  const stream = options?.hasStream() === true ? streamNameOf(options.getStream()?.getStreamIdentifier()) : null;
  const events = stream === null ? history : Number(stream.split('-').at(-1));
  const isSubscription = options?.hasSubscription() === true;
  const from = Number(options?.getStream()?.getRevision() ?? 0);
  const count = isSubscription ? events : Math.min(events, from + Number(options?.getCount()));
  const frames = framesFor(stream ?? `history-${events}`, events);
  if (isSubscription) call.write(confirmation());
  for (let i = from; i < count && !call.cancelled; i += 1) {
    const frame = frames[i];
    if (frame !== undefined && !call.write(frame)) await drained(call);
  }
  if (!isSubscription) call.end();
};

let position = 0;
const batchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
  call.on('data', (request: BatchAppendReq) => {
    const options = request.getOptions();
    const expected = options?.hasStreamPosition() === true ? Number(options.getStreamPosition()) : -1;
    const size = request.getProposedMessagesList().length;
    position += size;
    const at = new AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
    const success = new BatchAppendResp.Success().setCurrentRevision(String(expected + size)).setPosition(at);
    call.write(new BatchAppendResp().setCorrelationId(request.getCorrelationId()).setSuccess(success));
  });
  call.on('end', () => call.end());
};

const getSupportedMethods: handleUnaryCall<Empty, SupportedMethods> = (_, callback) => {
  const methods = ['append', 'batchappend', 'read'].map((name) =>
    new SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  callback(null, new SupportedMethods().setEventStoreServerVersion('24.6.0').setMethodsList(methods));
};

export const start: StartServer = async ({ options }) => {
  const history = options['history'] as number;
  framesFor(`history-${history}`, history);
  const server = new Server();
  server.addService(
    { read: READ, batchAppend: StreamsService.batchAppend },
    { read: (call: ServerWritableStream<ReadReq, Buffer>) => void send(call, history), batchAppend },
  );
  server.addService({ getSupportedMethods: ServerFeaturesService.getSupportedMethods }, { getSupportedMethods });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return {
    answer: { connectionString: `esdb://127.0.0.1:${port}?tls=false` },
    close: async () => server.forceShutdown(),
  };
};
