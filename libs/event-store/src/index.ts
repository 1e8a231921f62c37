export * from './event-store.port';
export type { EventTypeSpec, EventTypes } from './event-types';
