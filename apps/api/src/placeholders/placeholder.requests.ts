import { PLACEHOLDER_SOURCES, PLACEHOLDER_STATUSES, WITHDRAWAL_GROUNDS, type PlaceholderId } from '@app/placeholders';
import { z } from 'zod';
import { day, text, unitId, uuid } from '../findings/finding.requests';

/** No field takes words: what is classified has no place here (R39). */
const act = { on: day.optional() };
const documentNumber = text(60);

export const placeholderId = uuid<PlaceholderId>();
export const registerRequest = z.strictObject({ ...act, unitId, source: z.enum(PLACEHOLDER_SOURCES) });
export const settleRequest = z.strictObject({ ...act, documentNumber });
export const withdrawRequest = z.strictObject({
  ...act,
  ground: z.enum(WITHDRAWAL_GROUNDS),
  documentNumber: documentNumber.nullish().transform((v) => v ?? null),
});
export const placeholdersQuery = z.strictObject({
  status: z.enum(PLACEHOLDER_STATUSES).optional(),
  /** The number that the page before ended with. */
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Of a write that this read must see. */
  position: z.string().optional(),
});
export type Body<T extends z.ZodType> = z.output<T>;
