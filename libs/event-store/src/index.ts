export * from './event-store.port';
export type { EventTypeSpec, EventTypes } from './event-types';
export { createCodec, EventCodec, UndecodableEvent, UnknownEvent } from './codec';
export { eventsOf } from './command-events';
export { CommandRunner, StaleRevision, type Ack, type DecidedCommand, type RunRequest } from './command-runner';
export * from './copy';
export { EventStoreModule } from './event-store.module';
export { openEventStore, type EventStoreOptions } from './open-event-store';
export { StoreAlarms, type AlarmKind } from './store-alarms';
export { InMemoryEventStore } from './in-memory-event-store';
export { PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store';
export { PgListener } from './postgres/pg-listener';
export { isTransient, isUnavailable } from './postgres/pg-errors';
export { APPEND_UNCHANGED, EVENT_STORE_SCHEMA, EVENTS_CHANNEL } from './postgres/schema';
export {
  EventStoreDbEventStore,
  GatewayEventStore,
  type EventStoreDbOptions,
  type GatewayStoreOptions,
  type StoreAlarm,
} from './eventstoredb/eventstoredb-event-store';
export {
  GatewayError,
  WrongRevision,
  type Call,
  type GatewayAppended,
  type GatewayFailure,
  type Page,
  type StoreGateway,
  type SubscriptionMessage,
} from './eventstoredb/gateway';
export { matches } from './all-filter';
export type { PreparedEvent } from './append-arguments';
export { REAL_TIMERS, type Timers } from './timers';
export { pause, WakeUp } from './wake-up';
