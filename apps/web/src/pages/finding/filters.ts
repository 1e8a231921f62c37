import type { FindingsReadingListData, WorkReadingLegListData } from '../../api/generated/types.gen';

export type FindingsQuery = NonNullable<FindingsReadingListData['query']>;
export type LegsQuery = NonNullable<WorkReadingLegListData['query']>;
export type Stage = NonNullable<FindingsQuery['stage']>[number];
export type LegStage = NonNullable<LegsQuery['stage']>[number];

export const STAGES: readonly Stage[] = [
  'untriaged',
  'accepted',
  'unsigned',
  'rectifying',
  'returned',
  'in-review',
  'to-verify',
  'to-clear',
  'cleared',
  'long-term',
  'dismissed',
  'withdrawn',
  'linked',
];
export const LEG_STAGES: readonly LegStage[] = [
  'delivered',
  'working',
  'under-return',
  'reported',
  'first-reviewed',
  'submitted',
  'passed',
];
export const SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;
export const SERIOUSNESS = ['ordinary', 'serious', 'major'] as const;
export const STATUSES = ['found', 'assigned', 'rectified', 'verified', 'dismissed', 'withdrawn', 'linked'] as const;
export const FLAGS = [
  'sent-back',
  'extended',
  'extension-asked',
  'pause-asked',
  'paused',
  'late-entry',
  'offline-capture',
  'reopened',
  'relapsed',
  'relapse',
  'upper',
  'instruction-open',
  'single-leg',
  'basically-complete',
] as const;
export const SORTS = ['due', 'filed', 'updated', 'number'] as const;
export const LINES = ['territorial', 'sectoral', 'owner'] as const;
export const DUTIES = ['acts', 'guides'] as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NAME = /^[A-Za-z0-9._-]{1,80}$/;
const known = <T extends string>(all: readonly T[], value: string | null): T | undefined => all.find((one) => one === value);
const several = <T extends string>(all: readonly T[], value: string | null): T[] | undefined => {
  const found = (value ?? '').split(',').flatMap((one) => known(all, one) ?? []);
  return found.length === 0 ? undefined : found;
};
const matching = (pattern: RegExp, value: string | null): string | undefined => (value !== null && pattern.test(value) ? value : undefined);
const codes = (value: string | null): string[] | undefined => {
  const found = (value ?? '').split(',').filter((one) => NAME.test(one));
  return found.length === 0 ? undefined : found;
};
const flagOf = (value: string | null): 'true' | 'false' | undefined => known(['true', 'false'] as const, value);
/** Without what is not asked: `undefined` would be sent as a word. */
const given = <T extends object>(query: T): T => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as T;
type Loose<T> = { [K in keyof T]?: T[K] | undefined };

/** What an address asks of the list of findings; what it does not know is left out. */
export const findingsAsked = (params: URLSearchParams): FindingsQuery => {
  const query: Loose<FindingsQuery> = {
    unit: matching(NAME, params.get('unit')),
    town: matching(NAME, params.get('town')),
    department: matching(NAME, params.get('department')),
    team: matching(NAME, params.get('team')),
    village: matching(NAME, params.get('village')),
    category: codes(params.get('category')),
    source: known(SOURCES, params.get('source')),
    list: matching(NAME, params.get('list')),
    kind: known(['finding', 'task'] as const, params.get('kind')),
    seriousness: known(SERIOUSNESS, params.get('seriousness')),
    status: several(STATUSES, params.get('status')),
    stage: several(STAGES, params.get('stage')),
    flag: matching(/^[a-z-]{2,40}$/, params.get('flag')),
    parent: matching(NAME, params.get('parent')),
    overdue: flagOf(params.get('overdue')),
    dueFrom: matching(DAY, params.get('dueFrom')),
    dueTo: matching(DAY, params.get('dueTo')),
    filedFrom: matching(DAY, params.get('filedFrom')),
    filedTo: matching(DAY, params.get('filedTo')),
    sort: known(SORTS, params.get('sort')),
  };
  return given(query) as FindingsQuery;
};

export const legsAsked = (params: URLSearchParams): LegsQuery => {
  const query: Loose<LegsQuery> = {
    unit: matching(NAME, params.get('unit')),
    line: known(LINES, params.get('line')),
    duty: known(DUTIES, params.get('duty')),
    stage: several(LEG_STAGES, params.get('stage')),
    category: codes(params.get('category')),
    list: matching(NAME, params.get('list')),
    overdue: flagOf(params.get('overdue')),
  };
  return given(query) as LegsQuery;
};

/** How many things narrow the list, its order apart. */
export const narrowedBy = (query: object): number => Object.keys(query).filter((key) => key !== 'sort').length;
