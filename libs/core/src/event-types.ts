import { CALENDAR_EVENT_TYPES } from '@app/calendar';
import { createCodec, type EventTypes } from '@app/event-store';
import { FINDING_EVENT_TYPES } from '@app/findings';
import { INSPECTION_EVENT_TYPES } from '@app/inspections';
import { LIST_EVENT_TYPES } from '@app/lists';
import { ORGANISATION_EVENT_TYPES } from '@app/organisation';
import { PLACEHOLDER_EVENT_TYPES } from '@app/placeholders';
import { SUBJECT_EVENT_TYPES } from '@app/privacy';

/** Every event type that may stand in the store, by context. A golden file exists for each version of each. */
export const EVENT_TYPES: Readonly<Record<string, EventTypes>> = {
  calendar: CALENDAR_EVENT_TYPES,
  findings: FINDING_EVENT_TYPES,
  inspections: INSPECTION_EVENT_TYPES,
  lists: LIST_EVENT_TYPES,
  organisation: ORGANISATION_EVENT_TYPES,
  placeholders: PLACEHOLDER_EVENT_TYPES,
  privacy: SUBJECT_EVENT_TYPES,
};

export const CODEC = createCodec(...Object.values(EVENT_TYPES));
