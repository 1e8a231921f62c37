import type { Actor, LocalDate, UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { READS_ALL, READS_OWN_UNIT } from '../../domain/may-know';

/**
 * Which findings somebody may read, as data: all of them, or those whose row carries one of these paths. `paths` are units
 * with everything below them; `leaderPaths` are what a leader answers for (dated).
 */
export type VisibilityScope = Readonly<{ all: true }> | Readonly<{ all: false; paths: readonly string[]; leaderPaths: readonly string[] }>;

export const NOTHING: VisibilityScope = { all: false, paths: [], leaderPaths: [] };

/** The unit with those it took over: their closed history keeps the old name and path (R14). */
const withPredecessors = (view: DirectoryView, ids: readonly UnitId[]): readonly string[] => {
  const wanted = new Set(ids);
  return view
    .allUnits()
    .filter((unit) => wanted.has(unit.id) || (unit.mergedInto !== null && wanted.has(view.currentOf(unit.id))))
    .map((unit) => unit.path)
    .sort();
};

/** A system administrator reads no cases. A substitute reads what the person filled in for may read. */
export const scopeOf = (actor: Actor, view: DirectoryView, on: LocalDate): VisibilityScope => {
  if (actor.roles.some((role) => READS_ALL.includes(role))) return { all: true };
  const own = actor.roles.some((role) => READS_OWN_UNIT.includes(role)) ? withPredecessors(view, [actor.unitId]) : [];
  const towns = actor.roles.includes('leader') ? view.townsOf(actor.inPlaceOf ?? actor.personId, on) : [];
  return { all: false, paths: own, leaderPaths: withPredecessors(view, towns) };
};

/** The same question as the database answers, for one row in hand. */
export const isVisible = (
  scope: VisibilityScope,
  row: Readonly<{ reader_paths: readonly string[]; leader_paths: readonly string[] }>,
): boolean =>
  scope.all ||
  scope.paths.some((path) => row.reader_paths.includes(path)) ||
  scope.leaderPaths.some((path) => row.leader_paths.includes(path));
