import { localDate, ROLES, type CategoryCode, type LocalDate, type PersonId, type PostId, type Role, type UnitId } from '@app/kernel';
import { DUTIES, EVIDENCE_KINDS, UNIT_KINDS } from '@app/organisation';
import { z } from 'zod';

/** Shapes of the requests about the organisation. Unknown fields are refused. */
export type Of<S extends z.ZodType> = z.output<S>;

const id = <T extends string>() =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,80}$/, '应为编号 · expected an identifier')
    .transform((v) => v as T);
const slug = <T extends string>() =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,79}$/, '应为小写字母、数字、连字符 · expected lower-case letters, digits, hyphens')
    .transform((v) => v as T);
const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().transform((value, context): LocalDate => {
  try {
    return localDate(value);
  } catch {
    context.addIssue({ code: 'custom', message: '应为 YYYY-MM-DD · expected YYYY-MM-DD' });
    return z.NEVER;
  }
});
/** `on`: the business date somebody claims for the act; today when absent. */
const act = { on: day.optional() };
/** First and last day, both included; from today and until further notice when absent. */
const period = { from: day.optional(), to: day.nullable().default(null) };
const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d -]{5,20}$/, '应为电话号码 · expected a telephone number');
const roles = z.array(z.enum(ROLES.filter((r): r is Exclude<Role, 'system'> => r !== 'system'))).max(8);

export const unitId = id<UnitId>();
export const personId = id<PersonId>();
export const postId = id<PostId>();
export const categoryCode = slug<CategoryCode>();

export const establishUnit = z.strictObject({
  ...act,
  id: slug<UnitId>().optional(),
  name: text(100),
  synonyms: z.array(text(100)).max(50).default([]),
  kind: z.enum(UNIT_KINDS),
  parentId: unitId.nullable(),
  from: day.optional(),
});
export const renameUnit = z.strictObject({ ...act, name: text(100), from: day.optional() });
export const giveSynonyms = z.strictObject({ ...act, synonyms: z.array(text(100)).max(50) });
export const moveUnit = z.strictObject({ ...act, parentId: unitId, from: day.optional() });
export const mergeUnit = z.strictObject({ ...act, into: unitId, from: day.optional() });
export const dissolveUnit = z.strictObject({ ...act, from: day.optional() });

export const registerPerson = z.strictObject({ ...act, id: personId.optional(), name: text(50), phone: phone.nullable().default(null) });
/** Without `phone` the number stays as it is; null removes it. */
export const correctPerson = z.strictObject({ ...act, name: text(50), phone: phone.nullable().optional() });
export const readPhone = z.strictObject({ ...act, purpose: text(200) });
export const second = z.strictObject({ ...act, fromUnit: unitId, toUnit: unitId, ...period });
export const putInCharge = z.strictObject({ ...act, unitId, ...period });
/** Without `lastDay` it ends at once: yesterday was the last day. */
export const end = z.strictObject({ ...act, lastDay: day.optional() });

export const createPost = z.strictObject({
  ...act,
  id: postId.optional(),
  unitId,
  title: text(100),
  roles,
  receives: z.boolean().default(false),
});
export const changePost = z.strictObject({ ...act, title: text(100), roles, receives: z.boolean() });
export const holdPost = z.strictObject({ ...act, personId, ...period });

const evidenceKinds = z.array(z.enum(EVIDENCE_KINDS)).min(1).max(EVIDENCE_KINDS.length);
export const defineCategory = z.strictObject({
  ...act,
  code: categoryCode,
  name: text(100),
  parent: categoryCode.nullable().default(null),
  evidenceKinds,
});
export const changeCategory = z.strictObject({ ...act, name: text(100), parent: categoryCode.nullable(), evidenceKinds });
export const makeResponsible = z.strictObject({
  ...act,
  unitId: unitId.nullable(),
  duty: z.enum(DUTIES),
  leads: z.enum(['territorial', 'sectoral']).default('territorial'),
  ...period,
});

export const unitsQuery = z.strictObject({
  kind: z.enum(UNIT_KINDS).optional(),
  within: unitId.optional(),
  name: z.string().max(100).optional(),
});
