import { dumbo } from '@event-driven-io/dumbo';
import type { Event } from '@event-driven-io/emmett';
import {
  getPostgreSQLEventStore,
  postgreSQLEventStoreMessageBatchPuller,
  readMessagesBatch,
  type PostgresEventStore,
} from '@event-driven-io/emmett-postgresql';
import { Pool } from 'pg';
import type { EventToAppend } from '@app/event-store';
import type { OpenDriver } from '../harness/types';
import { EMMETT_POOL } from './pools';
import type { BenchStore } from './bench-store';
import { storeDriver, type Filling } from './store-works';

const PAGE = 10_000;
const SUBSCRIPTION_BATCH = 500;

type BenchMessage = Event<string, Record<string, unknown>>;

/** Emmett with its tables made, on a pool of `size` connections. */
export const openEmmett = async (
  databaseUrl: string | null,
  size = EMMETT_POOL,
): Promise<Readonly<{ store: PostgresEventStore; pool: Pool }>> => {
  if (databaseUrl === null) throw new Error('Emmett needs a database');
  const pool = new Pool({ connectionString: databaseUrl, max: size });
  const store = getPostgreSQLEventStore(databaseUrl, { connectionOptions: { pool } });
  await store.schema.migrate();
  return { store, pool };
};

class EmmettStore implements BenchStore {
  readonly keeps = true;
  private readonly reads;

  constructor(
    private readonly store: PostgresEventStore,
    private readonly pool: Pool,
    databaseUrl: string,
  ) {
    this.reads = dumbo({ connectionString: databaseUrl });
  }

  async append(stream: string, revision: bigint, events: readonly EventToAppend[]): Promise<bigint> {
    const messages = events.map(({ type, data, metadata }) => ({ type, data: data as Record<string, unknown>, metadata }));
    const expectedStreamVersion = revision < 0n ? 'STREAM_DOES_NOT_EXIST' : revision + 1n;
    // Its versions count events, from 1.
    return (await this.store.appendToStream<BenchMessage>(stream, messages, { expectedStreamVersion })).nextExpectedStreamVersion - 1n;
  }

  async readStream(stream: string, see: (data: unknown) => void): Promise<void> {
    const { events } = await this.store.readStream<BenchMessage>(stream);
    for (const { data } of events) see(data);
  }

  async readAll(count: number, see: (data: unknown) => void): Promise<void> {
    let after = 0n;
    for (let left = count; left > 0;) {
      const { messages, currentGlobalPosition } = await readMessagesBatch<BenchMessage>(this.reads.execute, {
        after,
        batchSize: Math.min(PAGE, left),
      });
      if (messages.length === 0) return;
      for (const { data } of messages) see(data);
      left -= messages.length;
      after = currentGlobalPosition;
    }
  }

  async catchUp(count: number, see: (data: unknown) => void): Promise<() => Promise<void>> {
    let left = count;
    const stop = new AbortController();
    const puller = postgreSQLEventStoreMessageBatchPuller<BenchMessage>({
      executor: this.reads.execute,
      batchSize: SUBSCRIPTION_BATCH,
      pullingFrequencyInMs: 50,
      signal: stop.signal,
      eachBatch: async (messages) => {
        for (const { data } of messages.slice(0, left)) see(data);
        left -= messages.length;
        return left <= 0 ? { type: 'STOP' } : undefined;
      },
    });
    await puller.start({ startFrom: 'BEGINNING' });
    return async () => stop.abort();
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.reads.close();
    await this.pool.end();
  }
}

export const open: OpenDriver = async ({ options, databaseUrl }) => {
  const { store, pool } = await openEmmett(databaseUrl, options['pool'] as number | undefined);
  return storeDriver(new EmmettStore(store, pool, databaseUrl ?? ''), options as unknown as Filling);
};
