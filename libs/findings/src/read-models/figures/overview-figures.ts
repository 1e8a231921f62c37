import { addDays, type LocalDate } from '@app/kernel';
import { addWorkingDays, workingDaysBetween, type WorkCalendar } from '@app/worktime';
import { evaluate, FINDING_FIGURES, type FindingFigure, type Tally } from './figure-definitions';

/** Whose turn it is. */
export type SegmentHolder = 'office' | 'towns' | 'departments';
/** Where the remainder stands: each open finding in exactly one, and its figure opens the list. */
export type OverviewSegment = Readonly<{ holder: SegmentHolder; figure: FindingFigure; n: number }>;

const SEGMENTS: readonly (readonly [SegmentHolder, FindingFigure])[] = [
  ['office', 'underReturn'],
  ['office', 'officeReviewing'],
  ['office', 'toVerify'],
  ['office', 'waitsForClearance'],
  ['towns', 'townUnsigned'],
  ['towns', 'townRectifying'],
  ['towns', 'townReviewing'],
  ['departments', 'departmentUnsigned'],
  ['departments', 'departmentRectifying'],
];

/** Beside the bar, never in its sum but for those under return, which are a segment of it too (R32). */
export type OverviewBeside = Readonly<{
  untriaged: number;
  /** 待交办: accepted, not yet transferred. */
  accepted: number;
  underReturn: number;
  longTerm: number;
  overdue: number;
  /** 线下办理. */
  placeholders: number;
}>;

/** Monday to the day asked for. `new` − `cleared` + `other` = `net`. */
export type OverviewWeek = Readonly<{
  from: LocalDate;
  to: LocalDate;
  /** Came to be cleared: transferred. */
  new: number;
  /** Cleared, and cleared still. */
  cleared: number;
  /** Reopened or revoked, less withdrawn, ruled untrue, linked and turned long-term. */
  other: number;
  /** How the remainder moved. */
  net: number;
}>;

export type OverviewPace = Readonly<{
  /** Clearances in the last working days, immediate ones included. */
  cleared: number;
  workingDays: number;
  from: LocalDate;
  to: LocalDate;
  /** With one decimal, cut. */
  perWorkingDay: string;
  /** The working day on which nothing remains if nothing new comes; null where that never comes at this pace. */
  zeroBy: LocalDate | null;
  /** The last due day of what is open; null where nothing open has one or it has passed. */
  target: LocalDate | null;
  workingDaysToTarget: number | null;
  /** What each working day until the target must clear; with one decimal, rounded up. */
  neededPerWorkingDay: string | null;
}>;

export const PACE_DAYS = 20;
/** Further ahead nobody plans: some twenty years. */
const MOST_AHEAD = 5_000;

export const figureIn = (figure: FindingFigure, tally: Tally, asOf: LocalDate, from: LocalDate | null = null): number =>
  evaluate(FINDING_FIGURES[figure], { from, to: asOf }, tally, tally);

export const segmentsOf = (tally: Tally, asOf: LocalDate): readonly OverviewSegment[] =>
  SEGMENTS.map(([holder, figure]) => ({ holder, figure, n: figureIn(figure, tally, asOf) }));

export const mondayOf = (day: LocalDate): LocalDate => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

export const weekOf = (from: LocalDate, to: LocalDate, end: Tally, eve: Tally): OverviewWeek => {
  const grown = (figure: FindingFigure): number => figureIn(figure, end, to) - figureIn(figure, eve, addDays(from, -1));
  const [came, cleared, net] = [grown('toClear') + grown('leftBase'), figureIn('closedWithImmediate', end, to, from), grown('open')];
  return { from, to, new: came, cleared, other: net - came + cleared, net };
};

/** Tenths as text, exact. */
const tenths = (n: number): string => `${Math.floor(n / 10)}.${n % 10}`;

export const paceOf = (tally: Tally, asOf: LocalDate, calendar: WorkCalendar): OverviewPace => {
  const last = calendar.isWorkingDay(asOf) ? asOf : addWorkingDays(asOf, -1, calendar);
  const from = addWorkingDays(last, 1 - PACE_DAYS, calendar);
  const remainder = figureIn('open', tally, asOf);
  const cleared = figureIn('closedWithImmediate', tally, asOf, from);
  const ahead = cleared === 0 ? null : Math.ceil((remainder * PACE_DAYS) / cleared);
  const dues = ['open_by_due', 'open_by_due_immediate'].flatMap((measure) => [...(tally.get(measure) ?? [])]);
  const target = dues.reduce<LocalDate | null>((latest, [day, n]) => (n > 0 && day > (latest ?? asOf) ? (day as LocalDate) : latest), null);
  const left = target === null ? null : workingDaysBetween(asOf, target, calendar);
  return {
    cleared,
    workingDays: PACE_DAYS,
    from,
    to: asOf,
    perWorkingDay: tenths(Math.floor((cleared * 10) / PACE_DAYS)),
    zeroBy: remainder === 0 ? asOf : ahead === null || ahead > MOST_AHEAD ? null : addWorkingDays(asOf, ahead, calendar),
    target,
    workingDaysToTarget: left,
    neededPerWorkingDay: left === null || left === 0 ? null : tenths(Math.ceil((remainder * 10) / left)),
  };
};
