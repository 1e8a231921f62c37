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
export { ORGANISATION_ERRORS, type OrganisationErrorCode } from './domain/organisation.errors';
export type { UnitEvent, UnitMerged, UnitMoved, UnitRenamed } from './domain/unit.events';
export type { PersonEvent, SealedPhone } from './domain/person.events';
export type { PostEvent } from './domain/post.events';
export type { CategoryEvent } from './domain/category.events';
export { ORGANISATION_EVENT_TYPES, type OrganisationEvent } from './application/event-types';
export { HandleCategory, HandlePerson, HandlePost, HandleUnit } from './application/organisation.commands';
export type { CategoryRequest, PersonRequest, PostRequest, UnitRequest } from './application/organisation.commands';
export { initialsOf } from './read-models/initials';
export { organisationProjection } from './read-models/organisation.projection';
export { ReadModelDirectory } from './directory/read-model-directory';
export { OrganisationModule } from './organisation.module';
export { PersonRecords } from './read-models/person-records.queries';
