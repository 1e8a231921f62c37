import { localDateOf, stampOf, type Act, type Actor, type LegId, type Role, type UnitId } from '@app/kernel';
import type { FindingCommand, World } from './finding.commands';
import { reject } from './finding.errors';
import type { Assignment, FindingState, Leg } from './finding.state';

type Present = Exclude<FindingState, { phase: 'absent' }>;
type Assigned = Extract<FindingState, { phase: 'assigned' }>;

/** What every event of a command says about its making; nobody can claim a day that has not come. */
export const actOf = ({ at, on, by }: Pick<FindingCommand, 'at' | 'on' | 'by'>): Act =>
  on > localDateOf(at) ? reject('business-date-in-future') : { at, on, by: stampOf(by) };

export const mustExist = (state: FindingState): Present => (state.phase === 'absent' ? reject('finding-not-found') : state);
export const mustBeAssigned = (state: FindingState): Assigned => {
  const known = mustExist(state);
  if (known.phase === 'assigned') return known;
  return reject(known.phase === 'filed' || known.phase === 'accepted' ? 'not-transferred' : 'finding-closed');
};
export const mustHaveLeg = (work: Assignment, legId: LegId): Leg => work.legs[legId] ?? reject('leg-not-found');

export const hasRole = (by: Actor, ...roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));
export const mustHaveRole = (by: Actor, ...roles: readonly Role[]): void => {
  if (!hasRole(by, ...roles)) reject('not-yours');
};

/** The unit that stands for `unit` today (R14). A chain of mergers ends, because a unit merges only into one that stands. */
export const today = (world: World, unit: UnitId): UnitId => {
  const next = world.succession[unit];
  return next === undefined || next === unit ? unit : today(world, next);
};
export const sameUnit = (world: World, a: UnitId, b: UnitId): boolean => today(world, a) === today(world, b);

export const isOffice = (by: Actor, world: World): boolean =>
  hasRole(by, 'office', 'office-head') && sameUnit(world, by.unitId, world.managingOffice);
export const mustBeOffice = (by: Actor, world: World): void => {
  if (!isOffice(by, world)) reject('not-yours');
};

/** The unit's own people, for the unit that holds the leg today. */
export const mustHoldLeg = (by: Actor, world: World, leg: Leg, ...roles: readonly Role[]): void => {
  if (!sameUnit(world, by.unitId, leg.unitId) || !hasRole(by, ...roles)) reject('not-yours');
};

/** R9: judged from the stream, whatever roles or delegations. */
export const mustAvoidNothing = (by: Actor, world: World, work: Pick<Assignment, 'rectifiers'>): void => {
  const own = new Set(by.ownUnits.map((unit) => today(world, unit)).concat(today(world, by.unitId)));
  const theirs = work.rectifiers.units.some((unit) => own.has(today(world, unit)));
  if (theirs || work.rectifiers.persons.includes(by.personId)) reject('avoidance');
};

export const mustSay = (text: string | null, code: 'text-required' | 'reason-required' = 'text-required'): string =>
  text === null || text.trim() === '' ? reject(code) : text.trim();

export type { Assigned, Present };
