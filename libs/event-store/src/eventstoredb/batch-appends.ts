import { randomUUID } from 'node:crypto';
import { BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Empty, StreamIdentifier, UUID, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { PreparedEvent } from '../append-arguments';
import type { ExpectedRevision } from '../event-store.port';
import type { ClientConnection } from './client-connection';
import { gatewayErrorOf } from './client-errors';
import { storedMetadata, uuidOf } from './event-mapping';
import { GatewayError, WrongRevision, type Call, type GatewayAppended } from './gateway';

type Waiting = Readonly<{ resolve: (appended: GatewayAppended) => void; reject: (error: Error) => void; heard: () => void }>;
type BatchCall = {
  readonly stub: StreamsClient;
  readonly stream: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly waiting: Map<string, Waiting>;
  answeredAt: number;
  toldAt: number;
};

/** Requests stay below what servers and proxies take in one message. */
const MAX_REQUEST_BYTES = 3 * 1024 * 1024;
/** No server takes that much in one append; sending it could cost the connection. */
const MAX_APPEND_BYTES = 16 * 1024 * 1024;

/** Those who wait hear this often that others are answered, ms: appends are answered one after the other. */
const TELL_EVERY_MS = 20;

const encoder = new TextEncoder();

/**
 * Appends over one long call per connection, answered in any order. Each call keeps its own list of those who wait:
 * an error touches the appends of that call alone, and an answer to nobody is passed over.
 */
export class BatchAppends {
  private readonly calls = new WeakMap<StreamsClient, Promise<BatchCall>>();
  private readonly open = new Set<BatchCall>();

  constructor(
    private readonly connection: ClientConnection,
    private readonly noteHeard: () => void,
  ) {}

  async append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[], call: Call): Promise<GatewayAppended> {
    const id = randomUUID();
    const requests = requestsOf(id, stream, expected, events);
    const batch = await this.present();
    // Nothing may be sent that nobody waits for: its repetition may be under way.
    if (call.signal.aborted) throw new GatewayError('unavailable', 'given up before it was sent');
    const sentAt = performance.now();
    return new Promise((resolve, reject) => {
      batch.waiting.set(id, { resolve, reject, heard: call.heard });
      call.signal.addEventListener('abort', () => {
        // Nobody was answered since: the call is dead, and what was not sent yet must not be sent later.
        if (batch.waiting.delete(id) && batch.answeredAt < sentAt) this.giveUp(batch);
      });
      for (const request of requests) batch.stream.write(request);
    });
  }

  /** Fails every append in flight; their outcome is unknown. */
  reset(): void {
    for (const batch of [...this.open]) this.giveUp(batch);
  }

  private giveUp(batch: BatchCall): void {
    this.calls.delete(batch.stub);
    this.fail(batch, new GatewayError('unavailable', 'the connection was given up'));
    batch.stream.cancel();
  }

  private async present(): Promise<BatchCall> {
    const stub = await this.connection.stub.catch((error: unknown) => Promise.reject(gatewayErrorOf(error)));
    const known = this.calls.get(stub);
    if (known !== undefined) return known;
    const made = this.begin(stub);
    this.calls.set(stub, made);
    made.catch(() => this.calls.delete(stub));
    return made;
  }

  private async begin(stub: StreamsClient): Promise<BatchCall> {
    try {
      const stream = await this.connection.open('batchAppend', (client, metadata, options) => client.batchAppend(metadata, options));
      const batch: BatchCall = { stub, stream, waiting: new Map(), answeredAt: -Infinity, toldAt: -Infinity };
      this.open.add(batch);
      const over = (error: Error): void => {
        // A call that was given up may have a successor by now.
        if (this.open.has(batch)) this.calls.delete(stub);
        this.fail(batch, error);
      };
      stream.on('data', (answer: BatchAppendResp) => this.take(batch, answer));
      stream.on('error', (error) => over(gatewayErrorOf(error)));
      stream.on('end', () => {
        over(new GatewayError('unavailable', 'the server ended the call'));
        stream.end();
      });
      return batch;
    } catch (error) {
      throw gatewayErrorOf(error);
    }
  }

  private take(batch: BatchCall, answer: BatchAppendResp): void {
    this.noteHeard();
    batch.answeredAt = performance.now();
    settle(batch.waiting, answer);
    if (batch.answeredAt - batch.toldAt < TELL_EVERY_MS) return;
    batch.toldAt = batch.answeredAt;
    for (const { heard } of batch.waiting.values()) heard();
  }

  private fail(batch: BatchCall, error: Error): void {
    this.open.delete(batch);
    for (const { reject } of batch.waiting.values()) reject(error);
    batch.waiting.clear();
  }
}

const settle = (waiting: BatchCall['waiting'], answer: BatchAppendResp): void => {
  const id = uuidOf(answer.getCorrelationId());
  const one = waiting.get(id);
  if (one === undefined) return;
  waiting.delete(id);
  const success = answer.getSuccess();
  if (success === undefined) return one.reject(refusalOf(answer));
  const position = success.getPosition();
  one.resolve({ revision: BigInt(success.getCurrentRevision()), position: position ? BigInt(position.getCommitPosition()) : null });
};

const refusalOf = (answer: BatchAppendResp): Error => {
  const details = answer.getError()?.getDetails();
  const name = details?.getTypeName() ?? '';
  switch (name) {
    case 'event_store.client.WrongExpectedVersion': {
      const found = WrongExpectedVersion.deserializeBinary(details?.getValue_asU8() ?? new Uint8Array());
      return new WrongRevision(found.hasCurrentStreamRevision() ? BigInt(found.getCurrentStreamRevision()) : 'no-stream');
    }
    case 'event_store.client.AccessDenied':
      return new GatewayError('denied', 'the append was denied');
    case 'event_store.client.StreamDeleted':
      return new GatewayError('deleted', 'the stream was deleted');
    case 'event_store.client.MaximumAppendSizeExceeded':
      return new GatewayError('too-large', 'the append is too large');
    case 'event_store.client.BadRequest':
      return new GatewayError('refused', 'the append is no request the server understands');
    default:
      // A time-out of the server's own, not ready, too busy: nobody knows.
      return new GatewayError('unavailable', `the append failed: ${name}`);
  }
};

const optionsOf = (stream: string, expected: ExpectedRevision): BatchAppendReq.Options => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(encoder.encode(stream));
  // No deadline: it is a time of day, and the clocks of two machines differ.
  const options = new BatchAppendReq.Options();
  options.setStreamIdentifier(identifier);
  switch (expected) {
    case 'any':
      return options.setAny(new Empty());
    case 'no-stream':
      return options.setNoStream(new Empty());
    case 'stream-exists':
      return options.setStreamExists(new Empty());
    default:
      return options.setStreamPosition(expected.toString());
  }
};

const requestsOf = (
  id: string,
  stream: string,
  expected: ExpectedRevision,
  events: readonly PreparedEvent[],
): readonly BatchAppendReq[] => {
  const correlation = new UUID();
  correlation.setString(id);
  let request = new BatchAppendReq();
  request.setOptions(optionsOf(stream, expected));
  const requests = [request];
  let bytes = 0;
  let total = 0;
  for (const event of events) {
    const data = encoder.encode(event.data);
    const metadata = encoder.encode(storedMetadata(event));
    const size = data.length + metadata.length + 200;
    total += size;
    if (total > MAX_APPEND_BYTES) throw new GatewayError('too-large', 'the append is too large to be sent');
    if (bytes > 0 && bytes + size > MAX_REQUEST_BYTES) {
      request = new BatchAppendReq();
      requests.push(request);
      bytes = 0;
    }
    bytes += size;
    const message = new BatchAppendReq.ProposedMessage();
    const eventId = new UUID();
    eventId.setString(event.id);
    message.setId(eventId);
    message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
    message.setData(data);
    message.setCustomMetadata(metadata);
    request.addProposedMessages(message);
  }
  for (const each of requests) each.setCorrelationId(correlation).setIsFinal(each === request);
  return requests;
};
