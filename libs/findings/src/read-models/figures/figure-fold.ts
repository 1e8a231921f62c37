import { localDateOf, type LegId, type LocalDate, type UnitId } from '@app/kernel';
import type { FindingEvent } from '../../domain/finding.events';
import { evolve } from '../../domain/finding.evolve';
import { absent, legsOf, type Core, type FindingState, type Leg } from '../../domain/finding.state';

/** Checked after one clearance, by the month of that clearance and the units that had rectified (R38). */
export type Cohort = Readonly<{ relapsed: boolean; units: Readonly<Record<LegId, UnitId>> }>;

/** What the figures of one finding rest on: the domain's own state without its texts, and what only figures ask for. */
export type FigureFold = Readonly<{
  revision: number;
  state: FindingState;
  /** The clearance that stands or last stood. */
  clearance: Readonly<{ day: LocalDate; onTime: boolean; onTimeByOriginal: boolean; units: Readonly<Record<LegId, UnitId>> }> | null;
  /** The unit that answered for a leg when it passed: closed history keeps it (R14). */
  passedAs: Readonly<Record<LegId, UnitId>>;
  /** By the first day of the month of the clearance. */
  cohorts: Readonly<Record<LocalDate, Cohort>>;
}>;

export const NO_FIGURES: FigureFold = { revision: -1, state: absent, clearance: null, passedAs: {}, cohorts: {} };

const COUNTED_CLOCKS = /^(triage|verify|review\/.*)$/;

/** Keeps what is counted: the row is read and written with every event of the finding. */
const leanCore = (core: Core): Core => ({
  ...core,
  text: '',
  basis: null,
  suggestedMeasure: null,
  subject: { kind: core.subject.kind, subjectId: null, label: '', sealed: null, sensitive: false },
  items: [],
  evidence: {},
  instructions: [],
  knocked: {},
  lookedBack: [],
  deadlines: Object.fromEntries(
    Object.entries(core.deadlines)
      .filter(([key]) => COUNTED_CLOCKS.test(key))
      .map(([key, open]) => [key, { ...open, due: { ...open.due, steps: [] } }]),
  ),
});
const leanLeg = (leg: Leg): Leg => ({
  ...leg,
  due: { ...leg.due, steps: [] },
  originalDue: { ...leg.originalDue, steps: [] },
  extension: null,
});

const lean = (state: FindingState): FindingState => {
  if (state.phase === 'absent') return state;
  const core = leanCore(state.core);
  if (!('work' in state) || state.work === null) return { ...state, core };
  const work = {
    ...state.work,
    stages: [],
    rectifiers: { units: [], persons: [] },
    legs: Object.fromEntries(Object.entries(state.work.legs).map(([id, leg]) => [id, leanLeg(leg)])),
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

/** One event further; `today` names the unit that stands for another at this point of the log. */
export const foldFigures = (fold: FigureFold, event: FindingEvent, revision: number, today: (unit: UnitId) => UnitId): FigureFold => {
  const next: FigureFold = { ...fold, revision, state: lean(evolve(fold.state, event)) };
  switch (event.type) {
    case 'LegPassed':
      return { ...next, passedAs: { ...fold.passedAs, [event.data.legId]: today(event.data.unitId) } };
    case 'FindingCleared': {
      const { onTime, onTimeByOriginal, at } = event.data;
      return { ...next, clearance: { day: localDateOf(at), onTime, onTimeByOriginal, units: actingUnits(next) } };
    }
    case 'LookedBack': {
      if (fold.clearance === null) return next;
      const month = firstOfMonth(fold.clearance.day);
      const relapsed = event.data.result === 'relapse' || fold.cohorts[month]?.relapsed === true;
      return { ...next, cohorts: { ...fold.cohorts, [month]: { relapsed, units: fold.clearance.units } } };
    }
    default:
      return next;
  }
};
