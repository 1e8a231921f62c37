export * from './domain/selection.types';
export { sampleSize } from './domain/sample';
export { SELECTION_ERRORS, type SelectionErrorCode } from './domain/selection.errors';
export { SELECTION_EVENT_TYPES } from './domain/selection.event-types';
export type * from './domain/selection.events';
export { Admission } from './application/admission';
export { LIMITS as SELECTION_LIMITS } from './application/limits';
export type { RowFilter } from './application/collect-rows';
export { PreparedSelections, type PreparedResult, type PreparedRow, type PreparedStanding } from './application/prepared-rows';
export {
  NO_COUNTS,
  type RowException,
  type RowsShown,
  type Said,
  type SelectionCounts,
  type SelectionJob,
  type SelectionRow,
} from './application/selection-job';
export { Selections, type Judgement, type OpenRequest } from './application/selections';
export { SelectionWork } from './application/selection-work';
export type { AnyStepData, StepData } from './application/step-data';
export { SelectionsModule } from './selections.module';
