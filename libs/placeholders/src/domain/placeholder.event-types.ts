import type { PlaceholderEvent } from './placeholder.events';

export const PLACEHOLDER_EVENT_TYPES = {
  PlaceholderRegistered: { version: 1 },
  PlaceholderSettled: { version: 1 },
  PlaceholderWithdrawn: { version: 1 },
} as const satisfies Record<PlaceholderEvent['type'], { version: number }>;
