import { instant, type EvidenceId, type LegId, type PersonId } from '@app/kernel';
import { DELIVERY_WAYS, ISSUED_BY_HAND, NOTICE_FORMATS, NOTICE_KINDS, SIGNATURES, type NoticeId } from '@app/notices';
import { z } from 'zod';
import { day, findingId, id, text, unitId, uuid } from '../findings/finding.requests';

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const person = id<PersonId>();

export const noticeId = uuid<NoticeId>();
export const format = z.enum(NOTICE_FORMATS);
/** What the QR code holds: anything else is no notice's. */
export const opaqueParam = z.string().max(200);
export const hashQuery = z.strictObject({ h: z.string().max(200).default(''), position: z.string().optional() });

const legs = z.array(z.strictObject({ findingId, legId: id<LegId>(), requirement: orNull(text(1000)) })).max(200);
const wording = { text: orNull(text(4000)), signer: orNull(person), copies: z.array(text(100)).max(20).default([]) };

const photos = z.array(z.strictObject({ findingId, evidenceId: uuid<EvidenceId>() })).max(200);

export const issueRequest = z.strictObject({
  kind: z.enum(ISSUED_BY_HAND),
  unitId,
  legs: legs.min(1),
  ...wording,
  /** Those who sign; at least two on a 限期整改通知单. */
  inspectors: z.array(person).max(6).default([]),
  inspectedFrom: orNull(day),
  inspectedTo: orNull(day),
  /** The last due day on the notice when absent. */
  feedbackBy: orNull(day),
  feedback: orNull(text(1000)),
  recheck: orNull(text(1000)),
  /** Evidence of these findings, printed on an annex in this order: JPEG or PNG, from before or after, at most twenty-four. */
  photos: photos.default([]),
});
export const correctionRequest = z.strictObject({ ...wording, text: text(4000), legs: legs.default([]) });
export const deliveryRequest = z.strictObject({
  way: z.enum(DELIVERY_WAYS),
  /** Now when absent. */
  deliveredAt: orNull(z.iso.datetime({ offset: true }).transform(instant)),
  to: text(100),
});
export const refusalRequest = z.strictObject({ reason: text(500), witnesses: z.array(text(60)).min(2).max(6) });
export const replyRequest = z.strictObject({ text: text(4000), evidence: z.array(uuid<EvidenceId>()).max(50).default([]) });

export const noticesQuery = z.strictObject({
  kind: z.enum(NOTICE_KINDS).optional(),
  unit: unitId.optional(),
  signature: z.enum(SIGNATURES).optional(),
  replied: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  finding: findingId.optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Of a write that this read must see. */
  position: z.string().optional(),
});
/** `unit`: as it went out; `file`: with the 送达回证, for the issuer's files. */
export const copyQuery = z.strictObject({ copy: z.enum(['unit', 'file']).default('unit'), position: z.string().optional() });
export type Body<T extends z.ZodType> = z.output<T>;
