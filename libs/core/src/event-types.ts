import { BULLETIN_EVENT_TYPES } from '@app/bulletins';
import { CALENDAR_EVENT_TYPES } from '@app/calendar';
import { CARRY_OVER_EVENT_TYPES } from '@app/carry-overs';
import { ESCALATION_EVENT_TYPES } from '@app/escalation';
import { createCodec, type EventTypes } from '@app/event-store';
import { FINDING_EVENT_TYPES } from '@app/findings';
import { INSPECTION_EVENT_TYPES } from '@app/inspections';
import { LIST_EVENT_TYPES } from '@app/lists';
import { NOTICE_EVENT_TYPES } from '@app/notices';
import { ORGANISATION_EVENT_TYPES } from '@app/organisation';
import { PLACEHOLDER_EVENT_TYPES } from '@app/placeholders';
import { SUBJECT_EVENT_TYPES } from '@app/privacy';
import { SELECTION_EVENT_TYPES } from '@app/selections';
import { SUPERVISION_EVENT_TYPES } from '@app/supervision';

/** Every event type that may stand in the store, by context. A golden file exists for each version of each. */
export const EVENT_TYPES: Readonly<Record<string, EventTypes>> = {
  bulletins: BULLETIN_EVENT_TYPES,
  calendar: CALENDAR_EVENT_TYPES,
  'carry-overs': CARRY_OVER_EVENT_TYPES,
  escalation: ESCALATION_EVENT_TYPES,
  findings: FINDING_EVENT_TYPES,
  inspections: INSPECTION_EVENT_TYPES,
  lists: LIST_EVENT_TYPES,
  notices: NOTICE_EVENT_TYPES,
  organisation: ORGANISATION_EVENT_TYPES,
  placeholders: PLACEHOLDER_EVENT_TYPES,
  privacy: SUBJECT_EVENT_TYPES,
  selections: SELECTION_EVENT_TYPES,
  supervision: SUPERVISION_EVENT_TYPES,
};

export const CODEC = createCodec(...Object.values(EVENT_TYPES));
