import { BULLETIN_KINDS, FROZEN_SCOPES, type BulletinDraft, type BulletinId } from '@app/bulletins';
import { z } from 'zod';
import { day, text } from '../findings/finding.requests';

const LONGEST_TEXT = 4_000;
const MOST_NUMBERS = 200;

export const bulletinId = z
  .string()
  .regex(/^(bulletin|monthly|quarterly|half-yearly|annual)-[1-9]\d{0,5}$/, 'an issue')
  .transform((v) => v as BulletinId);
const kind = z.enum(BULLETIN_KINDS);
const section = z.string().trim().max(LONGEST_TEXT).optional();

export const draftRequest = z.strictObject({
  kind,
  /** First and last day, both included; the last one is over. */
  from: day,
  to: day,
  /** As the figures suggest when left out; the same holds for the texts. */
  title: text(80).optional(),
  texts: z
    .strictObject({ overall: section, towns: section, departments: section, problems: section, next: section })
    .prefault({})
    .transform((texts) => Object.fromEntries(Object.entries(texts).filter(([, said]) => said !== undefined))),
  copies: z.array(text(80)).max(20).default([]),
  /** Places among units; off unless asked for (R41). */
  ranked: z.boolean().default(false),
});
export const draftQuery = z.strictObject({ kind, from: day, to: day });
/** `revision`: what the writer went on from; 0 where nothing was saved yet. */
export const savingRequest = draftRequest.extend({ revision: z.number().int().min(0).max(1_000_000_000) });
export const correctionRequest = z.strictObject({
  numbers: z
    .array(z.strictObject({ scope: z.enum(FROZEN_SCOPES), id: z.string().min(1).max(80), figure: z.string().regex(/^[a-zA-Z]{2,40}$/) }))
    .min(1)
    .max(MOST_NUMBERS),
  reason: text(300),
});
export const bulletinsQuery = z.strictObject({
  kind: kind.optional(),
  /** The issue that the page before ended with. */
  after: bulletinId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** Of a write that this read must see. */
  position: z.string().optional(),
});
export const formatParam = z.enum(['pdf', 'docx', 'html']);
export type Body<T extends z.ZodType> = z.output<T>;

export const draftOf = ({ from, to, title, ...draft }: Body<typeof draftRequest>): BulletinDraft => ({
  ...draft,
  period: { from, to },
  title: title ?? null,
});
