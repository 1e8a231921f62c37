import type { EventTypes, EventTypeSpec } from '@app/event-store';
import type { CategoryEvent } from '../domain/category.events';
import type { PersonEvent } from '../domain/person.events';
import type { PostEvent } from '../domain/post.events';
import type { UnitEvent } from '../domain/unit.events';

export const UNIT_EVENT_TYPES = {
  UnitEstablished: { version: 1 },
  UnitRenamed: { version: 1 },
  UnitSynonymsGiven: { version: 1 },
  UnitMoved: { version: 1 },
  UnitMerged: { version: 1 },
  UnitDissolved: { version: 1 },
} satisfies Record<UnitEvent['type'], EventTypeSpec>;

export const PERSON_EVENT_TYPES = {
  PersonRegistered: { version: 1 },
  PersonCorrected: { version: 1 },
  Seconded: { version: 1 },
  SecondmentEnded: { version: 1 },
  PutInCharge: { version: 1 },
  ChargeEnded: { version: 1 },
} satisfies Record<PersonEvent['type'], EventTypeSpec>;

export const POST_EVENT_TYPES = {
  PostCreated: { version: 1 },
  PostChanged: { version: 1 },
  PostHeld: { version: 1 },
  PostVacated: { version: 1 },
  SubstituteNamed: { version: 1 },
  SubstituteReleased: { version: 1 },
  PostClosed: { version: 1 },
} satisfies Record<PostEvent['type'], EventTypeSpec>;

export const CATEGORY_EVENT_TYPES = {
  CategoryDefined: { version: 1 },
  CategoryChanged: { version: 1 },
  DepartmentMadeResponsible: { version: 1 },
  CategoryRetired: { version: 1 },
} satisfies Record<CategoryEvent['type'], EventTypeSpec>;

/** Every event type of this context, for the codec of the whole product. */
export const ORGANISATION_EVENT_TYPES: EventTypes = {
  ...UNIT_EVENT_TYPES,
  ...PERSON_EVENT_TYPES,
  ...POST_EVENT_TYPES,
  ...CATEGORY_EVENT_TYPES,
};
export type OrganisationEvent = UnitEvent | PersonEvent | PostEvent | CategoryEvent;
