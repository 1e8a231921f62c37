import { SECURITY_EVENTS, TOKEN_SCOPES } from '@app/identity';
import { instant, type AccountId, type Instant, type PersonId, type PostId } from '@app/kernel';
import { z } from 'zod';
import { day } from '../findings/finding.requests';

/** Shapes of the requests at the door. Unknown fields are refused. */
const id = <T extends string>() =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,80}$/, '应为编号 · expected an identifier')
    .transform((v) => v as T);
/** Long enough for every password, short enough that hashing one is no attack. */
const password = z.string().min(1).max(200);

export const accountId = z.uuid().transform((v) => v as AccountId);
export const tokenId = z.uuid();
export const deviceId = z.uuid();
export const registerDeviceRequest = z.strictObject({ label: z.string().trim().max(60).default('') });
export const signInRequest = z.strictObject({ login: z.string().min(1).max(100), password });
export const actFromRequest = z.strictObject({ postId: id<PostId>().nullable() });
export const changePasswordRequest = z.strictObject({ present: password, wanted: password });
export const createAccountRequest = z.strictObject({ login: z.string().min(1).max(100), personId: id<PersonId>() });
export const issueTokenRequest = z.strictObject({
  accountId,
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1).max(2),
  actingPostId: id<PostId>().nullable().default(null),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((v): Instant => instant(v))
    .nullable()
    .default(null),
});
/** The database knows no year 0. */
const logDay = day.refine((at) => at >= '1900-01-01', { message: '日期过早 · too early a day' });
export const logQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform((v) => BigInt(v))
    .optional(),
  kind: z.enum(SECURITY_EVENTS).optional(),
  personId: id<PersonId>().optional(),
  /** Days of the county, both included. */
  from: logDay.optional(),
  to: logDay.optional(),
});
