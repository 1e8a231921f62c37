import type { SecurityEntryAnswer } from '../../api/generated/types.gen';

export type Event = SecurityEntryAnswer['kind'];

/** What the log of the door knows, in the order of the filter. */
export const EVENTS = [
  'signed-in',
  'sign-in-failed',
  'locked',
  'unlocked',
  'signed-out',
  'denied',
  'account-created',
  'account-withdrawn',
  'password-changed',
  'password-reset',
  'token-issued',
  'token-revoked',
  'read-in-full',
  'exported',
  'package-taken',
  'device-registered',
  'device-secret-given',
  'device-withdrawn',
  'backup-started',
] as const satisfies readonly Event[];

/** What an auditor looks at first. */
export const LOUD: ReadonlySet<Event> = new Set<Event>(['sign-in-failed', 'locked', 'denied', 'read-in-full', 'exported', 'token-issued']);
