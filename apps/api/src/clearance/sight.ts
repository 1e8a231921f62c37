import type { Sight, VisibilityScope } from '@app/findings';

/** Subtrees somebody may see; null is everything. Of a leader's towns also what waits for triage. */
export const sightOf = (scope: VisibilityScope): Sight =>
  scope.all ? { seen: null } : { seen: [...scope.paths, ...scope.leaderPaths], leads: scope.leaderPaths };
