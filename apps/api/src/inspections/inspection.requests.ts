import type { InspectionId } from '@app/inspections';
import { localDate, type LocalDate, type PersonId } from '@app/kernel';
import { z } from 'zod';
import { day, id, MANNERS, SOURCES, text, unitId, uuid } from '../findings/finding.requests';

export const inspectionId = uuid<InspectionId>();
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((v) => v ?? null);

/** The whole plan; both days are included. */
export const planRequest = z.strictObject({
  teamId: unitId,
  members: z.array(id<PersonId>()).min(1).max(30),
  villages: z.array(unitId).min(1).max(60),
  from: day,
  to: day,
  source: z.strictObject({ kind: z.enum(SOURCES), name: text(200), batch: orNull(text(100)), documentNumber: orNull(text(100)) }),
  manner: z.enum(MANNERS),
  note: orNull(text(500)),
});
export const endRequest = z.strictObject({ reason: orNull(text(500)) });

const CURSOR = /^(\d{4}-\d{2}-\d{2})~([0-9a-f-]{36})$/;
export const inspectionsQuery = z.strictObject({
  of: z.enum(['mine', 'all']).default('mine'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** `next` of the page before. */
  cursor: z
    .string()
    .regex(CURSOR)
    .transform((value, context): Readonly<{ from: LocalDate; id: string }> => {
      const [, from = '', id = ''] = CURSOR.exec(value) ?? [];
      try {
        return { from: localDate(from), id };
      } catch {
        context.addIssue({ code: 'custom', message: '应为本接口返回的 next · expected a `next` that this route answered' });
        return z.NEVER;
      }
    })
    .optional(),
  position: z.string().optional(),
});
export const todayQuery = z.strictObject({ position: z.string().optional() });
