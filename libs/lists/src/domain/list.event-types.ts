import type { ListEvent } from './list.events';

export const LIST_EVENT_TYPES = {
  ListDrafted: { version: 1 },
  ListAmended: { version: 1 },
  RowsAdded: { version: 1 },
  RowCorrected: { version: 1 },
  RowRemoved: { version: 1 },
  ListIssued: { version: 1 },
  SupplementIssued: { version: 1 },
  ListDiscarded: { version: 1 },
} as const satisfies Record<ListEvent['type'], { version: number }>;
