import type { Actor, UnitId } from '@app/kernel';
import { hasRole } from './guards';
import { legsOf, type FindingState } from './finding.state';

export type Surroundings = Readonly<{
  /** Towns a leader is responsible for today. */
  towns: readonly UnitId[];
  /** Whether a unit is `above` itself or below it in the tree. */
  within: (unit: UnitId, above: UnitId) => boolean;
  succession: Readonly<Record<string, UnitId>>;
}>;

/**
 * Who may know of a finding: the office, auditors and independent verifiers all of them; a unit those that concern it;
 * a leader those of the towns they answer for; whoever filed it. A unit that lost its leg no longer does.
 */
export const mayKnow = (state: FindingState, by: Actor, { towns, within, succession }: Surroundings): boolean => {
  if (state.phase === 'absent') return false;
  if (hasRole(by, 'office', 'office-head', 'auditor', 'independent-verifier', 'system')) return true;
  const { core } = state;
  const work = 'work' in state ? state.work : null;
  const units = work === null ? [] : [...legsOf(work).map((l) => l.unitId), ...work.assisting, ...work.copies];
  const instructed = work === null ? [] : [core.place.townId];
  const concerned = [core.teamId, ...units, ...instructed].map((unit) => succession[unit] ?? unit);
  if (core.filedBy.personId === by.personId || concerned.some((unit) => within(unit, by.unitId))) return true;
  return hasRole(by, 'leader') && [core.place.townId, ...units].some((unit) => towns.some((town) => within(unit, town)));
};
