export { Directory } from './directory/directory';
export { DirectoryView } from './directory/directory-view';
export type { PostOfPerson, Proposal, ProposedLeg, ReceivingPost } from './directory/directory-view';
export type { UnitMatch } from './directory/unit-finder';
export { DIRECTORY_ERRORS, type DirectoryErrorCode } from './directory/directory.errors';
export { NO_ROWS } from './directory/directory.rows';
export type {
  Category,
  CategoryRule,
  DirectoryRows,
  Holding,
  Person,
  Post,
  Responsibility,
  Secondment,
  Substitute,
  Unit,
  UnitStatus,
} from './directory/directory.rows';
export { DUTIES, EVIDENCE_KINDS, UNIT_KINDS, holdsOn, isDepartmentLevel, isWithin, overlaps, pathUnder } from './domain/vocabulary';
export type { Duty, EvidenceKind, Line, Period, UnitKind } from './domain/vocabulary';
