import { addDays, type LocalDate } from '@app/kernel';

/** From when to when; `from` is null for "since the beginning". Both days belong to it. */
export type FigurePeriod = Readonly<{ from: LocalDate | null; to: LocalDate }>;

/** How far the pages look ahead. */
export const DAYS_AHEAD = 7;

/** Counts of one measure, all of them or those of a span of days (inclusive; null is open). */
export type Selector = Readonly<{ measure: string; from: LocalDate | null; to: LocalDate | null; keyed: boolean }>;

/** A figure is the sum of its selectors, which never count the same thing twice; `atStart`: as recorded on the eve of the period. */
export type Figure = Readonly<{ atStart: boolean; select: (period: FigurePeriod) => readonly Selector[] }>;

const plain = (...measures: readonly string[]): Figure => ({
  atStart: false,
  select: () => measures.map((measure) => ({ measure, from: null, to: null, keyed: false })),
});
const within = (...measures: readonly string[]): readonly ((p: FigurePeriod) => Selector)[] =>
  measures.map((measure) => (p: FigurePeriod) => ({ measure, from: p.from, to: p.to, keyed: true }));
const upTo = (...measures: readonly string[]): readonly ((p: FigurePeriod) => Selector)[] =>
  measures.map((measure) => (p: FigurePeriod) => ({ measure, from: null, to: p.to, keyed: true }));
const everOf = (measure: string): readonly (() => Selector)[] => [() => ({ measure, from: null, to: null, keyed: true })];
/** By whole months: of the months that the period touches (R38). */
const monthsOf = (...measures: readonly string[]): readonly ((p: FigurePeriod) => Selector)[] =>
  measures.map((measure) => ({ from, to }: FigurePeriod) => ({
    measure,
    from: from === null ? null : (`${from.slice(0, 7)}-01` as LocalDate),
    to,
    keyed: true,
  }));
/** Due in the seven days after the last of the period. */
const soon = (...measures: readonly string[]): readonly ((p: FigurePeriod) => Selector)[] =>
  measures.map((measure) => ({ to }: FigurePeriod) => ({ measure, from: addDays(to, 1), to: addDays(to, DAYS_AHEAD), keyed: true }));
/** Due on the last day of the period. */
const onTheDay = (...measures: readonly string[]): readonly ((p: FigurePeriod) => Selector)[] =>
  measures.map((measure) => ({ to }: FigurePeriod) => ({ measure, from: to, to, keyed: true }));
/** Due before the period began. */
const before = (...measures: readonly string[]): readonly ((p: FigurePeriod) => Selector)[] =>
  measures.map((measure) => ({ from }: FigurePeriod) => ({
    measure,
    from: from === null ? ('9999-12-31' as LocalDate) : null,
    to: from === null ? null : addDays(from, -1),
    keyed: true,
  }));
const sum = (...parts: readonly (readonly ((p: FigurePeriod) => Selector)[])[]): Figure => ({
  atStart: false,
  select: (period) => parts.flat().map((part) => part(period)),
});
const onTheEve = (figure: Figure): Figure => ({ ...figure, atStart: true });

/** Figures of the county, a list, a source, a category: findings. */
export const FINDING_FIGURES = {
  found: plain('found'),
  selfFound: plain('self_found'),
  tasks: plain('tasks'),
  lateEntries: plain('late_entry'),
  offlineCaptures: plain('offline_capture'),
  untriaged: plain('untriaged'),
  accepted: plain('accepted'),
  placeholders: plain('placeholder'),
  placeholdersSettled: plain('placeholder_settled'),
  placeholdersWithdrawn: plain('placeholder_withdrawn'),
  dismissed: plain('dismissed'),
  withdrawn: plain('withdrawn'),
  linked: plain('linked'),
  toClearTimed: plain('base'),
  toClearImmediate: plain('base_immediate'),
  toClear: plain('base', 'base_immediate'),
  open: plain('open', 'open_immediate'),
  cleared: plain('cleared', 'cleared_immediate'),
  clearedTimed: plain('cleared'),
  clearedImmediate: plain('cleared_immediate'),
  longTerm: plain('long_term'),
  unsigned: plain('stage:unsigned'),
  rectifying: plain('stage:rectifying'),
  underReturn: plain('stage:returned'),
  inReview: plain('stage:in-review'),
  toVerify: plain('stage:to-verify'),
  waitsForClearance: plain('stage:to-clear'),
  // Whose turn it is: with `underReturn`, `toVerify` and `waitsForClearance` these sum to `open`.
  officeReviewing: plain('turn:office-in-review'),
  townReviewing: plain('turn:town-in-review'),
  townUnsigned: plain('turn:town-unsigned'),
  townRectifying: plain('turn:town-rectifying'),
  departmentUnsigned: plain('turn:department-unsigned'),
  departmentRectifying: plain('turn:department-rectifying'),
  leftBase: plain('left_base'),
  cameToClear: plain('base', 'base_immediate', 'left_base'),
  upper: plain('upper'),
  upperCleared: sum(upTo('upper_cleared')),
  serious: plain('open_serious'),
  relapses: plain('relapses'),
  extended: plain('extended'),
  overdue: sum(upTo('running_by_due')),
  dueToday: sum(onTheDay('running_by_due')),
  dueSoon: sum(soon('running_by_due')),
  // Of a period (R33).
  due: sum(within('cleared_by_day'), upTo('open_by_due')),
  dueWithImmediate: sum(within('cleared_by_day', 'cleared_by_day_immediate'), upTo('open_by_due', 'open_by_due_immediate')),
  dueByOriginal: sum(within('cleared_by_day'), upTo('open_by_original')),
  closed: sum(within('cleared_by_day')),
  closedWithImmediate: sum(within('cleared_by_day', 'cleared_by_day_immediate')),
  closedOnTime: sum(within('cleared_on_time_by_day')),
  closedByOriginal: sum(within('cleared_on_original_by_day')),
  closedByLateEntry: sum(within('cleared_late_entry_by_day')),
  extendedDue: sum(within('cleared_extended_by_day'), upTo('open_extended_by_due')),
  stillDue: sum(upTo('open_by_due')),
  carriedOver: sum(before('open_by_due', 'open_by_due_immediate')),
  carriedOverAtStart: onTheEve(sum(before('open_by_due', 'open_by_due_immediate'))),
  checked: sum(monthsOf('checked')),
  relapsed: sum(monthsOf('relapsed')),
} as const satisfies Record<string, Figure>;

/** Figures of a town, a department, a line: legs. */
export const LEG_FIGURES = {
  waiting: plain('waiting'),
  placeholders: plain('placeholder'),
  placeholdersSettled: plain('placeholder_settled'),
  placeholdersWithdrawn: plain('placeholder_withdrawn'),
  owedTimed: plain('legs'),
  owedImmediate: plain('legs_immediate'),
  owed: plain('legs', 'legs_immediate'),
  passed: plain('passed', 'passed_immediate'),
  passedTimed: plain('passed'),
  passedImmediate: plain('passed_immediate'),
  open: plain('open', 'open_immediate'),
  unsigned: plain('stage:delivered'),
  working: plain('stage:working'),
  underReturn: plain('stage:under-return'),
  reported: plain('stage:reported', 'stage:first-reviewed'),
  inReview: plain('stage:submitted'),
  uncleared: plain('uncleared'),
  extended: plain('extended'),
  sentBack: plain('sent_back'),
  lateEntries: plain('late_entry'),
  offlineCaptures: plain('offline_capture'),
  guiding: plain('guiding'),
  guidingOpen: plain('guiding_open'),
  overdue: sum(upTo('running_by_due')),
  dueToday: sum(onTheDay('running_by_due')),
  dueSoon: sum(soon('running_by_due')),
  due: sum(within('passed_by_day'), upTo('open_by_due')),
  dueWithImmediate: sum(within('passed_by_day', 'passed_by_day_immediate'), upTo('open_by_due', 'open_by_due_immediate')),
  dueByOriginal: sum(within('passed_by_day'), upTo('open_by_original')),
  closed: sum(within('passed_by_day')),
  closedWithImmediate: sum(within('passed_by_day', 'passed_by_day_immediate')),
  closedOnTime: sum(within('passed_on_time_by_day')),
  closedByOriginal: sum(within('passed_on_original_by_day')),
  closedByLateEntry: sum(within('passed_late_entry_by_day')),
  extendedDue: sum(within('passed_extended_by_day'), upTo('open_extended_by_due')),
  sentBackDue: sum(within('passed_sent_back_by_day'), upTo('open_sent_back_by_due')),
  stillDue: sum(upTo('open_by_due')),
  dueInReview: sum(upTo('open_in_review_by_due')),
  carriedOver: sum(before('open_by_due', 'open_by_due_immediate')),
  carriedOverAtStart: onTheEve(sum(before('open_by_due', 'open_by_due_immediate'))),
  checked: sum(monthsOf('checked')),
  relapsed: sum(monthsOf('relapsed')),
} as const satisfies Record<string, Figure>;

/**
 * What a unit is held to where its findings are set against what was examined; `own…` is the part of it that the unit found itself.
 * Relapses are all that were ever seen: two days compared say how many came between.
 */
export const BURDEN_FIGURES = {
  open: plain('open', 'open_immediate'),
  ownOpen: plain('own_open'),
  overdue: sum(upTo('running_by_due')),
  ownOverdue: sum(upTo('own_running_by_due')),
  relapsed: sum(everOf('relapsed')),
  ownRelapsed: sum(everOf('own_relapsed')),
} as const satisfies Record<string, Figure>;

/** The office's own time: findings that wait for triage or verification, legs that wait for review (R11, R34). */
export const OFFICE_FIGURES = {
  triage: plain('triage'),
  triageOverdue: sum(upTo('triage_by_due')),
  review: plain('review'),
  reviewOverdue: sum(upTo('review_by_due')),
  verify: plain('verify'),
  verifyOverdue: sum(upTo('verify_by_due')),
} as const satisfies Record<string, Figure>;

export type FindingFigure = keyof typeof FINDING_FIGURES;
export type LegFigure = keyof typeof LEG_FIGURES;
export type OfficeFigure = keyof typeof OFFICE_FIGURES;
/** By measure, then by day ('' where the measure has none). */
export type Tally = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const isSelected = ({ from, to, keyed }: Selector, keyDay: string): boolean =>
  keyed ? keyDay !== '' && (from === null || keyDay >= from) && (to === null || keyDay <= to) : keyDay === '';

const summed = (selectors: readonly Selector[], tally: Tally): number => {
  let total = 0;
  for (const selector of selectors) {
    for (const [day, n] of tally.get(selector.measure) ?? []) if (isSelected(selector, day)) total += n;
  }
  return total;
};

export const evaluate = (figure: Figure, period: FigurePeriod, end: Tally, eve: Tally): number =>
  summed(figure.select(period), figure.atStart ? eve : end);

/** What some figures of a period need of the counters. */
export type Needed = Readonly<{
  measures: readonly string[];
  /** The first days of the spans within which they select all days or none; the first of them is before every day. */
  spans: readonly string[];
}>;

const BEFORE_ALL_DAYS = '0';

/** Of the figures at the end of a period, or of those on its eve. */
export const neededFor = (figures: Readonly<Record<string, Figure>>, period: FigurePeriod, atStart: boolean): Needed => {
  const selectors = Object.values(figures).flatMap((figure) => (figure.atStart === atStart ? figure.select(period) : []));
  const edges = selectors.flatMap(({ keyed, from, to }) =>
    keyed ? [...(from === null ? [] : [from]), ...(to === null ? [] : [addDays(to, 1)])] : [],
  );
  return {
    measures: [...new Set(selectors.map(({ measure }) => measure))].sort(),
    spans: [BEFORE_ALL_DAYS, ...[...new Set(edges)].sort()],
  };
};

/** The measures, as facts carry them, that make up a figure and are there to be counted. */
export const measuresBehind = (figure: Figure, period: FigurePeriod, tally: Tally): readonly string[] => [
  ...new Set(
    figure
      .select(period)
      .flatMap((selector) =>
        [...(tally.get(selector.measure)?.keys() ?? [])].flatMap((day) =>
          isSelected(selector, day) ? [day === '' ? selector.measure : `${selector.measure}@${day}`] : [],
        ),
      ),
  ),
];

/** All figures of a period at once: what each of them selects is worked out for all rows of a board together. */
export const evaluatorOf = <K extends string>(
  figures: Readonly<Record<K, Figure>>,
  period: FigurePeriod,
): ((end: Tally, eve: Tally) => Readonly<Record<K, number>>) => {
  const selected = Object.entries<Figure>(figures).map(([name, { atStart, select }]) => ({ name, atStart, selectors: select(period) }));
  return (end, eve) =>
    Object.fromEntries(selected.map(({ name, atStart, selectors }) => [name, summed(selectors, atStart ? eve : end)])) as unknown as Record<
      K,
      number
    >;
};

export const evaluateAll = <K extends string>(
  figures: Readonly<Record<K, Figure>>,
  period: FigurePeriod,
  end: Tally,
  eve: Tally,
): Readonly<Record<K, number>> => evaluatorOf(figures, period)(end, eve);
