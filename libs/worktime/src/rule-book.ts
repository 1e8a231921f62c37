import type { CategoryCode, LocalDate } from '@app/kernel';

export const DEADLINE_KINDS = [
  'triage',
  'sign',
  'rectify',
  'guide',
  'review',
  'verify',
  'ruling',
  'staged-check',
  'instruction',
  'correct',
  'extend-office',
  'extend-office-head',
  'extend-leader',
  'pause',
] as const;
export type DeadlineRuleKind = (typeof DEADLINE_KINDS)[number];
/** Who grants an extension, lowest first: the office, its head, the leader in charge. The rule `extend-…` says by how much. */
export const EXTENSION_LEVELS = ['office', 'office-head', 'leader'] as const;
export type ExtensionLevel = (typeof EXTENSION_LEVELS)[number];

export const RECTIFICATIONS = ['immediate', 'time-limited', 'staged'] as const;
export const SERIOUSNESSES = ['ordinary', 'serious', 'major'] as const;
export const LINES = ['territorial', 'sectoral', 'owner'] as const;
export const DUTIES = ['acts', 'guides'] as const;
export const SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;
export const FINDING_KINDS = ['finding', 'task'] as const;
/** Hours are of the clock, for urgent matters (急难): nights and days off count. */
export const RULE_UNITS = ['working', 'natural', 'hours'] as const;
export type RuleUnit = (typeof RULE_UNITS)[number];

/** What a rule may be narrowed to; a part left out means "any". */
export type RuleScope = Readonly<{
  category?: CategoryCode;
  source?: (typeof SOURCES)[number];
  findingKind?: (typeof FINDING_KINDS)[number];
  rectification?: (typeof RECTIFICATIONS)[number];
  seriousness?: (typeof SERIOUSNESSES)[number];
  line?: (typeof LINES)[number];
  duty?: (typeof DUTIES)[number];
}>;

/** One version of a rule: how long something may take while the rule is in force. */
export type DeadlineRule = RuleScope &
  Readonly<{
    id: string;
    version: number;
    kind: DeadlineRuleKind;
    /** How many of the unit. */
    days: number;
    unit: RuleUnit;
    /** First day in force. */
    from: LocalDate;
    /** Last day in force; null while it has none. */
    to: LocalDate | null;
  }>;

export type RuleBook = Readonly<{ version: string; rules: readonly DeadlineRule[] }>;
export type RuleQuery = RuleScope & Readonly<{ kind: DeadlineRuleKind }>;

const PARTS = [
  'category',
  'source',
  'findingKind',
  'rectification',
  'seriousness',
  'line',
  'duty',
] as const satisfies readonly (keyof RuleScope)[];

/** The parts that say something, in one order, so that `undefined` never reaches an event and equal scopes read the same. */
export const scopeOf = (scope: RuleScope): RuleScope =>
  Object.fromEntries(PARTS.flatMap((part) => (scope[part] === undefined ? [] : [[part, scope[part]]])));
export const sameScope = (a: RuleScope, b: RuleScope): boolean => PARTS.every((part) => a[part] === b[part]);

const specificity = (rule: DeadlineRule): number => PARTS.filter((part) => rule[part] !== undefined).length;
const inForce = (rule: DeadlineRule, on: LocalDate): boolean => rule.from <= on && (rule.to === null || on <= rule.to);
const fits = (rule: DeadlineRule, query: RuleQuery): boolean =>
  rule.kind === query.kind && PARTS.every((part) => rule[part] === undefined || rule[part] === query[part]);

/** The most specific rule in force on that day; of equals the one in force since later, then the higher version, then the id. Null when none fits. */
export const ruleFor = (book: RuleBook, query: RuleQuery, on: LocalDate): DeadlineRule | null => {
  const current = book.rules.filter(
    (rule) => inForce(rule, on) && !book.rules.some((other) => other.id === rule.id && other.version > rule.version && inForce(other, on)),
  );
  const [best] = current
    .filter((rule) => fits(rule, query))
    .sort(
      (a, b) =>
        specificity(b) - specificity(a) || (a.from < b.from ? 1 : a.from > b.from ? -1 : b.version - a.version || (a.id < b.id ? -1 : 1)),
    );
  return best ?? null;
};

const always = '2000-01-01' as LocalDate;
const days = (
  id: string,
  kind: DeadlineRuleKind,
  count: number,
  unit: 'working' | 'natural' = 'working',
  scope: RuleScope = {},
): DeadlineRule => ({
  id,
  version: 1,
  kind,
  ...scope,
  days: count,
  unit,
  from: always,
  to: null,
});

/** What holds where nobody has set anything. */
export const DEFAULT_RULES: readonly DeadlineRule[] = [
  days('triage', 'triage', 1),
  days('sign', 'sign', 1),
  days('ruling', 'ruling', 2),
  days('rectify', 'rectify', 15),
  days('rectify-immediate', 'rectify', 3, 'working', { rectification: 'immediate' }),
  days('rectify-serious', 'rectify', 10, 'working', { rectification: 'time-limited', seriousness: 'serious' }),
  days('rectify-major', 'rectify', 5, 'working', { rectification: 'time-limited', seriousness: 'major' }),
  days('guide', 'guide', 5),
  days('review', 'review', 3),
  days('verify', 'verify', 5),
  // At most six months (R25): the shortest six months of a year have 181 days.
  days('staged-check', 'staged-check', 180, 'natural'),
  days('instruction', 'instruction', 5),
  days('correct', 'correct', 1),
  days('extend-office', 'extend-office', 15),
  days('extend-office-head', 'extend-office-head', 30),
  days('extend-leader', 'extend-leader', 90),
  // The most that all pauses of a leg may come to.
  days('pause', 'pause', 60),
];

export const DEFAULT_RULE_BOOK: RuleBook = { version: '0', rules: DEFAULT_RULES };
