import type { LegId, UnitId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import type { LegDelivered } from '../finding.events';
import type { Assignment, Core, FindingState, Leg } from '../finding.state';
import type { Evidence, LegPlan, Stage, StagePlan } from '../finding.types';
import { legClocks, restart, start, stop } from './clocks';

export const union = <T>(list: readonly T[], ...more: readonly T[]): readonly T[] => [...new Set([...list, ...more])];
export const numbered = (plans: readonly StagePlan[]): readonly Stage[] =>
  plans.map((plan, i) => ({ ...plan, stage: i + 1, passed: false }));

export const addEvidence = (core: Core, evidence: readonly Evidence[], by: Core['filedBy']): Core => ({
  ...core,
  evidence: { ...core.evidence, ...Object.fromEntries(evidence.map((e) => [e.evidenceId, { ...e, removed: false, by }])) },
});

export const rectifiedBy = (work: Assignment, unitId: UnitId, person?: Core['filedBy']['personId']): Assignment => ({
  ...work,
  rectifiers: {
    units: union(work.rectifiers.units, unitId),
    persons: person === undefined ? work.rectifiers.persons : union(work.rectifiers.persons, person),
  },
});

export const withCore = (state: FindingState, change: (core: Core) => Core): FindingState =>
  state.phase === 'absent' ? state : { ...state, core: change(state.core) };

export const withWork = (
  state: FindingState,
  change: (core: Core, work: Assignment) => { core?: Core; work?: Assignment },
): FindingState => {
  if (state.phase !== 'assigned') return state;
  const next = change(state.core, state.work);
  return { phase: 'assigned', core: next.core ?? state.core, work: next.work ?? state.work };
};

const setLeg = (work: Assignment, leg: Leg): Assignment => ({ ...work, legs: { ...work.legs, [leg.legId]: leg } });

export const withLeg = (
  state: FindingState,
  legId: LegId,
  change: (leg: Leg, core: Core, work: Assignment) => { leg: Leg; core?: Core; work?: Assignment },
): FindingState =>
  withWork(state, (core, work) => {
    const leg = work.legs[legId];
    if (leg === undefined) return {};
    const next = change(leg, core, work);
    return { core: next.core ?? core, work: setLeg(next.work ?? work, next.leg) };
  });

/** A leg that nothing has happened to. */
export const freshLeg = (plan: LegPlan, due: DueTime, deliveredAt: Leg['deliveredAt']): Leg => ({
  legId: plan.legId,
  unitId: plan.unitId,
  line: plan.line,
  duty: plan.duty,
  leads: plan.leads,
  due,
  originalDue: due,
  deliveredAt,
  signed: false,
  sentBackBefore: false,
  guided: false,
  extension: null,
  extensions: 0,
  grantedLate: false,
  ruling: null,
  submission: null,
  stage: 'delivered',
});

/** The leg in its unit's hands again, without what belongs to one stage only; a pause ends with the work it was for. */
export const working = (leg: Leg, due: DueTime = leg.due): Leg => {
  const { sentBackBefore, guided, extension, extensions, grantedLate, ruling, submission, signed, originalDue } = leg;
  const stood = leg.pausedDays === undefined ? {} : { pausedDays: leg.pausedDays };
  const kept = { ...stood, originalDue, signed, sentBackBefore, guided, extension, extensions, grantedLate, ruling, submission };
  return { ...freshLeg(leg, due, leg.deliveredAt), ...kept, stage: signed ? 'working' : 'delivered' };
};

export const deliver = (state: FindingState, data: LegDelivered['data']): FindingState =>
  withWork(state, (core, work) => {
    const plan = work.legs[data.legId];
    if (plan === undefined) return {};
    const leg = freshLeg({ ...plan, unitId: data.unitId }, data.due, data.at);
    const clean = stop(core, ...legClocks(leg.legId));
    const signing = start(clean, 'sign', leg.legId, leg.legId, leg.unitId, data.signDue);
    return { core: restart(signing, leg, data.due), work: setLeg(work, leg) };
  });

/** Shared by sending back and by revoking a clearance: legs that had passed are open again. */
export const reopen = (
  core: Core,
  work: Assignment,
  legs: readonly Readonly<{ legId: LegId; due: DueTime }>[],
): { core: Core; work: Assignment } =>
  legs.reduce(
    (acc, { legId, due }) => {
      const leg = acc.work.legs[legId];
      if (leg === undefined) return acc;
      const opened = working(leg, due);
      return { core: restart(acc.core, opened, due), work: setLeg(acc.work, opened) };
    },
    { core, work },
  );
