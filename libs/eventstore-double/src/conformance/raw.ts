import { credentials, Metadata, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { BatchAppendReq, ReadReq, type BatchAppendResp, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { Empty as WellKnownEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { RunningDouble } from '../server/double-options';

/** The protocol without the official client in between. Plain text only. */
export const rawStreams = (double: RunningDouble): StreamsClient =>
  new StreamsClient(`127.0.0.1:${double.port}`, credentials.createInsecure());

export const identifier = (stream: string): StreamIdentifier => {
  const name = new StreamIdentifier();
  name.setStreamName(Buffer.from(stream, 'utf8'));
  return name;
};

export const stringUuid = (text: string): UUID => {
  const uuid = new UUID();
  uuid.setString(text);
  return uuid;
};

export const structuredUuid = (text: string): UUID => {
  const hex = text.replaceAll('-', '');
  const structured = new UUID.Structured();
  structured.setMostSignificantBits(BigInt.asIntN(64, BigInt(`0x${hex.slice(0, 16)}`)).toString());
  structured.setLeastSignificantBits(BigInt.asIntN(64, BigInt(`0x${hex.slice(16)}`)).toString());
  const uuid = new UUID();
  uuid.setStructured(structured);
  return uuid;
};

/** Options for all events of a stream, forwards, with structured UUIDs. */
export const readOptions = (stream: string): ReadReq.Options => {
  const options = new ReadReq.Options();
  const from = new ReadReq.Options.StreamOptions();
  from.setStreamIdentifier(identifier(stream));
  from.setStart(new Empty());
  options.setStream(from);
  options.setReadDirection(ReadReq.Options.ReadDirection.FORWARDS);
  options.setResolveLinks(false);
  options.setCount('1000');
  options.setNoFilter(new Empty());
  const uuids = new ReadReq.Options.UUIDOption();
  uuids.setStructured(new Empty());
  options.setUuidOption(uuids);
  return options;
};

export type RawEnd<T> = Readonly<{ messages: readonly T[]; status: StatusObject; error: ServiceError | null }>;

export const readRaw = (client: StreamsClient, options: ReadReq.Options): Promise<RawEnd<ReadResp>> =>
  new Promise((resolve) => {
    const request = new ReadReq();
    request.setOptions(options);
    const messages: ReadResp[] = [];
    let failure: ServiceError | null = null;
    const call = client.read(request, new Metadata());
    call.on('data', (message: ReadResp) => messages.push(message));
    call.on('error', (error: ServiceError) => {
      failure = error;
    });
    call.on('status', (status: StatusObject) => resolve({ messages, status, error: failure }));
  });

export type RawAppend = Readonly<{
  id: UUID;
  stream?: string;
  deadline?: Date;
  expects?: (options: BatchAppendReq.Options) => void;
  events?: readonly Readonly<{ id: UUID; metadata?: Readonly<Record<string, string>>; data?: string }>[];
  final?: boolean;
}>;

export const batchRequest = ({ id, stream, deadline, expects, events = [], final = true }: RawAppend): BatchAppendReq => {
  const request = new BatchAppendReq();
  request.setCorrelationId(id);
  if (stream !== undefined) {
    const options = new BatchAppendReq.Options();
    options.setStreamIdentifier(identifier(stream));
    if (expects === undefined) options.setAny(new WellKnownEmpty());
    else expects(options);
    if (deadline !== undefined) options.setDeadline(Timestamp.fromDate(deadline));
    request.setOptions(options);
  }
  for (const event of events) {
    const message = new BatchAppendReq.ProposedMessage();
    message.setId(event.id);
    for (const [key, value] of Object.entries(event.metadata ?? { type: 'Noted', 'content-type': 'application/json' })) {
      message.getMetadataMap().set(key, value);
    }
    message.setData(Buffer.from(event.data ?? '{}', 'utf8'));
    request.addProposedMessages(message);
  }
  request.setIsFinal(final);
  return request;
};

/** Sends the requests over one call, ends it, and gives what was answered. */
export const batchRaw = (client: StreamsClient, requests: readonly BatchAppendReq[]): Promise<RawEnd<BatchAppendResp>> =>
  new Promise((resolve) => {
    const messages: BatchAppendResp[] = [];
    let failure: ServiceError | null = null;
    const call = client.batchAppend(new Metadata());
    call.on('data', (message: BatchAppendResp) => messages.push(message));
    call.on('error', (error: ServiceError) => {
      failure = error;
    });
    call.on('status', (status: StatusObject) => resolve({ messages, status, error: failure }));
    for (const request of requests) call.write(request);
    call.end();
  });
