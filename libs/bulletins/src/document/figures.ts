import { type FINDING_RATES, type LEG_RATES } from '@app/findings';
import type { FrozenScope } from '../domain/bulletin.types';

type FindingRate = keyof typeof FINDING_RATES;
type LegRate = keyof typeof LEG_RATES;
type Frozen = Readonly<{ figures: readonly string[]; rates: readonly string[] }>;

const FINDING_RATE_NAMES = [
  'clearance',
  'clearanceWithImmediate',
  'closing',
  'onTime',
  'onTimeByOriginal',
  'extension',
  'relapse',
] as const satisfies readonly FindingRate[];
const LEG_RATE_NAMES = [
  'passing',
  'passingWithImmediate',
  'closing',
  'onTime',
  'onTimeByOriginal',
  'extension',
  'sendingBack',
  'relapse',
] as const satisfies readonly LegRate[];

const COUNTY = {
  figures: [
    'found',
    'untriaged',
    'accepted',
    'placeholders',
    'dismissed',
    'withdrawn',
    'linked',
    'toClear',
    'toClearImmediate',
    'cameToClear',
    'cleared',
    'open',
    'longTerm',
    'underReturn',
    'inReview',
    'overdue',
    'serious',
    'extended',
    'relapses',
    'upper',
    'upperCleared',
    'due',
    'closed',
    'closedWithImmediate',
    'closedOnTime',
    'extendedDue',
    'stillDue',
    'carriedOverAtStart',
    'carriedOver',
    'closedByLateEntry',
    'lateEntries',
    'offlineCaptures',
    'checked',
    'relapsed',
  ],
  rates: FINDING_RATE_NAMES,
} as const;
const PART = {
  figures: ['found', 'untriaged', 'toClear', 'cleared', 'open', 'longTerm', 'overdue', 'due', 'closed', 'relapses'],
  rates: ['clearance', 'onTime', 'extension'],
} as const;
const UNIT = {
  figures: [
    'waiting',
    'owed',
    'passed',
    'open',
    'underReturn',
    'inReview',
    'overdue',
    'extended',
    'sentBack',
    'due',
    'closed',
    'closedOnTime',
    'extendedDue',
    'stillDue',
    'carriedOverAtStart',
    'carriedOver',
    'checked',
    'relapsed',
  ],
  rates: LEG_RATE_NAMES,
} as const;

const UNIT_SHOWN = {
  figures: ['owed', 'passed', 'open', 'overdue', 'due', 'closed', 'carriedOver'] satisfies readonly (typeof UNIT)['figures'][number][],
  rates: ['passing', 'onTime', 'onTimeByOriginal', 'extension', 'sendingBack', 'relapse'] satisfies readonly LegRate[],
};
const PART_SHOWN = {
  figures: ['found', 'toClear', 'cleared', 'open', 'overdue'] satisfies readonly (typeof PART)['figures'][number][],
  rates: PART.rates,
};

/** What is frozen of each row, whatever the template shows of it: kinds can be compared, and a later template finds it there. */
export const FROZEN: Readonly<Record<FrozenScope, Frozen>> = {
  county: COUNTY,
  town: UNIT,
  department: UNIT,
  list: PART,
  source: PART,
  category: PART,
};
/** What of it is shown on the page of an issue, in the order of reading. */
export const SHOWN: Readonly<Record<FrozenScope, Frozen>> = {
  county: COUNTY,
  town: UNIT_SHOWN,
  department: UNIT_SHOWN,
  list: PART_SHOWN,
  source: PART_SHOWN,
  category: PART_SHOWN,
};
/** Rows of one table; an event is no place for thousands. */
export const MOST_ROWS: Readonly<Record<FrozenScope, number>> = { county: 1, town: 60, department: 80, list: 40, source: 10, category: 30 };
