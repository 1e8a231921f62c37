import type { CarryOverEvent } from './carry-over.events';

export const CARRY_OVER_EVENT_TYPES = {
  FindingCarriedOver: { version: 1 },
  CarryOverWithdrawn: { version: 1 },
} as const satisfies Record<CarryOverEvent['type'], { version: number }>;
