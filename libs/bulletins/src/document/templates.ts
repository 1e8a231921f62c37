import type { BulletinKind, BulletinSection, FrozenScope } from '../domain/bulletin.types';

/** A column: a figure of the row, or a rate with both its numbers. */
export type TemplateColumn = Readonly<{ figure: string }> | Readonly<{ rate: string }>;
export type TemplateTable = Readonly<{ section: BulletinSection; scope: FrozenScope; title: string; columns: readonly TemplateColumn[] }>;
/** `version` goes up with every change of what an issue shows: issues keep the one they were issued with. */
export type BulletinTemplate = Readonly<{
  id: BulletinKind;
  version: number;
  letterhead: string;
  /** Figures and rates of the county, one a line, with the last issue beside them. */
  county: readonly TemplateColumn[];
  tables: readonly TemplateTable[];
  /** Zeros reached and lost within the period (R37). */
  zeros: boolean;
}>;

const figures = (...names: readonly string[]): readonly TemplateColumn[] => names.map((figure) => ({ figure }));
const rates = (...names: readonly string[]): readonly TemplateColumn[] => names.map((rate) => ({ rate }));

const STOCK = figures(
  'found',
  'untriaged',
  'accepted',
  'placeholders',
  'toClear',
  'cleared',
  'open',
  'longTerm',
  'underReturn',
  'inReview',
);
const WORRIES = figures('overdue', 'serious', 'relapses');
const PERIOD = figures('due', 'closed', 'closedOnTime', 'stillDue', 'carriedOverAtStart', 'carriedOver');
const ENDED = figures('dismissed', 'withdrawn', 'linked', 'lateEntries', 'offlineCaptures', 'upper', 'upperCleared');
const RATES = rates('clearance', 'clearanceWithImmediate', 'closing', 'onTime', 'onTimeByOriginal', 'extension', 'relapse');

const unitTable = (scope: 'town' | 'department', what: string, columns: readonly TemplateColumn[]): TemplateTable => ({
  section: scope === 'town' ? 'towns' : 'departments',
  scope,
  title: `${scope === 'town' ? '镇街' : '部门'}${what}`,
  columns,
});
/** One table for a short issue; two where there are more columns than a page is wide. */
const unitShort = (scope: 'town' | 'department'): TemplateTable =>
  unitTable(scope, '整改情况', [...figures('owed', 'passed', 'open', 'overdue'), ...rates('passing', 'onTime', 'extension')]);
const unitFull = (scope: 'town' | 'department'): readonly TemplateTable[] => [
  unitTable(scope, '整改情况', figures('owed', 'passed', 'open', 'overdue', 'due', 'closed', 'carriedOver')),
  unitTable(scope, '整改率', rates('passing', 'onTime', 'onTimeByOriginal', 'extension', 'sendingBack', 'relapse')),
];
const partTable = (scope: 'list' | 'source' | 'category', title: string): TemplateTable => ({
  section: scope === 'category' ? 'problems' : 'overall',
  scope,
  title,
  columns: [...figures('found', 'toClear', 'cleared', 'open', 'overdue'), ...rates('clearance', 'onTime')],
});
const LISTS = partTable('list', '各清单销号情况');
const SOURCES = partTable('source', '各来源销号情况');
const CATEGORIES = partTable('category', '问题较多的类别');

/** The newest template of each kind. */
export const TEMPLATES: Readonly<Record<BulletinKind, BulletinTemplate>> = {
  bulletin: {
    id: 'bulletin',
    version: 1,
    letterhead: '工作简报',
    county: [...STOCK, ...WORRIES, ...PERIOD, ...RATES],
    tables: [LISTS, unitShort('town'), unitShort('department'), CATEGORIES],
    zeros: true,
  },
  monthly: {
    id: 'monthly',
    version: 1,
    letterhead: '月调度表',
    county: [...STOCK, ...WORRIES, ...PERIOD, ...ENDED, ...RATES],
    tables: [LISTS, SOURCES, ...unitFull('town'), ...unitFull('department'), CATEGORIES],
    zeros: true,
  },
  quarterly: {
    id: 'quarterly',
    version: 1,
    letterhead: '季度通报',
    county: [...STOCK, ...WORRIES, ...PERIOD, ...RATES],
    tables: [SOURCES, ...unitFull('town'), ...unitFull('department'), CATEGORIES],
    zeros: true,
  },
  'half-yearly': {
    id: 'half-yearly',
    version: 1,
    letterhead: '半年督查报告',
    county: [...STOCK, ...WORRIES, ...PERIOD, ...ENDED, ...RATES],
    tables: [LISTS, SOURCES, ...unitFull('town'), ...unitFull('department'), CATEGORIES],
    zeros: true,
  },
  annual: {
    id: 'annual',
    version: 1,
    letterhead: '年度考核表',
    county: [...STOCK, ...PERIOD, ...ENDED, ...RATES],
    tables: [...unitFull('town'), ...unitFull('department')],
    zeros: false,
  },
};

/** Every template that issues were ever issued with. */
const KEPT: readonly BulletinTemplate[] = Object.values(TEMPLATES);

export const templateOf = ({ id, version }: Readonly<{ id: string; version: number }>): BulletinTemplate => {
  const template = KEPT.find((one) => one.id === id && one.version === version);
  if (template === undefined) throw new Error(`no template ${id} of version ${String(version)}`);
  return template;
};
