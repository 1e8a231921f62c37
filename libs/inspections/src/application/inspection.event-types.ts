import type { EventTypes } from '@app/event-store';
import type { ExaminationEvent } from '../domain/examination.events';
import type { InspectionEvent } from '../domain/inspection.events';

/** What was examined stands in streams of its own. */
export const EXAMINATION_EVENT_TYPES = {
  SubjectsExamined: { version: 1 },
  SubjectsExaminedCorrected: { version: 1 },
} satisfies Record<ExaminationEvent['type'], EventTypes[string]>;

export const INSPECTION_TASK_TYPES = {
  InspectionPlanned: { version: 1 },
  InspectionChanged: { version: 1 },
  InspectionEnded: { version: 1 },
} satisfies Record<InspectionEvent['type'], EventTypes[string]>;

export const INSPECTION_EVENT_TYPES = { ...INSPECTION_TASK_TYPES, ...EXAMINATION_EVENT_TYPES };
