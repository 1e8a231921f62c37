export { ListsModule } from './lists.module';
export { ListReader } from './application/list-reader';
export { RowClaims } from './application/row-claims';
export { NumberRegister, type TakenNumber } from './application/number-register';
export { HandleList, type HandleListOptions, type ListAck, type ListIntent } from './application/handle-list';
export { ListCommandHandler } from './application/list.command-handler';
export { ListIssuingPolicy } from './application/list-issuing.policy';
export { ListProjection } from './read-models/list.projection';
export {
  ListQueries,
  type ListCounts,
  type ListRowView,
  type ListSummary,
  type RowChoice,
  type ListSupplement,
} from './read-models/list.queries';
export { LIST_EVENT_TYPES } from './domain/list.event-types';
export { LIST_ERRORS, type ListErrorCode } from './domain/list.errors';
export { waitingRows, type ListState } from './domain/list.state';
export { missingIn } from './domain/list.types';
export type { ListRow, ListSource, Missing, RowContent, RowLeg, RowSubject, SourceKind } from './domain/list.types';
export type * from './domain/list.events';
export { findingNumber, findingSeries } from './application/finding-number';
