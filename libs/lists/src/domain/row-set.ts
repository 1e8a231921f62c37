/**
 * The rows of a list by identity, in the order they came. It never changes: adding gives another set that shares most of this one, so that
 * a list of a hundred thousand rows can grow by a few hundred at a time without being copied each time.
 */
export class RowSet {
  static readonly empty = new RowSet([]);

  /** Layers in order; each at least twice as large as the one after it, so that there are few. */
  private constructor(private readonly layers: readonly ReadonlySet<string>[]) {}

  get size(): number {
    return this.layers.reduce((sum, layer) => sum + layer.size, 0);
  }

  has(rowId: string): boolean {
    return this.layers.some((layer) => layer.has(rowId));
  }

  with(rowIds: readonly string[]): RowSet {
    const layers = [...this.layers];
    let top = new Set(rowIds.filter((rowId) => !this.has(rowId)));
    for (let below = layers.at(-1); below !== undefined && below.size < 2 * top.size; below = layers.at(-1)) {
      layers.pop();
      top = new Set([...below, ...top]);
    }
    return top.size === 0 ? this : new RowSet([...layers, top]);
  }

  without(rowId: string): RowSet {
    return this.has(rowId) ? RowSet.empty.with([...this].filter((other) => other !== rowId)) : this;
  }

  *[Symbol.iterator](): Generator<string> {
    for (const layer of this.layers) yield* layer;
  }
}
