export * from './domain/finding.types';
export type * from './domain/finding.events';
export type * from './domain/finding.commands';
export { FINDING_ERRORS, type FindingErrorCode } from './domain/finding.errors';
export { FINDING_EVENT_TYPES } from './domain/finding.event-types';
export { stageOf, statusOf, type FindingState, type Leg } from './domain/finding.state';
