import type { BulletinEvent } from './bulletin.events';

export const BULLETIN_EVENT_TYPES = {
  BulletinIssued: { version: 1 },
  BulletinCorrected: { version: 1 },
} as const satisfies Record<BulletinEvent['type'], { version: number }>;
