import { CADENCE_UNITS, SUPERVISED_KINDS, SUPERVISION_MEASURES, SUPERVISION_STATES, type SupervisionId } from '@app/supervision';
import { EXAMINED_KINDS } from '@app/inspections';
import { instant, type PersonId } from '@app/kernel';
import { z } from 'zod';
import { day, findingId, id, text, unitId, uuid } from '../findings/finding.requests';

export const supervisionId = uuid<SupervisionId>();
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((v) => v ?? null);
const reason = text(1000);

const CURSOR = /^(\S{20,30})~([0-9a-f-]{36})~(\d{1,5})$/;
export const casesQuery = z.strictObject({
  /** Several by commas; what is on the list when left out. */
  states: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(SUPERVISION_STATES)).min(1).max(4))
    .default(['listed']),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** `next` of the page before. */
  cursor: z
    .string()
    .regex(CURSOR)
    .transform((value, context) => {
      const [, at = '', of = '', round = ''] = CURSOR.exec(value) ?? [];
      try {
        return { changedAt: instant(at), supervisionId: of as SupervisionId, round: Number(round) };
      } catch {
        context.addIssue({ code: 'custom', message: '应为本接口返回的 next · expected a `next` that this route answered' });
        return z.NEVER;
      }
    })
    .optional(),
  position: z.string().optional(),
});
export const flagsQuery = z.strictObject({ findingId: findingId.optional(), position: z.string().optional() });
export const oneQuery = z.strictObject({ position: z.string().optional() });
export const roundParam = z.coerce.number().int().min(1).max(10_000);
export const behindQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(600).optional(),
});

export const proposalRequest = z.strictObject({
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('unit'), unitId }),
    z.strictObject({ kind: z.literal('finding'), findingId }),
  ]),
  reason,
});
export const declineRequest = z.strictObject({ reason });
const count = z.number().int().min(0).max(100_000);
const criterion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open-at-most'), n: count }),
  z.strictObject({ kind: z.literal('no-overdue') }),
  z.strictObject({ kind: z.literal('no-relapse-for'), days: z.number().int().min(1).max(366) }),
  z.strictObject({ kind: z.literal('finding-cleared') }),
  z.strictObject({ kind: z.literal('stated'), text: text(300) }),
]);
export const listingRequest = z.strictObject({
  reason,
  leaderId: id<PersonId>(),
  rectifierId: orNull(id<PersonId>()),
  measures: text(2000),
  funds: orNull(text(500)),
  emergencyPlan: orNull(text(1000)),
  deadline: day,
  cadence: z.strictObject({ every: z.number().int().min(1).max(92), unit: z.enum(CADENCE_UNITS) }),
  criteria: z.array(criterion).min(1).max(12),
});
/** `period` left out: the one asked for last. */
export const reportRequest = z.strictObject({ period: orNull(z.number().int().min(1).max(100_000)), text: text(4000) });
/** How each criterion is met, in the plan's order. */
export const removalRequest = z.strictObject({ answers: z.array(text(1000)).min(1).max(12) });
export const refusalRequest = z.strictObject({ reason });
export const approvalRequest = z.strictObject({ reason: orNull(reason) });

export const ruleIdParam = z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/);
export const ruleRequest = z.strictObject({
  of: z.enum(SUPERVISED_KINDS).default('town'),
  measure: z.enum(SUPERVISION_MEASURES),
  threshold: z.number().positive().max(10_000),
  minimum: z.number().int().min(1).max(1_000_000),
  windowDays: z.number().int().min(1).max(1_000),
  kinds: z.array(z.enum(EXAMINED_KINDS)).min(1).max(4),
  peerFactor: orNull(z.number().min(1).max(100)),
  quietDays: z.number().int().min(0).max(366),
  from: day,
  reason: text(500),
});
export const retireRequest = z.strictObject({ to: day, reason: text(500) });
