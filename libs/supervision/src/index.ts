export { SupervisionModule } from './supervision.module';
export { SUPERVISION_POLICIES, SUPERVISION_PROJECTIONS } from './readers';
export { SUPERVISION_EVENT_TYPES } from './domain/supervision.event-types';
export type { SupervisionEvent } from './domain/supervision.events';
export type { SupervisionRuleEvent } from './domain/supervision-rule.events';
export * from './domain/supervision.types';
export { DEFAULT_SUPERVISION_RULES, LEAST_EXAMINED, type SupervisionRule } from './domain/supervision-rule.types';
export { SUPERVISION_ERRORS, type SupervisionErrorCode } from './domain/supervision.errors';
export { rightsOf, type SupervisionRights } from './domain/guards';
export { supervisionWorldOf } from './application/supervision-world';
export { HandleSupervision, supervisionIdOf, type SupervisionIntent } from './application/handle-supervision';
export { HandleSupervisionRule } from './application/supervision-rule.command-handler';
export { SupervisionNumbers } from './application/supervision-numbers';
export { CaseFigureService } from './application/case-figures';
export { DailyEvaluation } from './application/daily-evaluation';
export { ReportClocks } from './application/report-clocks';
export {
  daysListed,
  SUPERVISION_STATES,
  type RemovalShown,
  type ReportShown,
  type SupervisionCase,
  type SupervisionCaseState,
} from './read-models/supervision-case';
export { SupervisionQueries, type CaseCursor, type CaseRow, type CaseScope, type SupervisionFlag } from './read-models/supervision.queries';
