import type { SelectionEvent } from './selection.events';

export const SELECTION_EVENT_TYPES = {
  SelectionOpened: { version: 1 },
  SelectionSampleDrawn: { version: 1 },
  SelectionSampleJudged: { version: 1 },
  SelectionBlocked: { version: 1 },
  SelectionStarted: { version: 1 },
  SelectionCancelled: { version: 1 },
  SelectionFinished: { version: 1 },
} as const satisfies Record<SelectionEvent['type'], { version: number }>;
