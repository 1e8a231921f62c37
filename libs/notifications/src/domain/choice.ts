import { NOTIFICATION_KINDS, type NotificationKind } from './kinds';

/** immediate 随时 · daily 每天一封 · weekly 每周一封. */
export const DIGESTS = ['immediate', 'daily', 'weekly'] as const;
export type Digest = (typeof DIGESTS)[number];

/** How a person wishes to be told by mail. In the application everything is there, whatever is chosen here. */
export type Choice = Readonly<{
  /** Kinds that go out by mail. */
  mail: readonly NotificationKind[];
  digest: Digest;
  /** `HH:MM` in Shanghai, of a daily or weekly mail. */
  digestAt: string;
  /** Of a weekly mail: 0 = Sunday … 6 = Saturday. */
  digestOn: number;
  /** Mail waits from one time to the other, `HH:MM` in Shanghai; null without quiet hours. */
  quiet: Readonly<{ from: string; to: string }> | null;
  /** Mail waits for a working day. */
  workingDaysOnly: boolean;
  /** What runs in hours goes out at once, whatever the rest says. */
  urgentAtOnce: boolean;
}>;

/** Kinds that are for administrators, or of which the daily work tells anyway. */
const NOT_BY_MAIL: readonly NotificationKind[] = ['review-waits', 'verify-waits', 'clear-waits', 'trial'];

/** One mail a day on working days, and none before somebody enters an address. */
export const DEFAULT_CHOICE: Choice = {
  mail: NOTIFICATION_KINDS.filter((kind) => !NOT_BY_MAIL.includes(kind)),
  digest: 'daily',
  digestAt: '08:30',
  digestOn: 1,
  quiet: { from: '20:00', to: '08:00' },
  workingDaysOnly: true,
  urgentAtOnce: false,
};
