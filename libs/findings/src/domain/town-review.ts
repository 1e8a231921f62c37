import type { Assignment, Core, Leg } from './finding.state';

/**
 * R10: what a town found itself is reviewed in the town, and the county samples it. Ordinary findings of its own only: what is
 * serious, listed, from above, part of a family or staged goes through the county’s review like any other.
 */
export const isReviewedInTown = (core: Core, work: Assignment, leg: Leg): boolean =>
  core.selfFound &&
  core.seriousness === 'ordinary' &&
  core.upper === null &&
  core.list === null &&
  core.parentId === null &&
  core.children.length === 0 &&
  work.independent === null &&
  work.rectification !== 'staged' &&
  leg.line === 'territorial' &&
  leg.duty === 'acts' &&
  leg.unitId === core.teamId;

/** Every leg was passed in its own town: the county may clear it as it is, or draw it and look for itself. */
export const isForSampling = (core: Core, work: Assignment): boolean => {
  const legs = Object.values(work.legs);
  return legs.length > 0 && legs.every((leg) => leg.stage === 'passed' && leg.passedBy === leg.unitId && isReviewedInTown(core, work, leg));
};
