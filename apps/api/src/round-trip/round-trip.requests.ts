import { z } from 'zod';
import { text } from '../findings/finding.requests';
import { legsQuery } from '../reading/reading.requests';

export const roundTripId = z.uuid();
/** The filters of GET /legs, of the own unit unless another is named; `purpose` stands on the sheet (R40). */
export const workbookQuery = legsQuery.omit({ limit: true, cursor: true }).extend({ purpose: text(200).min(2) });
export const runRequest = z.strictObject({
  /** Personal numbers in what was filled in are replaced as the preview shows them. */
  confirmPersonal: z.boolean().default(false),
});
export const rowsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  only: z.enum(['all', 'changed', 'refused', 'unchanged']).default('all'),
});
export type Body<T extends z.ZodType> = z.output<T>;
