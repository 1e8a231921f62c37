import { EXAMINED_KINDS } from '@app/inspections';
import { z } from 'zod';
import { day, text, unitId } from '../findings/finding.requests';

const what = {
  /** A village of the task or of the town, or the town itself. */
  unitId,
  kind: z.enum(EXAMINED_KINDS),
  count: z.number().int().min(0).max(1_000_000),
  /** Of a correction. */
  reason: text(300)
    .nullish()
    .transform((v) => v ?? null),
};
export const examinedRequest = z.strictObject(what);
/** Both days are included. */
export const selfCheckRequest = z.strictObject({ ...what, from: day, to: day });
export const selfChecksQuery = z.strictObject({ position: z.string().optional() });
