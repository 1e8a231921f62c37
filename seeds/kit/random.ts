import { seededRandom } from '@app/kernel';

/** The same seed gives the same sequence on every machine. */
export class Random {
  private readonly source;

  constructor(seed: number) {
    this.source = seededRandom(seed);
  }

  /** From 0 up to but not including 1. */
  next(): number {
    return this.source.next();
  }
  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + this.source.below(to - from + 1);
  }
  chance(probability: number): boolean {
    return this.source.chance(probability);
  }
  pick<T>(from: readonly T[]): T {
    return this.source.pick(from);
  }
}
