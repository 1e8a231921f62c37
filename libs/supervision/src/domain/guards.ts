import { DomainError, localDateOf, stampOf, type Act, type Actor, type Role, type UnitId } from '@app/kernel';
import type { SupervisionCommand, SupervisionWorld } from './supervision.commands';
import { reject } from './supervision.errors';
import { unitsOfSubject, type SupervisionSubject } from './supervision.types';

type From = Pick<SupervisionCommand, 'by' | 'world'>;

export const actOf = ({ at, by }: Pick<SupervisionCommand, 'at' | 'by'>): Act => ({ at, on: localDateOf(at), by: stampOf(by) });
export const hasRole = (by: Actor, ...roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));

/** The unit that stands for this one today; a chain of mergers ends in one that stands (R14). */
const standing = (world: SupervisionWorld, unit: UnitId): UnitId => {
  const next = world.succession[unit];
  return next === undefined || next === unit ? unit : standing(world, next);
};

const isOffice = ({ by, world }: From, ...roles: readonly Role[]): boolean =>
  hasRole(by, ...roles) && world.managingOffice !== null && standing(world, by.unitId) === standing(world, world.managingOffice);

const isOwn = ({ by, world }: From, subject: SupervisionSubject): boolean => {
  const own = new Set([by.unitId, ...by.ownUnits].map((unit) => standing(world, unit)));
  return unitsOfSubject(subject).some((unit) => own.has(standing(world, unit)));
};
const actsForUnit = ({ by, world }: From, subject: SupervisionSubject, ...roles: readonly Role[]): boolean =>
  hasRole(by, ...roles) && unitsOfSubject(subject).some((unit) => standing(world, unit) === standing(world, by.unitId));

/** Leaders that answer for the unit; any leader where nobody does. */
const isItsLeader = ({ by, world }: From): boolean =>
  hasRole(by, 'leader') &&
  (world.answering.length === 0 || [by.personId, by.inPlaceOf].some((person) => person !== null && world.answering.includes(person)));

export const mustPropose = (from: From): void => {
  if (!hasRole(from.by, 'system', 'leader') && !isOffice(from, 'office', 'office-head')) reject('supervision-not-yours');
};

/** 挂牌 and 不予挂牌: a leader or the head of the office, never of the unit’s own (R9). */
export const mustDecideListing = (from: From, subject: SupervisionSubject): void => {
  if (!isItsLeader(from) && !isOffice(from, 'office-head')) reject('supervision-not-yours');
  if (isOwn(from, subject)) reject('supervision-avoidance');
};

/** 摘牌: a leader, never of the unit’s own (R9). */
export const mustDecideRemoval = (from: From, subject: SupervisionSubject): void => {
  if (!isItsLeader(from)) reject('supervision-not-yours');
  if (isOwn(from, subject)) reject('supervision-avoidance');
};

export const mustReport = (from: From, subject: SupervisionSubject): void => {
  if (!actsForUnit(from, subject, 'clerk', 'deputy', 'head')) reject('supervision-not-yours');
};

/** 申请摘牌: who signs for the unit, or the office. */
export const mustAskRemoval = (from: From, subject: SupervisionSubject): void => {
  if (!actsForUnit(from, subject, 'deputy', 'head') && !isOffice(from, 'office', 'office-head')) reject('supervision-not-yours');
};

/** What somebody could do with a case of this subject, were it at that step. */
export type SupervisionRights = Readonly<{ decideListing: boolean; decideRemoval: boolean; report: boolean; askRemoval: boolean }>;

export const rightsOf = (from: From, subject: SupervisionSubject): SupervisionRights => {
  const may = (guard: (from: From, subject: SupervisionSubject) => void): boolean => {
    try {
      guard(from, subject);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
  return {
    decideListing: may(mustDecideListing),
    decideRemoval: may(mustDecideRemoval),
    report: may(mustReport),
    askRemoval: may(mustAskRemoval),
  };
};

export const mustSay = (text: string, code: 'supervision-reason-required' | 'supervision-text-required'): string =>
  text.trim() === '' ? reject(code) : text.trim();
