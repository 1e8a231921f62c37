import type { CategoryCode, ListId } from '@app/kernel';
import { z } from 'zod';
import { day, id, MANNERS, SERIOUSNESS, SOURCES, subjectRequest, text, unitId, uuid } from '../findings/finding.requests';

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((v) => v ?? null);
const act = { on: day.optional() };

export const listId = uuid<ListId>();
export const rowId = z.uuid();

export const sourceRequest = z.strictObject({
  kind: z.enum(SOURCES),
  name: text(100),
  batch: orNull(text(100)),
  documentNumber: orNull(text(100)),
});
export const draftRequest = z.strictObject({
  ...act,
  title: text(200),
  source: sourceRequest,
  /** Today when absent. */
  listDate: day.optional(),
  /** The unit acted for when absent. */
  issuingUnitId: unitId.optional(),
});
export const amendRequest = z.strictObject({
  ...act,
  changes: z.strictObject({ title: text(200).optional(), source: sourceRequest.optional(), listDate: day.optional() }),
});

const leg = z.strictObject({
  unitId,
  line: z.enum(['territorial', 'sectoral', 'owner']),
  duty: z.enum(['acts', 'guides']).default('acts'),
  leads: z.boolean(),
});
const place = z.strictObject({ townId: unitId, villageId: orNull(unitId), text: z.string().trim().max(300).default('') });
export const rowRequest = z.strictObject({
  kind: z.enum(['finding', 'task']).default('finding'),
  number: orNull(text(100)),
  text: text(),
  category: id<CategoryCode>(),
  subject: subjectRequest,
  place,
  /** Over several towns (R6): all of them; absent = the town of the place. */
  townIds: z.array(unitId).max(60).optional(),
  foundOn: orNull(day),
  manner: z.enum(MANNERS).default('on-site'),
  basis: orNull(text(500)),
  seriousness: z.enum(SERIOUSNESS).default('ordinary'),
  rectification: orNull(z.enum(['immediate', 'time-limited', 'staged'])),
  measure: orNull(text(1000)),
  dueOn: orNull(day),
  legs: z.array(leg).max(3).default([]),
  assisting: z.array(unitId).max(30).default([]),
  projectOwnerId: orNull(unitId),
});
export const rowsRequest = z.strictObject({ ...act, rows: z.array(rowRequest).min(1).max(200) });
export const correctRowRequest = z.strictObject({
  ...act,
  reason: text(500),
  changes: z.strictObject({
    text: text().optional(),
    category: id<CategoryCode>().optional(),
    place: place.optional(),
    foundOn: day.nullable().optional(),
    basis: text(500).nullable().optional(),
    seriousness: z.enum(SERIOUSNESS).optional(),
    rectification: z.enum(['immediate', 'time-limited', 'staged']).nullable().optional(),
    measure: text(1000).nullable().optional(),
    dueOn: day.nullable().optional(),
    legs: z.array(leg).max(3).optional(),
    assisting: z.array(unitId).max(30).optional(),
    projectOwnerId: unitId.nullable().optional(),
  }),
});
export const reasonRequest = z.strictObject({ ...act, reason: text(500) });
export const plainRequest = z.strictObject({ ...act });

export const pageQuery = z.strictObject({
  /** Of a write that this read must see. */
  position: z.string().optional(),
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const rowsQuery = pageQuery.extend({ only: z.enum(['all', 'waiting', 'incomplete']).default('all') });
export type Body<T extends z.ZodType> = z.output<T>;
