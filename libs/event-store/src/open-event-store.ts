import type { EventStore } from './event-store.port';
import { EventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb/eventstoredb-event-store';
import { InMemoryEventStore } from './in-memory-event-store';
import { PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store';

export type EventStoreOptions = PostgresEventStoreOptions | EventStoreDbOptions | 'in-memory';

/** The store behind the port, by what is said about it. It connects when it is first asked. */
export const openEventStore = (options: EventStoreOptions): EventStore => {
  if (options === 'in-memory') return new InMemoryEventStore();
  return 'url' in options ? new PostgresEventStore(options) : new EventStoreDbEventStore(options);
};
