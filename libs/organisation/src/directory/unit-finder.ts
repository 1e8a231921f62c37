import { isWithin, type UnitKind } from '../domain/vocabulary';
import type { Unit } from './directory.rows';
import { coreName, editDistance, normalName } from './unit-names';

export type UnitMatch = Readonly<{
  /** Units that bear this name or a known synonym. More than one: the text is ambiguous. */
  exact: readonly Unit[];
  /** Nearest known names, best first, at most five; empty when `exact` is not. */
  near: readonly Unit[];
}>;

type Index = ReadonlyMap<string, ReadonlySet<Unit>>;

const indexOf = (units: readonly Unit[], keyOf: (name: string) => string): Index => {
  const index = new Map<string, Set<Unit>>();
  for (const unit of units) {
    for (const name of [unit.name, ...unit.synonyms]) {
      const key = keyOf(name);
      const bearers = index.get(key);
      if (bearers === undefined) index.set(key, new Set([unit]));
      else bearers.add(unit);
    }
  }
  return index;
};

/** Finds units by what people write in sheets: any width, with or without the ending or the names of the units above. */
export class UnitFinder {
  private readonly byName: Index;
  private readonly byCore: Index;
  private readonly roots: readonly string[];

  constructor(
    units: readonly Unit[],
    private readonly currentOf: (unit: Unit) => Unit,
  ) {
    this.byName = indexOf(units, normalName);
    this.byCore = indexOf(units, coreName);
    this.roots = units
      .filter((u) => u.parentId === null)
      .flatMap((u) => [u.name, ...u.synonyms].map(normalName))
      .sort((a, b) => b.length - a.length);
  }

  find(text: string, kind?: UnitKind, within?: string): UnitMatch {
    const name = this.withoutRoot(normalName(text));
    if (name === '') return { exact: [], near: [] };
    const fits = (u: Unit): boolean =>
      u.status === 'active' && (kind === undefined || u.kind === kind) && (within === undefined || isWithin(u.path, within));
    const exact = this.named(name, fits);
    return exact.length > 0 ? { exact, near: [] } : { exact: this.qualified(name, fits), near: this.nearest(name, fits) };
  }

  private named(name: string, fits: (u: Unit) => boolean): readonly Unit[] {
    const spelled = this.current(this.byName.get(name)).filter(fits);
    return spelled.length > 0 ? spelled : this.current(this.byCore.get(coreName(name))).filter(fits);
  }

  /** `大泽山镇北昌村`: the name of a unit above, then the name itself. */
  private qualified(name: string, fits: (u: Unit) => boolean): readonly Unit[] {
    for (let cut = name.length - 1; cut >= 2; cut -= 1) {
      const above = this.current(this.byName.get(name.slice(0, cut)));
      const found = above.flatMap((a) => this.named(name.slice(cut), (u) => fits(u) && u !== a && isWithin(u.path, a.path)));
      if (found.length > 0) return found;
    }
    return [];
  }

  private nearest(name: string, fits: (u: Unit) => boolean): readonly Unit[] {
    if (this.qualified(name, fits).length > 0) return [];
    const core = coreName(name);
    const scored: { unit: Unit; score: number }[] = [];
    for (const [key, bearers] of this.byCore) {
      const limit = Math.max(1, Math.floor(Math.max(key.length, core.length) / 2));
      const contained = key.length >= 2 && core.length >= 2 && (core.includes(key) || key.includes(core));
      const distance = editDistance(core, key, limit);
      if (!contained && (distance > limit || distance >= core.length)) continue;
      for (const unit of this.current(bearers).filter(fits)) scored.push({ unit, score: contained ? Math.min(distance, 1) : distance });
    }
    scored.sort((a, b) => a.score - b.score || (a.unit.path < b.unit.path ? -1 : 1));
    return [...new Set(scored.map((s) => s.unit))].slice(0, 5);
  }

  private current(found: ReadonlySet<Unit> | undefined): readonly Unit[] {
    return [...new Set([...(found ?? [])].map(this.currentOf))];
  }

  private withoutRoot(name: string): string {
    const root = this.roots.find((r) => name.startsWith(r) && name.length > r.length);
    return root === undefined || this.byName.has(name) ? name : name.slice(root.length);
  }
}
