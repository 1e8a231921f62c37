import type { Actor, Role, UnitId } from '@app/kernel';
import { hasRole } from './guards';
import { legsOf, type FindingState } from './finding.state';

export type Surroundings = Readonly<{
  /** Towns a leader is responsible for today. */
  towns: readonly UnitId[];
  /** Whether a unit is `above` itself or below it in the tree. */
  within: (unit: UnitId, above: UnitId) => boolean;
  succession: Readonly<Record<string, UnitId>>;
}>;

/** Roles that read every finding. */
export const READS_ALL: readonly Role[] = ['office', 'office-head', 'auditor', 'independent-verifier', 'system'];
/** Roles that read the findings of their own unit. A system administrator reads no cases. */
export const READS_OWN_UNIT: readonly Role[] = ['inspector', 'team-head', 'clerk', 'deputy', 'head'];

/**
 * Who may know of a finding: the office, auditors and independent verifiers all of them; a unit those that concern it;
 * a leader those of the towns they answer for.
 */
export const mayKnow = (state: FindingState, by: Actor, { towns, within, succession }: Surroundings): boolean => {
  if (state.phase === 'absent') return false;
  if (hasRole(by, ...READS_ALL)) return true;
  const { core } = state;
  const work = 'work' in state ? state.work : null;
  const today = (unit: UnitId): UnitId => succession[unit] ?? unit;
  const place = today(core.place.townId);
  const holders = work === null ? [] : [...legsOf(work).map((l) => l.unitId), ...work.assisting, ...work.copies].map(today);
  // The town of the place knows of it from the transfer on, unless its leg was moved away: it keeps its acts, not the finding.
  const lost = work?.returnedBy.some((unit) => today(unit) === place) === true && !holders.includes(place);
  const independent = work?.independent ? [work.independent.unitId] : [];
  const addressed = core.instructions.flatMap((given) => given.toUnits.map(today));
  const readers = [core.teamId, core.filedBy.unitId, ...independent]
    .map(today)
    .concat(holders, addressed, work === null || lost ? [] : [place]);
  if (hasRole(by, ...READS_OWN_UNIT) && readers.some((unit) => within(unit, by.unitId))) return true;
  return hasRole(by, 'leader') && [place, ...holders].some((unit) => towns.some((town) => within(unit, town)));
};
