export { CarryOversModule } from './carry-overs.module';
export { carryOverIdOf, HandleCarryOver, type CarryOverIntent } from './application/handle-carry-over';
export { carryOverProjection } from './read-models/carry-over.projection';
export { CarryOverQueries, type CarryOverCounts, type CarryOverFilter, type CarryOverRow } from './read-models/carry-over.queries';
export { CARRY_OVER_EVENT_TYPES } from './domain/carry-over.event-types';
export { CARRY_OVER_ERRORS, type CarryOverErrorCode } from './domain/carry-over.errors';
export * from './domain/carry-over.types';
export type * from './domain/carry-over.events';
