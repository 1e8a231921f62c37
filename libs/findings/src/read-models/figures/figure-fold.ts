import { localDateOf, type LegId, type LocalDate, type UnitId } from '@app/kernel';
import type { PlaceholderSource, PlaceholderStatus } from '@app/placeholders';
import type { FindingEvent, LateEntry } from '../../domain/finding.events';
import { evolve } from '../../domain/finding.evolve';
import { absent, legsOf, type Assignment, type Core, type FindingState, type Leg } from '../../domain/finding.state';
import { NO_WATCH, watchAfter, type Watch } from './figure-watch';

/** Whose day counts: that of recording, which is published, or the business date that somebody claims (R15). */
export const BASES = ['recorded', 'business'] as const;
export type Basis = (typeof BASES)[number];

/** Checked after one clearance, by the month of that clearance and the units that had rectified (R38). */
export type Cohort = Readonly<{ relapsed: boolean; units: Readonly<Record<LegId, UnitId>> }>;

/** The days that a basis gives to what has happened. */
export type Days = Readonly<{
  /** Of the clearance that stands or last stood. */
  cleared: LocalDate | null;
  passed: Readonly<Record<LegId, LocalDate>>;
  /** By the first day of the month of the clearance. */
  cohorts: Readonly<Record<LocalDate, Cohort>>;
}>;

/** What the figures of one finding rest on: the domain's own state without its texts, and what only figures ask for. */
export type FigureFold = Readonly<{
  revision: number;
  state: FindingState;
  /** The clearance that stands or last stood. */
  clearance: Readonly<{ onTime: boolean; onTimeByOriginal: boolean; units: Readonly<Record<LegId, UnitId>> }> | null;
  /** The unit that answered for a leg when it passed: closed history keeps it (R14). */
  passedAs: Readonly<Record<LegId, UnitId>>;
  days: Readonly<Record<Basis, Days>>;
  /** What came in outside the ordinary way (R16): how the filing did, and legs whose latest submission the office entered later. */
  late: Readonly<{ filing: LateEntry['kind'] | null; legs: Readonly<Record<LegId, true>> }>;
  watch: Watch;
  /** What is handled offline has this and nothing else (R39). */
  placeholder: Readonly<{ number: string; unitId: UnitId; source: PlaceholderSource; status: PlaceholderStatus }> | null;
  /** The latest business date so far: nothing counts before what came before it. */
  businessDay: LocalDate | null;
}>;

const NO_DAYS: Days = { cleared: null, passed: {}, cohorts: {} };
export const NO_FIGURES: FigureFold = {
  revision: -1,
  state: absent,
  clearance: null,
  passedAs: {},
  days: { recorded: NO_DAYS, business: NO_DAYS },
  late: { filing: null, legs: {} },
  watch: NO_WATCH,
  placeholder: null,
  businessDay: null,
};

const COUNTED_CLOCKS = /^(triage|verify|review\/.*)$/;
export const isCountedClock = (key: string): boolean => COUNTED_CLOCKS.test(key);

/** Remembers its last answer: findings are folded one after the other, and most events leave most parts of a finding as they were. */
const lastOnly = <A extends object, R>(work: (of: A) => R): ((of: A) => R) => {
  let last: Readonly<{ of: A; result: R }> | null = null;
  return (of) => {
    if (last?.of !== of) last = { of, result: work(of) };
    return last.result;
  };
};

const NO_LIST: readonly never[] = [];
const NO_RECORD: Readonly<Record<string, never>> = {};
const NOBODY = { units: NO_LIST, persons: NO_LIST };

const leanSubject = lastOnly(({ kind }: Core['subject']) => ({ kind, subjectId: null, label: '', sealed: null, sensitive: false }));
const leanDeadlines = lastOnly((deadlines: Core['deadlines']) =>
  Object.fromEntries(
    Object.entries(deadlines)
      .filter(([key]) => isCountedClock(key))
      .map(([key, open]) => [key, { ...open, due: { ...open.due, steps: [] } }]),
  ),
);
/** Keeps what is counted: the row is read and written with every event of the finding. */
const leanCore = (core: Core): Core => ({
  ...core,
  text: '',
  basis: null,
  suggestedMeasure: null,
  subject: leanSubject(core.subject),
  items: NO_LIST,
  evidence: NO_RECORD,
  instructions: NO_LIST,
  knocked: NO_RECORD,
  lookedBack: NO_LIST,
  deadlines: leanDeadlines(core.deadlines),
});
const leanLeg = (leg: Leg): Leg => ({
  ...leg,
  due: { ...leg.due, steps: [] },
  originalDue: { ...leg.originalDue, steps: [] },
  extension: null,
});
const leanLegs = lastOnly((legs: Assignment['legs']) => Object.fromEntries(Object.entries(legs).map(([id, leg]) => [id, leanLeg(leg)])));

export const lean = (state: FindingState): FindingState => {
  if (state.phase === 'absent') return state;
  const core = leanCore(state.core);
  if (!('work' in state) || state.work === null) return { ...state, core };
  const work = {
    ...state.work,
    stages: NO_LIST,
    rectifiers: NOBODY,
    legs: leanLegs(state.work.legs),
  };
  return { ...state, core, work };
};

export const firstOfMonth = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01` as LocalDate;

const actingUnits = (fold: FigureFold): Readonly<Record<LegId, UnitId>> =>
  'work' in fold.state && fold.state.work !== null
    ? Object.fromEntries(
        legsOf(fold.state.work).flatMap((leg) => (leg.duty === 'acts' ? [[leg.legId, fold.passedAs[leg.legId] ?? leg.unitId]] : [])),
      )
    : {};

/** A claimed day, held back to the latest before it: in the order of recording, business days never go back. */
export const businessDayAfter = ({ businessDay }: FigureFold, on: LocalDate): LocalDate =>
  businessDay !== null && businessDay > on ? businessDay : on;

const daysAfter = (days: Days, fold: FigureFold, event: FindingEvent, day: LocalDate): Days => {
  switch (event.type) {
    case 'LegPassed':
      return { ...days, passed: { ...days.passed, [event.data.legId]: day } };
    case 'FindingCleared':
      return { ...days, cleared: day };
    case 'LookedBack': {
      if (fold.clearance === null || days.cleared === null) return days;
      const month = firstOfMonth(days.cleared);
      const relapsed = event.data.result === 'relapse' || days.cohorts[month]?.relapsed === true;
      return { ...days, cohorts: { ...days.cohorts, [month]: { relapsed, units: fold.clearance.units } } };
    }
    default:
      return days;
  }
};

const lateAfter = (late: FigureFold['late'], event: FindingEvent): FigureFold['late'] => {
  switch (event.type) {
    case 'FindingFiled':
      return { ...late, filing: event.data.lateEntry?.kind ?? null };
    case 'LegSubmitted': {
      const { [event.data.legId]: _before, ...others } = late.legs;
      return { ...late, legs: event.data.lateEntry === null ? others : { ...others, [event.data.legId]: true } };
    }
    default:
      return late;
  }
};

/** One event further; `today` names the unit that stands for another at this point of the log, `state` is the one after the event. */
export const foldFigures = (
  fold: FigureFold,
  event: FindingEvent,
  revision: number,
  today: (unit: UnitId) => UnitId,
  state: FindingState = lean(evolve(fold.state, event)),
): FigureFold => {
  const businessDay = businessDayAfter(fold, event.data.on);
  const days = {
    recorded: daysAfter(fold.days.recorded, fold, event, localDateOf(event.data.at)),
    business: daysAfter(fold.days.business, fold, event, businessDay),
  };
  const next: FigureFold = {
    ...fold,
    revision,
    state,
    days,
    late: lateAfter(fold.late, event),
    watch: watchAfter(fold.watch, fold.state, event),
    businessDay,
  };
  switch (event.type) {
    case 'LegPassed':
      return { ...next, passedAs: { ...fold.passedAs, [event.data.legId]: today(event.data.unitId) } };
    case 'FindingCleared': {
      const { onTime, onTimeByOriginal } = event.data;
      return { ...next, clearance: { onTime, onTimeByOriginal, units: actingUnits(next) } };
    }
    default:
      return next;
  }
};
