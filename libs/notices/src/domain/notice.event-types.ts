import type { NoticeEvent } from './notice.events';

export const NOTICE_EVENT_TYPES = {
  NoticeIssued: { version: 1 },
  NoticeDelivered: { version: 1 },
  NoticeSignedFor: { version: 1 },
  NoticeRefused: { version: 1 },
  NoticeReplied: { version: 1 },
  NoticeCorrected: { version: 1 },
} as const satisfies Record<NoticeEvent['type'], { version: number }>;
