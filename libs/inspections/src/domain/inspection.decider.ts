import { addDays, assertNever, localDateOf, stampOf, type Act, type Actor, type Decider, type LocalDate, type UnitId } from '@app/kernel';
import type { ChangeInspection, EndInspection, InspectionCommand, InspectionWorld, PlanInspection } from './inspection.commands';
import { reject } from './inspection.errors';
import type { InspectionEvent } from './inspection.events';
import type { InspectionPlan } from './inspection.types';

export type InspectionState = Readonly<{ phase: 'absent' }> | Readonly<{ phase: 'planned'; plan: InspectionPlan; ended: boolean }>;

/** A quarter: what is longer is no task but a mandate. */
const MOST_DAYS = 92;

export const standing = (world: InspectionWorld, unit: UnitId): UnitId => {
  const next = world.succession[unit];
  return next === undefined || next === unit ? unit : standing(world, next);
};

/** The managing office for every team; a head for their own. */
export const mayPlan = (by: Actor, world: InspectionWorld, teamId: UnitId): boolean => {
  const own = standing(world, by.unitId);
  const ofOffice = world.managingOffice !== null && own === standing(world, world.managingOffice);
  if (ofOffice && by.roles.some((role) => role === 'office' || role === 'office-head')) return true;
  return by.roles.includes('team-head') && own === standing(world, teamId);
};

/** Ended by somebody, or past its last day. */
export const isOver = ({ to, ended }: Readonly<{ to: LocalDate; ended: boolean }>, today: LocalDate): boolean => ended || to < today;

const actOf = ({ at, on, by }: InspectionCommand): Act => ({ at, on, by: stampOf(by) });

const planOf = ({ data, at }: PlanInspection | ChangeInspection): InspectionPlan => {
  const { teamId, from, to, source, manner, note } = data;
  const members = [...new Set(data.members)];
  const villages = [...new Set(data.villages)];
  if (members.length === 0) reject('inspection-members-required');
  if (villages.length === 0) reject('inspection-villages-required');
  if (to < from || to < localDateOf(at) || to >= addDays(from, MOST_DAYS)) reject('inspection-days-invalid', { days: MOST_DAYS });
  return { teamId, members, villages, from, to, source, manner, note: note === null || note.trim() === '' ? null : note.trim() };
};

const samePlan = (a: InspectionPlan, b: InspectionPlan): boolean => {
  const told = ({ teamId, members, villages, from, to, source: s, manner, note }: InspectionPlan): string =>
    JSON.stringify([teamId, members, villages, from, to, s.kind, s.name, s.batch, s.documentNumber, manner, note]);
  return told(a) === told(b);
};

const plan = (command: PlanInspection, state: InspectionState): readonly InspectionEvent[] => {
  const { by, world, data } = command;
  if (!mayPlan(by, world, data.teamId)) reject('inspection-not-yours');
  if (state.phase !== 'absent') return reject('inspection-exists');
  return [{ type: 'InspectionPlanned', data: { inspectionId: data.inspectionId, ...planOf(command), ...actOf(command) } }];
};

type Planned = Extract<InspectionState, { phase: 'planned' }>;
const mustExist = (state: InspectionState): Planned => (state.phase === 'absent' ? reject('inspection-not-found') : state);

const change = (command: ChangeInspection, state: InspectionState): readonly InspectionEvent[] => {
  const known = mustExist(state);
  const { by, world, data, at } = command;
  if (!mayPlan(by, world, known.plan.teamId) || !mayPlan(by, world, data.teamId)) reject('inspection-not-yours');
  if (isOver({ to: known.plan.to, ended: known.ended }, localDateOf(at))) reject('inspection-over');
  const wanted = planOf(command);
  if (samePlan(wanted, known.plan)) return [];
  return [{ type: 'InspectionChanged', data: { inspectionId: data.inspectionId, ...wanted, ...actOf(command) } }];
};

const end = (command: EndInspection, state: InspectionState): readonly InspectionEvent[] => {
  const known = mustExist(state);
  const { by, world, data, at } = command;
  if (!mayPlan(by, world, known.plan.teamId)) reject('inspection-not-yours');
  // Said twice, or of a task whose last day has passed: it is over already.
  if (isOver({ to: known.plan.to, ended: known.ended }, localDateOf(at))) return [];
  const reason = data.reason === null || data.reason.trim() === '' ? null : data.reason.trim();
  return [{ type: 'InspectionEnded', data: { inspectionId: data.inspectionId, reason, ...actOf(command) } }];
};

const decide = (command: InspectionCommand, state: InspectionState): readonly InspectionEvent[] => {
  switch (command.type) {
    case 'PlanInspection':
      return plan(command, state);
    case 'ChangeInspection':
      return change(command, state);
    case 'EndInspection':
      return end(command, state);
    default:
      return assertNever(command);
  }
};

const planIn = ({ teamId, members, villages, from, to, source, manner, note }: InspectionPlan): InspectionPlan => ({
  teamId,
  members,
  villages,
  from,
  to,
  source,
  manner,
  note,
});

const evolve = (state: InspectionState, event: InspectionEvent): InspectionState => {
  switch (event.type) {
    case 'InspectionPlanned':
    case 'InspectionChanged':
      return { phase: 'planned', plan: planIn(event.data), ended: state.phase === 'planned' && state.ended };
    case 'InspectionEnded':
      return state.phase === 'absent' ? state : { ...state, ended: true };
    default:
      return assertNever(event);
  }
};

export const inspectionDecider: Decider<InspectionState, InspectionCommand, InspectionEvent> = {
  initial: { phase: 'absent' },
  decide,
  evolve,
};
