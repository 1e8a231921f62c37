import { Client } from 'pg';
import { EVENT_STORE_SCHEMA, EventStoreDbEventStore, PostgresEventStore, type EventStore, type EventToAppend } from '@app/event-store';
import type { OpenContext, OpenDriver } from '../harness/types';
import type { BenchStore } from './bench-store';
import { storeDriver, type Filling } from './store-works';

const PAGE = 10_000;
const SUBSCRIPTION_BATCH = 500;

/** The product's stores, through the port that the product uses. */
class PortStore implements BenchStore {
  readonly keeps = true;

  private readonly store: EventStore;

  constructor(private readonly make: () => EventStore) {
    this.store = make();
  }

  async append(stream: string, revision: bigint, events: readonly EventToAppend[]): Promise<bigint> {
    return (await this.store.append(stream, revision < 0n ? 'no-stream' : revision, events)).revision;
  }

  async readStream(stream: string, see: (data: unknown) => void): Promise<void> {
    for (let from = 0n; ;) {
      const page = await this.store.readStream(stream, from, PAGE);
      for (const { data } of page) see(data);
      if (page.length < PAGE) return;
      from += BigInt(PAGE);
    }
  }

  async readAll(count: number, see: (data: unknown) => void): Promise<void> {
    let after = 0n;
    for (let left = count; left > 0;) {
      const page = await this.store.readAll(after, Math.min(PAGE, left));
      for (const { data } of page) see(data);
      left -= page.length;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.position;
    }
  }

  /** As a process that has just started: a store that has followed before gives its next subscriber pages from memory. */
  async catchUp(count: number, see: (data: unknown) => void): Promise<() => Promise<void>> {
    const stop = new AbortController();
    const store = this.make();
    let left = count;
    for await (const { events } of store.subscribe(0n, stop.signal, undefined, SUBSCRIPTION_BATCH)) {
      for (const { data } of events.slice(0, left)) see(data);
      left -= events.length;
      if (left <= 0) break;
    }
    return async () => {
      stop.abort();
      await store.close();
    };
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/** A database with the table of events. */
export const preparePostgres = async (url: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(EVENT_STORE_SCHEMA);
  } finally {
    await client.end();
  }
};

/** Makes stores over the same log. `store: 'postgres'` needs a database, `store: 'eventstoredb'` a server that says its `connectionString`. */
export const portStores = async ({ options, databaseUrl, server }: OpenContext): Promise<() => EventStore> => {
  if (options['store'] === 'eventstoredb') {
    const { connectionString } = server as Readonly<{ connectionString: string }>;
    return () => new EventStoreDbEventStore({ connectionString });
  }
  if (databaseUrl === null) throw new Error('the PostgreSQL adapter needs a database');
  await preparePostgres(databaseUrl);
  return () => new PostgresEventStore({ url: databaseUrl });
};

export const open: OpenDriver = async (context) =>
  storeDriver(new PortStore(await portStores(context)), context.options as unknown as Filling);
