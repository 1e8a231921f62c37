import type { Readable } from 'node:stream';
import {
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type StreamingRead,
} from '@eventstore/db-client';
import type { EventToAppend } from '@app/event-store';
import type { OpenDriver } from '../harness/types';
import type { BenchStore } from './bench-store';
import { storeDriver, type Filling } from './store-works';

/** A server's log begins with a few events of its own. */
const SYSTEM_EVENTS = 100;

/**
 * Hands on the first `count` events that are not the server's own. By events and not by iteration: a call whose
 * iteration is left early never ends, and `dispose` waits for it.
 */
const take = async (
  events: AllStreamSubscription | StreamingRead<AllStreamResolvedEvent>,
  count: number,
  see: (data: unknown) => void,
): Promise<void> => {
  let left = count;
  await new Promise<void>((resolve, reject) => {
    const each = ({ event }: AllStreamResolvedEvent): void => {
      if (left === 0 || event === undefined || event.type.startsWith('$')) return;
      left -= 1;
      try {
        see(event.data);
      } catch (error) {
        left = 0;
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      if (left === 0) resolve();
    };
    // The same stream under two names: each type knows its own overloads alone.
    (events as unknown as Readable).on('data', each).on('end', resolve).on('error', reject);
  });
};

/** The official client alone, with the calls that the adapter makes and nothing around them. */
class OfficialClient implements BenchStore {
  private readonly client: EventStoreDBClient;

  constructor(
    connectionString: string,
    readonly keeps: boolean,
  ) {
    this.client = EventStoreDBClient.connectionString(connectionString);
  }

  async append(stream: string, revision: bigint, events: readonly EventToAppend[]): Promise<bigint> {
    const proposed = events.map(({ id, type, data, metadata, version }) =>
      jsonEvent({ id, type, data: data as Record<string, unknown>, metadata: { ...metadata, version } }),
    );
    const expectedRevision = revision < 0n ? NO_STREAM : revision;
    return (await this.client.appendToStream(stream, proposed, { expectedRevision })).nextExpectedRevision;
  }

  async readStream(stream: string, see: (data: unknown) => void): Promise<void> {
    for await (const { event } of this.client.readStream(stream, { direction: FORWARDS, fromRevision: START })) see(event?.data);
  }

  async readAll(count: number, see: (data: unknown) => void): Promise<void> {
    const read = this.client.readAll({ direction: FORWARDS, fromPosition: START, maxCount: count + SYSTEM_EVENTS });
    await take(read, count, see);
    await read.cancel();
  }

  async catchUp(count: number, see: (data: unknown) => void): Promise<() => Promise<void>> {
    const subscription = this.client.subscribeToAll({ fromPosition: START });
    await take(subscription, count, see);
    return () => subscription.unsubscribe();
  }

  close(): Promise<void> {
    return this.client.dispose();
  }
}

export const open: OpenDriver = async ({ options, server }) => {
  const { connectionString } = server as Readonly<{ connectionString: string }>;
  return storeDriver(new OfficialClient(connectionString, options['keeps'] === true), options as unknown as Filling);
};
