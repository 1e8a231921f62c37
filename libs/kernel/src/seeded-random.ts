/** Numbers that follow from a seed alone, the same on every machine. Never for secrets. */
export type SeededRandom = Readonly<{
  /** At least 0, less than 1. */
  next: () => number;
  /** A whole number from 0 to `below` − 1. */
  below: (below: number) => number;
  /** True with probability `rate`, 0 to 1. */
  chance: (rate: number) => boolean;
  /** One of `values`, which must not be empty. */
  pick: <T>(values: readonly T[]) => T;
  /** Another source that follows from this one, so that two parts do not disturb each other's numbers. */
  fork: () => SeededRandom;
}>;

/** mulberry32: 32 bits of state, enough for tests and far too little for anything else. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (rate) => next() < rate,
    pick: <T>(values: readonly T[]): T => {
      if (values.length === 0) throw new RangeError('nothing to pick from');
      return values[below(values.length)] as T;
    },
    fork: () => seededRandom(below(0x1_0000_0000)),
  };
};
