import { z } from 'zod';
import { day, legId } from './finding.requests';

/** What is said of a file beside its bytes. */
export const evidenceFields = z.strictObject({
  phase: z.enum(['before', 'after', 'document', 'screenshot', 'statement']),
  legId: legId.optional(),
  on: day.optional(),
});
