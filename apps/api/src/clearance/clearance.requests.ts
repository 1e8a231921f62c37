import { BASES, FINDING_SCOPES, TREND_STEPS, UNIT_SCOPES } from '@app/findings';
import type { UnitId } from '@app/kernel';
import { z } from 'zod';
import { day, id } from '../findings/finding.requests';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const SCOPES = [...FINDING_SCOPES, ...UNIT_SCOPES] as const;

const when = {
  /** `recorded` is what is published; `business` looks back by the dates claimed (R15). */
  basis: z.enum(BASES).default('recorded'),
  /** By the end of this day; today when left out. */
  asOf: day.optional(),
  /** First day of the period that ends with `asOf`; since the beginning when left out. */
  from: day.optional(),
  /** Units with everything below them. */
  subtree: flag.prefault('true'),
  position: z.string().optional(),
};
const inOrder = ({ asOf, from }: Readonly<{ asOf?: string | undefined; from?: string | undefined }>): boolean =>
  asOf === undefined || from === undefined || from <= asOf;
const ORDER = { error: 'from must not be later than asOf', path: ['from'] };

export const boardQuery = z
  .strictObject({
    scope: z.enum(SCOPES),
    /** Only units in this one's subtree. */
    under: id<UnitId>().optional(),
    ...when,
  })
  .refine(inOrder, ORDER);
/** One row of a board. */
const row = { scope: z.enum(SCOPES), id: z.string().min(1).max(80) };
/** Name of the number as the board gives it. */
const figure = z.string().regex(/^[a-zA-Z]{2,40}$/);
const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(600).nullish() };

export const behindQuery = z
  .strictObject({
    ...row,
    figure,
    ...page,
    ...when,
  })
  .refine(inOrder, ORDER);
export const officeQuery = z.strictObject({ asOf: day.optional(), position: z.string().optional() });
export const overviewQuery = z.strictObject({ asOf: day.optional(), position: z.string().optional() });

const { basis, subtree, position } = when;
export const trendQuery = z.strictObject({
  ...row,
  /** First and last day; thirty days or twenty-six weeks until today when left out. */
  from: day.optional(),
  to: day.optional(),
  step: z.enum(TREND_STEPS).default('day'),
  basis,
  subtree,
  position,
});
export const comparisonQuery = z.strictObject({
  ...row,
  figure,
  /** The two days; the later one is today when left out. */
  from: day,
  to: day.optional(),
  ...page,
  basis,
  subtree,
  position,
});
