import { ADDRESSEE_KINDS, JOINT_RUNGS, LADDER_STEPS, RUNG_STATES, RUNGS } from '@app/escalation';
import { instant, type Instant } from '@app/kernel';
import { SERIOUSNESSES, SOURCES } from '@app/worktime';
import { z } from 'zod';
import { day, findingId, legId, text, unitId } from '../findings/finding.requests';
import { personId } from '../organisation/organisation.requests';

/** The due time that was missed: which ladder of the leg is meant. */
const dueAt = z.string().transform((value, context): Instant => {
  try {
    return instant(value);
  } catch {
    context.addIssue({ code: 'custom', message: '应为原期限的时刻 · expected the due time that was missed' });
    return z.NEVER;
  }
});
const act = { on: day.optional(), dueAt };
const addressees = z.array(z.enum(ADDRESSEE_KINDS)).max(ADDRESSEE_KINDS.length);

export const rungParam = z.enum(RUNGS);
/** What is left out is as the rule proposes it. */
export const issueRequest = z.strictObject({
  ...act,
  addressees: addressees.min(1).optional(),
  text: text(4000).optional(),
  /** Null: no answer is asked for. */
  replyBy: day.nullable().optional(),
});
/** Several of one unit, which go out as one notice. */
export const togetherRequest = z.strictObject({
  on: day.optional(),
  rung: z.enum(JOINT_RUNGS),
  unitId,
  rungs: z.array(z.strictObject({ findingId, legId, dueAt })).min(1).max(50),
  /** Those of each one's rule when absent. */
  addressees: addressees
    .min(1)
    .nullish()
    .transform((v) => v ?? null),
  /** The usual text when absent. */
  text: text(4000)
    .nullish()
    .transform((v) => v ?? null),
  /** Null: no answer is asked for. */
  replyBy: day.nullable(),
});
export const declineRequest = z.strictObject({ ...act, reason: text(1000) });
export const answerRequest = z.strictObject({ ...act, text: text(4000) });
export const interviewRequest = z.strictObject({
  ...act,
  metOn: day,
  heldBy: z.array(personId).min(1).max(20),
  met: z.array(personId).min(1).max(20),
  agreed: text(4000),
  nextOn: day.nullish().transform((v) => v ?? null),
});

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const rungsQuery = z.strictObject({
  state: z.enum(RUNG_STATES).optional(),
  rung: rungParam.optional(),
  unit: unitId.optional(),
  town: unitId.optional(),
  findingId: findingId.optional(),
  unanswered: flag.optional(),
  /** Only what the reader may decide now. */
  mine: flag.optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  position: z.string().optional(),
});
export const positionQuery = z.strictObject({ position: z.string().optional() });

export const ladderRuleId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/);
export const ladderRuleRequest = z.strictObject({
  step: z.enum(LADDER_STEPS),
  days: z.number().int().min(1).max(365),
  addressees,
  replyDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .nullish()
    .transform((v) => v ?? null),
  scope: z.strictObject({ source: z.enum(SOURCES).optional(), seriousness: z.enum(SERIOUSNESSES).optional() }).default({}),
  from: day,
  reason: text(500),
});
export const endLadderRuleRequest = z.strictObject({ to: day, reason: text(500) });
export type Body<T extends z.ZodType> = z.output<T>;
