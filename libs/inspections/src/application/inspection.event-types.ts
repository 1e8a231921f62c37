import type { EventTypes } from '@app/event-store';
import type { InspectionEvent } from '../domain/inspection.events';

export const INSPECTION_EVENT_TYPES = {
  InspectionPlanned: { version: 1 },
  InspectionChanged: { version: 1 },
  InspectionEnded: { version: 1 },
} satisfies Record<InspectionEvent['type'], EventTypes[string]>;
