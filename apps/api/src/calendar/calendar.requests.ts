import { DEADLINE_KINDS, DUTIES, FINDING_KINDS, LINES, RECTIFICATIONS, RULE_UNITS, SERIOUSNESSES, SOURCES } from '@app/worktime';
import { z } from 'zod';
import { day, text } from '../findings/finding.requests';
import { categoryCode } from '../organisation/organisation.requests';

const named = z.array(z.strictObject({ day, name: text(40) })).max(120);

export const yearParam = z.coerce.number().int().min(2000).max(2100);
export const yearRequest = z.strictObject({ holidays: named.min(1), swappedWorkdays: named, reference: text(200) });
export const declineRequest = z.strictObject({ reason: text(500) });
export const ruleIdParam = z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/);
/** Parts that are left out mean "any"; `undefined` is dropped so that it never reaches an event. */
const scope = z
  .strictObject({
    category: categoryCode.optional(),
    source: z.enum(SOURCES).optional(),
    findingKind: z.enum(FINDING_KINDS).optional(),
    rectification: z.enum(RECTIFICATIONS).optional(),
    seriousness: z.enum(SERIOUSNESSES).optional(),
    line: z.enum(LINES).optional(),
    duty: z.enum(DUTIES).optional(),
  })
  .default({});
export const ruleRequest = z.strictObject({
  kind: z.enum(DEADLINE_KINDS),
  scope,
  days: z.number().int().min(1).max(3650),
  unit: z.enum(RULE_UNITS),
  from: day,
  reason: text(500),
});
export const retireRequest = z.strictObject({ to: day, reason: text(500) });
