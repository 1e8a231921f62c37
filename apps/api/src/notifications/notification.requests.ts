import { DIGESTS, INBOX_CURSOR, MAIL_CODE, NOTIFICATION_KINDS } from '@app/notifications';
import { instant, type Instant } from '@app/kernel';
import { z } from 'zod';

/** Shapes of the requests. Unknown fields are refused. */
export const uuid = z.uuid();
export const keyId = z.string().regex(/^k_[0-9a-f]{12}$/);
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '应为 HH:MM · expected HH:MM');
const kinds = z
  .array(z.enum(NOTIFICATION_KINDS))
  .max(NOTIFICATION_KINDS.length)
  .transform((given) => [...new Set(given)]);

export const inboxQuery = z.strictObject({
  state: z.enum(['all', 'unread']).default('all'),
  after: z.string().regex(INBOX_CURSOR).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export const readMark = z.strictObject({ read: z.boolean() });
/** Everything up to the moment of the newest one that was seen. */
export const readMarks = z.strictObject({
  upTo: z.iso
    .datetime({ offset: true })
    .refine((at) => at >= '1900' && at < '9999', '日期超出范围 · out of range')
    .transform((at): Instant => instant(at)),
});
export const choiceRequest = z.strictObject({
  /** Where mail goes; null: no mail. */
  mailbox: z.string().trim().min(3).max(254).nullable(),
  choice: z.strictObject({
    mail: kinds,
    digest: z.enum(DIGESTS),
    digestAt: time,
    digestOn: z.number().int().min(0).max(6),
    quiet: z.strictObject({ from: time, to: time }).nullable(),
    workingDaysOnly: z.boolean(),
    urgentAtOnce: z.boolean(),
  }),
});
export const mailCodeRequest = z.strictObject({ code: z.string().trim().regex(MAIL_CODE, '应为八位数字 · expected eight digits') });
export const mailTrialRequest = z.strictObject({ mailbox: z.string().trim().min(3).max(254) });
export const webhookRequest = z.strictObject({
  label: z.string().trim().min(1).max(60),
  url: z.string().min(1).max(500),
  kinds,
  paused: z.boolean().default(false),
});
export const dropRequest = z.strictObject({ reason: z.string().trim().min(1).max(300) });
export type Body<S extends z.ZodType> = z.output<S>;
