export { EscalationModule } from './escalation.module';
export { ESCALATION_POLICIES, ESCALATION_PROJECTIONS } from './readers';
export { ESCALATION_EVENT_TYPES } from './domain/escalation.event-types';
export { ESCALATION_ERRORS, type EscalationErrorCode } from './domain/escalation.errors';
export type * from './domain/escalation.events';
export * from './domain/escalation.types';
export { draftText, jointDraftText } from './domain/draft-text';
export { DEFAULT_LADDER_RULES, reachedAt } from './domain/ladder-rules';
export type { LadderRuleCommand } from './domain/ladder-rules.decider';
export { HandleLadder, HandleLadderRule, ladderStream, type LadderIntent, type LadderOptions } from './application/handle-ladder';
export { HandleRungsTogether, type RungOutcome, type RungsTogether, type TogetherAck } from './application/handle-rungs-together';
export { LadderSweep } from './application/ladder-sweep';
export {
  LadderQueries,
  type InterviewRow,
  type LadderClockRow,
  type RungFilter,
  type RungRow,
  type RungSight,
} from './read-models/ladder.queries';
