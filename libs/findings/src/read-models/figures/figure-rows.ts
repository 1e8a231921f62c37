import { localDateOf, type LegId, type LocalDate, type UnitId } from '@app/kernel';
import { everythingPassed, legsOf, stageOf, type Assignment, type Core, type Leg } from '../../domain/finding.state';
import { isReviewedInTown } from '../../domain/town-review';
import type { Basis, Days, FigureFold } from './figure-fold';
import { placeholderRows } from './figure-placeholders';
import { heldBy, placedIn, turnMeasures } from './figure-whereabouts';

/**
 * What one part of a finding counts for at a moment: every measure in every scope. Scopes read `kind:id`, measures `name` or
 * `name@day`. The parts are the finding itself (''), each of its legs, and what waits beside them (`~…`).
 */
export type FigureRow = Readonly<{ part: string; scopes: readonly string[]; measures: readonly string[] }>;

const by = (measure: string, day: LocalDate | null): readonly string[] => (day === null ? [] : [`${measure}@${day}`]);
const when = (condition: boolean, ...measures: readonly string[]): readonly string[] => (condition ? measures : []);

const earliest = (days: readonly LocalDate[]): LocalDate | null =>
  days.reduce<LocalDate | null>((a, b) => (a === null || b < a ? b : a), null);
const latest = (days: readonly LocalDate[]): LocalDate | null =>
  days.reduce<LocalDate | null>((a, b) => (a === null || b > a ? b : a), null);

const acting = (work: Assignment): readonly Leg[] => legsOf(work).filter((leg) => leg.duty === 'acts');
/** The unit's own clock runs: not while the office reviews (R19), a return is ruled (R21) or a granted pause lasts. */
const runs = (leg: Leg): boolean =>
  leg.stage !== 'passed' && leg.stage !== 'submitted' && leg.stage !== 'under-return' && leg.pause?.granted !== true;

const ownDay = (core: Core): LocalDate | null => core.list?.due ?? core.upperDue;

const findingMeasures = ({ state, clearance, late, watch }: FigureFold, { cleared, cohorts }: Days): readonly string[] => {
  if (state.phase === 'absent') return [];
  const { core } = state;
  const enteredLate = late.filing === 'office' || Object.keys(late.legs).length > 0;
  const always = [
    'found',
    ...when(core.selfFound, 'self_found'),
    ...when(core.kind === 'task', 'tasks'),
    ...when(enteredLate, 'late_entry'),
    ...when(late.filing === 'offline', 'offline_capture'),
  ];
  if (state.phase === 'ended') return [...always, state.how, ...when(state.work !== null, 'left_base')];
  const upper = core.upper === null ? [] : ['upper', ...by('upper_cleared', watch.upperCleared)];
  if (state.phase === 'filed') return [...always, ...upper, 'untriaged'];
  if (state.phase === 'accepted') return [...always, ...upper, 'accepted'];
  const { work } = state;
  const immediate = work.rectification === 'immediate';
  const kind = immediate ? '_immediate' : '';
  const legs = acting(work);
  const extended = !immediate && legs.some((leg) => leg.extensions > 0);
  const stock = [
    ...always,
    ...upper,
    `base${kind}`,
    ...when(extended, 'extended'),
    ...when(
      Object.values(cohorts).some((c) => c.relapsed),
      'relapses',
    ),
  ];
  if (state.phase === 'long-term') return [...stock, 'long_term'];
  if (state.phase === 'cleared') {
    const day = cleared ?? state.clearance.on;
    return [
      ...stock,
      `cleared${kind}`,
      ...by(`cleared_by_day${kind}`, day),
      ...when(!immediate && clearance?.onTime === true, `cleared_on_time_by_day@${day}`),
      ...when(!immediate && clearance?.onTimeByOriginal === true, `cleared_on_original_by_day@${day}`),
      ...when(extended, `cleared_extended_by_day@${day}`),
      ...when(!immediate && enteredLate, `cleared_late_entry_by_day@${day}`),
    ];
  }
  const due = latest(legs.map((leg) => leg.due.day)) ?? ownDay(core);
  const stage = stageOf(state) ?? 'rectifying';
  return [
    ...stock,
    `open${kind}`,
    `stage:${stage}`,
    ...turnMeasures(stage, core, work),
    ...when(!everythingPassed(core, work), 'not_passed'),
    ...when(core.seriousness !== 'ordinary', 'open_serious'),
    ...by(`open_by_due${kind}`, due),
    ...by(`open_by_original${kind}`, latest(legs.map((leg) => leg.originalDue.day)) ?? ownDay(core)),
    ...when(extended && due !== null, `open_extended_by_due@${due ?? ''}`),
    ...by('running_by_due', earliest(legs.filter(runs).map((leg) => leg.due.day))),
  ];
};

const actingMeasures = (
  leg: Leg,
  { late }: FigureFold,
  passedOn: LocalDate | undefined,
  immediate: boolean,
  { findingOpen, selfFound }: Readonly<{ findingOpen: boolean; selfFound: boolean }>,
): readonly string[] => {
  const kind = immediate ? '_immediate' : '';
  const extended = !immediate && leg.extensions > 0;
  const enteredLate = late.legs[leg.legId] === true;
  const stock = [
    `legs${kind}`,
    ...when(findingOpen, 'uncleared'),
    ...when(extended, 'extended'),
    ...when(leg.sentBackBefore, 'sent_back'),
    ...when(enteredLate, 'late_entry'),
    ...when(late.filing === 'offline', 'offline_capture'),
  ];
  if (leg.stage === 'passed') {
    const day = passedOn ?? localDateOf(leg.passedAt);
    return [
      ...stock,
      `passed${kind}`,
      `passed_by_day${kind}@${day}`,
      ...when(!immediate && leg.submission.onTime, `passed_on_time_by_day@${day}`),
      ...when(!immediate && leg.submission.onTimeByOriginal, `passed_on_original_by_day@${day}`),
      ...when(extended, `passed_extended_by_day@${day}`),
      ...when(leg.sentBackBefore, `passed_sent_back_by_day@${day}`),
      ...when(!immediate && enteredLate, `passed_late_entry_by_day@${day}`),
    ];
  }
  return [
    ...stock,
    `open${kind}`,
    `stage:${leg.stage}`,
    `open_by_due${kind}@${leg.due.day}`,
    `open_by_original${kind}@${leg.originalDue.day}`,
    ...when(extended, `open_extended_by_due@${leg.due.day}`),
    ...when(leg.sentBackBefore, `open_sent_back_by_due@${leg.due.day}`),
    ...when(leg.stage === 'submitted', `open_in_review_by_due@${leg.due.day}`),
    ...when(runs(leg), `running_by_due@${leg.due.day}`),
    // What a unit found itself is not held against it where findings are set against what was examined.
    ...when(selfFound, 'own_open'),
    ...when(selfFound && runs(leg), `own_running_by_due@${leg.due.day}`),
  ];
};

/** Guiding legs owe words, not rectification (R2); they stand beside the rates. */
const guidingMeasures = (leg: Leg): readonly string[] =>
  leg.stage === 'passed' ? ['guiding', 'guiding_passed'] : ['guiding', 'guiding_open'];

const legRows = (fold: FigureFold, { passed }: Days, today: (unit: UnitId) => UnitId): readonly FigureRow[] => {
  const { state, passedAs, watch } = fold;
  if (state.phase !== 'assigned' && state.phase !== 'cleared' && state.phase !== 'long-term') return [];
  const immediate = state.work.rectification === 'immediate';
  const circumstances = { findingOpen: state.phase === 'assigned', selfFound: state.core.selfFound };
  return legsOf(state.work).map((leg) => {
    const unit = leg.stage === 'passed' ? (passedAs[leg.legId] ?? leg.unitId) : today(leg.unitId);
    const measures = leg.duty === 'guides' ? guidingMeasures(leg) : actingMeasures(leg, fold, passed[leg.legId], immediate, circumstances);
    const waits = state.phase === 'assigned' && leg.duty === 'acts' && runs(leg);
    const untouched = by('untouched', waits ? (watch.touched[leg.legId] ?? localDateOf(leg.deliveredAt)) : null);
    return { part: leg.legId, scopes: [`unit:${unit}`, `line:${leg.line}`], measures: [...measures, ...untouched] };
  });
};

/** The office's own clocks (R11, R34). */
const officeRows = ({ state }: FigureFold): readonly FigureRow[] => {
  if (state.phase === 'absent') return [];
  const work = 'work' in state ? state.work : null;
  // What the town reviews itself is not the office’s time (R10).
  const inTown = (legId: LegId | null): boolean => {
    const leg = legId === null ? undefined : work?.legs[legId];
    return work !== null && leg !== undefined && isReviewedInTown(state.core, work, leg);
  };
  return Object.values(state.core.deadlines).flatMap(({ key, kind, due, legId }) =>
    kind === 'triage' || (kind === 'review' && !inTown(legId)) || kind === 'verify'
      ? [{ part: `~${key}`, scopes: ['office:all'], measures: [kind, `${kind}_by_due@${due.day}`] }]
      : [],
  );
};

const cohortRows = ({ state }: FigureFold, { cohorts }: Days, scopes: readonly string[]): readonly FigureRow[] =>
  state.phase === 'absent' || state.phase === 'ended'
    ? []
    : Object.entries(cohorts).flatMap(([month, { relapsed, units }]) => {
        const own = relapsed && state.core.selfFound;
        const measures = [`checked@${month}`, ...when(relapsed, `relapsed@${month}`), ...when(own, `own_relapsed@${month}`)];
        const whole = scopes.length === 0 ? [] : [{ part: `~checked/${month}`, scopes, measures }];
        return [
          ...whole,
          ...Object.entries(units).map(([legId, unit]) => ({ part: `~checked/${month}/${legId}`, scopes: [`unit:${unit}`], measures })),
        ];
      });

/** The one scope by which those who do not see the whole county count the finding. */
const partOf = ({ state, passedAs }: FigureFold, today: (unit: UnitId) => UnitId): readonly string[] => {
  if (state.phase === 'absent') return [];
  const town = today(state.core.place.townId);
  const work = 'work' in state ? state.work : null;
  if (work === null) return [placedIn(town)];
  const holders = legsOf(work).map((leg) => (leg.stage === 'passed' ? (passedAs[leg.legId] ?? leg.unitId) : today(leg.unitId)));
  // The town of the place knows of it, unless its leg was moved away.
  const lost = work.returnedBy.some((unit) => today(unit) === town) && !holders.includes(town);
  return [heldBy([...holders, ...(lost ? [] : [town])])];
};

/** Everything one finding counts for now, with the days of a basis. A child of a finding over several towns counts in the rows of units only (R6, R31). */
export const figureRows = (fold: FigureFold, today: (unit: UnitId) => UnitId, basis: Basis = 'recorded'): readonly FigureRow[] => {
  const { state } = fold;
  if (fold.placeholder !== null) return placeholderRows(fold.placeholder, today);
  const days = fold.days[basis];
  if (state.phase === 'absent') return [];
  const { source, category, list, parentId, place } = state.core;
  const scopes =
    parentId === null
      ? [
          'county:all',
          `source:${source.kind}`,
          `category:${category}`,
          ...(list === null ? [] : [`list:${list.listId}`]),
          ...partOf(fold, today),
        ]
      : [];
  const waiting = state.phase === 'filed' || state.phase === 'accepted';
  return [
    ...(scopes.length === 0 ? [] : [{ part: '', scopes, measures: findingMeasures(fold, days) }]),
    ...legRows(fold, days, today),
    ...(waiting ? [{ part: '~place', scopes: [`unit:${today(place.townId)}`], measures: ['waiting', `waiting_${state.phase}`] }] : []),
    ...officeRows(fold),
    ...cohortRows(fold, days, scopes),
  ];
};

/** Units of which the rows say who stands for them today. */
export const unitsNamed = ({ state, placeholder }: FigureFold): readonly UnitId[] => {
  if (placeholder !== null) return [placeholder.unitId];
  if (state.phase === 'absent') return [];
  const work = 'work' in state ? state.work : null;
  return [...new Set([state.core.place.townId, ...(work === null ? [] : [...legsOf(work).map((l) => l.unitId), ...work.returnedBy])])];
};

/** Units whose merger would change the rows. */
export const unitsCounted = ({ state, placeholder }: FigureFold): readonly UnitId[] => {
  if (placeholder !== null) return [placeholder.unitId];
  if (state.phase === 'absent') return [];
  if (state.phase === 'filed' || state.phase === 'accepted') return [state.core.place.townId];
  if (state.phase !== 'assigned') return [];
  return [...new Set([state.core.place.townId, ...legsOf(state.work).map((leg) => leg.unitId)])].sort();
};
