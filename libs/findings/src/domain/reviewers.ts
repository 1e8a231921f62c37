import { DomainError, type Actor } from '@app/kernel';
import type { World } from './finding.commands';
import { reject } from './finding.errors';
import type { Assignment, Core, Leg } from './finding.state';
import { hasRole, isOffice, mustAvoidNothing, sameUnit } from './guards';
import { isReviewedInTown } from './town-review';

/** The part of the work that rights to review rest on. */
type Reviewed = Pick<Assignment, 'independent' | 'rectifiers'>;

const isOfIndependentUnit = (by: Actor, world: World, work: Reviewed): boolean =>
  work.independent !== null && hasRole(by, 'independent-verifier') && sameUnit(world, by.unitId, work.independent.unitId);

/** The office, or the independent unit where one was set; never someone whose own unit rectified (R9). */
export const mustReview = (by: Actor, world: World, work: Reviewed): void => {
  if (work.independent === null ? !isOffice(by, world) : !isOfIndependentUnit(by, world, work)) {
    reject(work.independent === null ? 'not-yours' : 'not-the-authorised-clearer');
  }
  mustAvoidNothing(by, world, work);
};

/** R10: in the town somebody who signs and had no hand in the rectification; everywhere else, and whenever it draws one, the county. */
export const mustReviewLeg = (by: Actor, world: World, { core, work, leg }: Readonly<{ core: Core; work: Assignment; leg: Leg }>): void => {
  const inTown = isReviewedInTown(core, work, leg) && sameUnit(world, by.unitId, leg.unitId) && hasRole(by, 'deputy', 'head');
  if (!inTown) return mustReview(by, world, work);
  const persons = [by.personId, ...(by.inPlaceOf === null ? [] : [by.inPlaceOf])];
  if (persons.some((person) => work.rectifiers.persons.includes(person))) reject('rectifier-may-not-review');
};

/** 核查: besides the office the inspectors and the independent verifiers go and see. */
export const mustVerify = (by: Actor, world: World, work: Reviewed): void => {
  if (work.independent !== null) return mustReview(by, world, work);
  if (!isOffice(by, world) && !hasRole(by, 'inspector', 'team-head', 'independent-verifier')) reject('not-yours');
  mustAvoidNothing(by, world, work);
};

export const mayVerify = (by: Actor, world: World, work: Reviewed): boolean => {
  try {
    mustVerify(by, world, work);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
};

/** 销号: the office, or the one person the leading group authorised. */
export const mustClear = (by: Actor, world: World, work: Assignment): void => {
  if (work.independent === null) return mustReview(by, world, work);
  if (by.personId !== work.independent.clearer) reject('not-the-authorised-clearer');
  mustAvoidNothing(by, world, work);
};

/** The level that gave the clearance, or above (R26). What an authorised person cleared is above the office. */
export const mustRevoke = (by: Actor, world: World, work: Assignment): void => {
  if (hasRole(by, 'leader')) return;
  const level = work.independent === null ? hasRole(by, 'office-head') && isOffice(by, world) : by.personId === work.independent.clearer;
  if (!level) reject('not-yours');
};

/** 回头看: whoever may verify, and leaders; nobody looks back at their own unit's work. */
export const mustLookBack = (by: Actor, world: World, core: Core, work: Assignment): void => {
  const seesIt = isOffice(by, world) || hasRole(by, 'leader', 'independent-verifier', 'inspector', 'team-head');
  if (!seesIt && !sameUnit(world, by.unitId, core.teamId)) reject('not-yours');
  mustAvoidNothing(by, world, work);
};
