import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { ClientReadableStream } from '@grpc/grpc-js';
import { matches } from '../all-filter';
import type { PreparedEvent } from '../append-arguments';
import type { AllFilter, ExpectedRevision, RecordedEvent } from '../event-store.port';
import { BatchAppends } from './batch-appends';
import { ClientConnection } from './client-connection';
import { gatewayErrorOf } from './client-errors';
import { decodeEvent, type Decoded } from './event-mapping';
import { GatewayError, type Call, type GatewayAppended, type Page, type StoreGateway, type SubscriptionMessage } from './gateway';
import { readAllBackwardsRequest, readAllRequest, readStreamRequest, subscribeToAllRequest } from './read-requests';

/** What came, and how much of it there was with what is not shown. */
type RawPage = Readonly<{ decoded: readonly Decoded[]; count: number; end: bigint }>;

/** The gateway on the official client's connection and the generated messages of its package. */
export class ClientGateway implements StoreGateway {
  private readonly connection: ClientConnection;
  private readonly appends: BatchAppends;
  private heardAt = -Infinity;

  /** Errors: RangeError for a wrong connection string. Connects with the first call. */
  constructor(connectionString: string, caFile?: string) {
    this.connection = ClientConnection.open(connectionString, caFile);
    this.appends = new BatchAppends(this.connection, () => this.noteHeard());
  }

  append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[], call: Call): Promise<GatewayAppended> {
    return this.appends.append(stream, expected, events, call);
  }

  async readStream(stream: string, from: bigint, limit: number, call: Call): Promise<readonly RecordedEvent[]> {
    return this.streamPage(readStreamRequest(stream, from, 'forwards', limit), call);
  }

  async readStreamBackwards(stream: string, from: bigint | 'end', limit: number, call: Call): Promise<readonly RecordedEvent[]> {
    return this.streamPage(readStreamRequest(stream, from, 'backwards', limit), call);
  }

  async readAll(after: bigint, limit: number, filter: AllFilter | undefined, call: Call): Promise<Page> {
    // The server takes an empty list for no filter at all.
    if (filter?.eventTypes?.length === 0 || filter?.streamPrefixes?.length === 0) return { events: [], bytes: 0 };
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for (let from = after; ;) {
      // One more than wanted: the server begins with the event at the position itself.
      const { decoded, count, end } = await this.page(readAllRequest(from, limit + 1, filter), call);
      for (const { event, bytes: size } of decoded) {
        if (event.position <= from || events.length === limit || !matches(event, filter ?? {})) continue;
        events.push(event);
        bytes += size;
      }
      // What was dropped on this side is made up for by the next page.
      if (events.length === limit || count <= limit || end <= from) return { events, bytes };
      from = end;
    }
  }

  async readAllBackwards(limit: number, call: Call): Promise<Page> {
    const { decoded } = await this.page(readAllBackwardsRequest(limit), call);
    return { events: decoded.map(({ event }) => event), bytes: decoded.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  async *subscribeToAll(after: bigint, signal: AbortSignal): AsyncGenerator<SubscriptionMessage, void, void> {
    for await (const message of this.read(subscribeToAllRequest(after), signal)) {
      const event = message.getEvent();
      const checkpoint = message.getCheckpoint();
      if (event !== undefined) {
        const decoded = decodeEvent(event);
        if (decoded !== null) yield { kind: 'event', ...decoded };
        else yield { kind: 'checkpoint', position: BigInt(event.getCommitPosition()) };
      } else if (checkpoint !== undefined) yield { kind: 'checkpoint', position: BigInt(checkpoint.getCommitPosition()) };
      else if (message.hasConfirmation()) yield { kind: 'confirmed' };
    }
    if (!signal.aborted) throw new GatewayError('unavailable', 'the server ended the subscription');
  }

  reset(silentMs: number): void {
    // Something else was answered in the meantime: one call is stuck, not the connection.
    if (performance.now() - this.heardAt < silentMs) return;
    this.appends.reset();
    this.connection.reset();
  }

  async dispose(): Promise<void> {
    this.appends.reset();
    await this.connection.end();
  }

  private async streamPage(request: ReadReq, call: Call): Promise<readonly RecordedEvent[]> {
    try {
      return (await this.page(request, call)).decoded.map(({ event }) => event);
    } catch (error) {
      // A stream that was deleted for good has no events, as one that never was.
      if (error instanceof GatewayError && error.kind === 'deleted') return [];
      throw error;
    }
  }

  /** By events, not by iteration: that is half the time of a page, and a page is bounded by itself. */
  private async page(request: ReadReq, { signal, heard }: Call): Promise<RawPage> {
    const stream = await this.begin(request, signal);
    const decoded: Decoded[] = [];
    let count = 0;
    let end = 0n;
    const cancel = (): void => stream.cancel();
    signal.addEventListener('abort', cancel);
    try {
      await new Promise<void>((resolve, reject) => {
        stream.on('data', (message: ReadResp) => {
          try {
            this.noteHeard();
            heard();
            const event = message.getEvent();
            if (event === undefined) return;
            count += 1;
            end = BigInt(event.getCommitPosition());
            const shown = decodeEvent(event);
            if (shown !== null) decoded.push(shown);
          } catch (error) {
            reject(error instanceof Error ? error : new Error('an event could not be read', { cause: error }));
          }
        });
        stream.on('end', resolve);
        stream.on('error', reject);
      });
    } catch (error) {
      throw gatewayErrorOf(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      // Ending the stream on this side does not end the call.
      cancel();
    }
    return { decoded, count, end };
  }

  private async *read(request: ReadReq, signal: AbortSignal): AsyncGenerator<ReadResp, void, void> {
    try {
      const stream = await this.begin(request, signal);
      const cancel = (): void => stream.cancel();
      signal.addEventListener('abort', cancel);
      try {
        for await (const message of stream as AsyncIterable<ReadResp>) {
          this.noteHeard();
          yield message;
        }
      } finally {
        signal.removeEventListener('abort', cancel);
        // Ending the stream on this side does not end the call.
        cancel();
      }
    } catch (error) {
      throw gatewayErrorOf(error);
    }
  }

  /** Looking for a cluster can take minutes, which nobody need wait for. */
  private async begin(request: ReadReq, signal: AbortSignal): Promise<ClientReadableStream<ReadResp>> {
    const opening = this.connection.open('read', (client, metadata, options) => client.read(request, metadata, options));
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new GatewayError('unavailable', 'given up before it began'));
      signal.addEventListener('abort', giveUp);
      opening.then(
        (stream) => {
          signal.removeEventListener('abort', giveUp);
          if (!signal.aborted) return resolve(stream);
          giveUp();
          stream.cancel();
        },
        (error: unknown) => reject(gatewayErrorOf(error)),
      );
    });
  }

  private noteHeard(): void {
    this.heardAt = performance.now();
  }
}
