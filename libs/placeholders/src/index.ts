export { PlaceholdersModule } from './placeholders.module';
export {
  HandlePlaceholder,
  type HandlePlaceholderOptions,
  type PlaceholderAck,
  type PlaceholderIntent,
} from './application/handle-placeholder';
export { PlaceholderNumbers } from './application/placeholder-numbers';
export { placeholderProjection } from './read-models/placeholder.projection';
export { PlaceholderQueries, type PlaceholderRow } from './read-models/placeholder.queries';
export { PLACEHOLDER_EVENT_TYPES } from './domain/placeholder.event-types';
export { PLACEHOLDER_ERRORS, type PlaceholderErrorCode } from './domain/placeholder.errors';
export * from './domain/placeholder.types';
export type * from './domain/placeholder.events';
