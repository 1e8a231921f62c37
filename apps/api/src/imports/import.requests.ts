import { FIELDS, type Field } from '@app/imports';
import type { CategoryCode } from '@app/kernel';
import { z } from 'zod';
import { day, id, SOURCES, text, unitId } from '../findings/finding.requests';
import { draftRequest, listId, sourceRequest } from '../lists/list.requests';

export const importId = z.uuid();

/** The plain fields beside the file; `source*` describe who reported, everything may be left to the sheet. */
export const uploadFields = z.strictObject({
  listId: listId.optional(),
  listDate: day.optional(),
  sheet: text(100).optional(),
  kind: z.enum(['finding', 'task']).default('finding'),
  sourceKind: z.enum(SOURCES).optional(),
  sourceName: text(100).optional(),
  batch: text(100).optional(),
  documentNumber: text(100).optional(),
});

/** What a person corrects after looking at the preview. Names are those written in the sheet. */
export const mappingRequest = z.strictObject({
  sheet: text(100).nullable().optional(),
  listDate: day.nullable().optional(),
  source: sourceRequest.nullable().optional(),
  /** Column letters → field; null = only quote it. */
  columns: z.record(z.string().regex(/^[A-Z]{1,3}$/), z.enum(FIELDS as unknown as readonly [Field, ...Field[]]).nullable()).optional(),
  /** Written name → unit; null = not a unit. */
  units: z.record(z.string().max(200), unitId.nullable()).optional(),
  categories: z.record(z.string().max(200), id<CategoryCode>()).optional(),
  defaultCategory: id<CategoryCode>().nullable().optional(),
  defaultTown: unitId.nullable().optional(),
});

export const commitRequest = z.strictObject({
  listId: listId.optional(),
  draft: draftRequest.omit({ on: true }).partial().optional(),
  /** Personal numbers in free text are replaced as the preview shows them. */
  confirmPersonal: z.boolean().default(false),
  /** Rows whose sheet says that they were cleared before become 历史结转 instead of rows of the list (R29). */
  carryOver: z.boolean().default(false),
});

export const rowsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  only: z.enum(['all', 'wrong', 'warnings', 'differs']).default('all'),
});
export type Body<T extends z.ZodType> = z.output<T>;
