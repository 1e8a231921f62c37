import type { UnitId } from '@app/kernel';
import { legsOf, type Assignment, type Core, type Leg } from '../../domain/finding.state';
import { isReviewedInTown } from '../../domain/town-review';
import type { FindingStage } from '../../domain/finding.types';

const done = (leg: Leg): boolean => leg.stage === 'passed' || leg.stage === 'submitted';
const bySoonest = (a: Leg, b: Leg): number => (`${a.due.at} ${a.legId}` < `${b.due.at} ${b.legId}` ? -1 : 1);

/**
 * Whose turn an open finding is, while a unit works on it: of the acting legs that are not handed in, the leading one (R22),
 * else the one due first. With none left it waits for the towns of its parts (R6), at last for who still owes words.
 */
export const turnOf = (core: Core, work: Assignment): 'town' | 'department' => {
  const owing = legsOf(work).filter((leg) => leg.duty === 'acts' && !done(leg));
  const leg = owing.find((l) => l.leads) ?? [...owing].sort(bySoonest)[0];
  const unpassed = core.children.some((child) => !child.passed);
  const last = leg ?? (unpassed ? undefined : legsOf(work).find((l) => l.stage !== 'passed'));
  return last === undefined || last.line === 'territorial' ? 'town' : 'department';
};

/** Reviewed by whom: in the town what it found itself and may review (R10), else by us. */
const reviewerOf = (core: Core, work: Assignment): 'town' | 'office' => {
  const handedIn = legsOf(work).filter((leg) => leg.stage === 'submitted');
  return handedIn.length > 0 && handedIn.every((leg) => isReviewedInTown(core, work, leg)) ? 'town' : 'office';
};

/** In whose hands, where the stage alone does not say it. */
export const turnMeasures = (stage: FindingStage | null, core: Core, work: Assignment): readonly string[] => {
  if (stage === 'in-review') return [`turn:${reviewerOf(core, work)}-in-review`];
  return stage === 'unsigned' || stage === 'rectifying' ? [`turn:${turnOf(core, work)}-${stage}`] : [];
};

export const HELD = 'held:';
export const PLACED = 'placed:';
const BETWEEN = '+';

/**
 * Exactly one scope for each finding, named by all units that have a part in it: whoever may see some of these units adds up
 * the scopes that name them and counts no finding twice. Before the transfer only the town of the place, for its leaders.
 */
export const heldBy = (units: readonly UnitId[]): string => `${HELD}${[...new Set(units)].sort().join(BETWEEN)}`;
export const placedIn = (town: UnitId): string => `${PLACED}${town}`;
/** The units that a scope of `heldBy` names. */
export const unitsIn = (held: string): readonly string[] => held.slice(HELD.length).split(BETWEEN);
