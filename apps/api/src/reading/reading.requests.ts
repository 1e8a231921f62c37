import { FINDING_ORDERS, INBOX_WORK, LEG_STAGES, STAGES, STATUSES, type FindingFilter } from '@app/findings';
import { endOfDay, instantAt, type CategoryCode, type FindingId, type SubjectId, type UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { z } from 'zod';
import { day, id, SERIOUSNESS, SOURCES, SUBJECTS, text, uuid } from '../findings/finding.requests';

/** `a,b` or the parameter repeated. */
const several = <T extends string>(values: z.ZodType<T, string>) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? value.split(',') : value),
    z.array(values).min(1).max(50).optional(),
  );
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .max(600)
    .nullish()
    .transform((v) => v ?? null),
  /** Of a write this read must have seen; read by the interceptor. */
  position: z.string().optional(),
};

const filter = {
  /** The unit or anything below it has a part in the finding. */
  unit: id<UnitId>().optional(),
  town: id<UnitId>().optional(),
  department: id<UnitId>().optional(),
  team: id<UnitId>().optional(),
  village: id<UnitId>().optional(),
  category: several(z.string().regex(/^[\w.-]{1,80}$/)),
  source: z.enum(SOURCES).optional(),
  list: uuid().optional(),
  kind: z.enum(['finding', 'task']).optional(),
  seriousness: z.enum(SERIOUSNESS).optional(),
  status: several(z.enum(STATUSES)),
  stage: several(z.enum(STAGES)),
  flag: z
    .string()
    .regex(/^[a-z-]{2,40}$/)
    .optional(),
  parent: uuid().optional(),
  overdue: flag.optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
  filedFrom: day.optional(),
  filedTo: day.optional(),
  /** Any piece of the text, of names or of the number; pinyin initials of names. Two characters or more. */
  text: z.string().trim().min(2).max(100).optional(),
};
const order = { sort: z.enum(FINDING_ORDERS).default('due'), direction: z.enum(['asc', 'desc']).optional() };

export const findingsQuery = z.strictObject({ ...filter, ...order, ...page });
/** The same filters; `purpose` stands on the sheet (R40). */
export const exportQuery = z.strictObject({ ...filter, ...order, purpose: text(200).min(2), position: z.string().optional() });
export const legsQuery = z.strictObject({
  unit: id<UnitId>().optional(),
  line: z.enum(['territorial', 'sectoral', 'owner']).optional(),
  duty: z.enum(['acts', 'guides']).optional(),
  stage: several(z.enum(LEG_STAGES)),
  category: several(z.string().regex(/^[\w.-]{1,80}$/)),
  list: uuid().optional(),
  overdue: flag.optional(),
  ...page,
});
export const inboxQuery = z.strictObject({
  /** `post`: what the post acted from can do. `unit`: whatever waits for its unit. */
  of: z.enum(['post', 'unit']).default('post'),
  work: several(z.enum(INBOX_WORK)),
  overdue: flag.optional(),
  ...page,
});
export const detailQuery = z.strictObject({ position: z.string().optional() });
const position = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
export const timelineQuery = z.strictObject({
  after: position.prefault('0'),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  position: z.string().optional(),
});
export const actsQuery = z.strictObject({
  of: z.enum(['person', 'unit']).default('person'),
  before: position.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  position: z.string().optional(),
});
export const PERSONAL_FIELDS = ['name', 'idNumber', 'phone', 'bankCard'] as const;
export const revealRequest = z.strictObject({ field: z.enum(PERSONAL_FIELDS), purpose: text(200).min(2) });
export const findingParam = uuid<FindingId>();
export const subjectParam = id<SubjectId>();

type Asked = z.output<typeof findingsQuery>;
type Filtered = Pick<Asked, keyof typeof filter>;

/** An unknown unit stands under no path: nothing is found, and nothing is said of why. */
export const pathOf = (unit: UnitId | undefined, view: DirectoryView): string | undefined =>
  unit === undefined ? undefined : (view.unit(unit)?.path ?? '-');

export const filterOf = (asked: Filtered, view: DirectoryView): FindingFilter => ({
  unitPath: pathOf(asked.unit, view),
  townId: asked.town,
  departmentId: asked.department,
  teamId: asked.team,
  villageId: asked.village,
  category: asked.category,
  source: asked.source,
  listId: asked.list,
  kind: asked.kind,
  seriousness: asked.seriousness,
  status: asked.status,
  stage: asked.stage,
  flag: asked.flag,
  parentId: asked.parent,
  overdue: asked.overdue,
  dueFrom: asked.dueFrom && instantAt(asked.dueFrom, '00:00'),
  dueTo: asked.dueTo && endOfDay(asked.dueTo),
  filedFrom: asked.filedFrom && instantAt(asked.filedFrom, '00:00'),
  filedTo: asked.filedTo && endOfDay(asked.filedTo),
  text: asked.text,
});
/** Due times run from the most pressing; everything else from the newest. */
export const orderOf = ({ sort, direction }: Pick<Asked, 'sort' | 'direction'>) => ({
  order: sort,
  descending: direction === undefined ? sort === 'filed' || sort === 'updated' : direction === 'desc',
});

/** What would be filed: where, of which category, and about whom where that is known already. */
export const twinsRequest = z
  .strictObject({
    townId: id<UnitId>().nullish(),
    villageId: id<UnitId>().nullish(),
    category: id<CategoryCode>(),
    subject: z.strictObject({ kind: z.enum(SUBJECTS), name: text(100) }).nullish(),
  })
  .refine(({ townId, villageId }) => (townId ?? villageId ?? null) !== null, 'townId 和 villageId 至少一项 · one of townId and villageId');
