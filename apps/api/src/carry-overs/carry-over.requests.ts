import { CARRY_OVER_SOURCES, type CarryOverId } from '@app/carry-overs';
import { z } from 'zod';
import { day, text, unitId, uuid } from '../findings/finding.requests';

export const carryOverId = uuid<CarryOverId>();
export const withdrawalRequest = z.strictObject({ on: day.optional(), reason: text(500) });
export const carryOversQuery = z.strictObject({
  town: unitId.optional(),
  department: unitId.optional(),
  source: z.enum(CARRY_OVER_SOURCES).optional(),
  /** The import they came with. */
  import: z.uuid().optional(),
  /** Of the clearance, both included. */
  clearedFrom: day.optional(),
  clearedTo: day.optional(),
  withdrawn: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Of a write that this read must see. */
  position: z.string().optional(),
});
export type Body<T extends z.ZodType> = z.output<T>;
