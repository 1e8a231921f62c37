import type { UnitId } from '@app/kernel';

/** A unit as the organisation's events have told of it up to now. */
export type KnownUnit = Readonly<{ id: UnitId; name: string; path: string }>;

/** The units that a batch of rows needs, and what stands in their place today (R14). */
export class UnitBook {
  constructor(
    private readonly units: Pick<ReadonlyMap<UnitId, KnownUnit>, 'get'>,
    private readonly successors: Pick<ReadonlyMap<UnitId, UnitId>, 'get'>,
    /** The unit that manages the ledger; null before one was established. */
    readonly office: KnownUnit | null,
  ) {}

  /** A unit nobody told of stands under its own id. */
  unit(id: UnitId): KnownUnit {
    return this.units.get(id) ?? { id, name: id, path: id };
  }

  today(id: UnitId): KnownUnit {
    return this.unit(this.successors.get(id) ?? id);
  }
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`: everything above whose subtree it lies in, itself included. */
export const prefixesOf = (path: string): readonly string[] => {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
};

export const allPrefixes = (paths: readonly string[]): readonly string[] => [...new Set(paths.flatMap(prefixesOf))].sort();
