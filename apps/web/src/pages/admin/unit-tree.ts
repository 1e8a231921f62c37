import type { Unit } from './data';

export type Branch = Readonly<{ unit: Unit; below: readonly Branch[] }>;

/** Kinds in the order a county names them; within a kind by name as given. */
const ORDER: readonly Unit['kind'][] = ['county', 'office', 'independent', 'team', 'town', 'department', 'section', 'company', 'village'];

/** The tree of the units that are shown. A unit whose own unit above is not shown stands at the top. */
export const treeOf = (units: readonly Unit[]): readonly Branch[] => {
  const known = new Set(units.map(({ id }) => id));
  const byParent = new Map<string | null, Unit[]>();
  for (const unit of units) {
    const above = unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null;
    byParent.set(above, [...(byParent.get(above) ?? []), unit]);
  }
  const branches = (above: string | null): readonly Branch[] =>
    [...(byParent.get(above) ?? [])]
      .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
      .map((unit) => ({ unit, below: branches(unit.id) }));
  return branches(null);
};

/** By name, former or short name, or the first letters of the pinyin. */
export const unitsLike = (units: readonly Unit[], typed: string): readonly Unit[] => {
  const text = typed.trim().toLowerCase();
  return units.filter(
    ({ name, synonyms, initials }) => name.includes(text) || synonyms.some((word) => word.includes(text)) || initials.startsWith(text),
  );
};

/** A unit may not stand below itself: where it can be moved to. */
export const isBelow = (unit: Unit, above: Unit): boolean => unit.path === above.path || unit.path.startsWith(`${above.path}/`);
