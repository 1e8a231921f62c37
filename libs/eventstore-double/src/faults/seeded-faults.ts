import { seededRandom } from '@app/kernel';
import type { Fault, Faults } from './faults';

/** How often each thing goes wrong, each from 0 (never, the default) to 1 (always). */
export type FaultRates = Readonly<{
  /** A connection is cut, or a call left without a word, before it is taken up. */
  drop?: number;
  stall?: number;
  notLeader?: number;
  unavailable?: number;
  /** A write was committed and its answer is lost. */
  dropAfterCommit?: number;
  stallAfterCommit?: number;
  /** Between two messages of a read or subscription. */
  dropMessage?: number;
  stallMessage?: number;
  /** From here on `outageCalls` calls (default 5) in a row are refused. */
  outage?: number;
  outageCalls?: number;
}>;

export type SeededFaults = Faults &
  Readonly<{
    /** Nothing goes wrong any more, so that what is left can be looked at. */
    rest: () => void;
    resume: () => void;
    /** How often something went wrong so far. */
    count: () => number;
  }>;

/** Misbehaves as the seed says; which call meets which fault then depends on the order of the calls alone. */
export const seededFaults = (seed: number, rates: FaultRates): SeededFaults => {
  const random = seededRandom(seed);
  let resting = false;
  let refusing = 0;
  let count = 0;

  const oneOf = <F extends Fault>(chances: readonly (readonly [F, number | undefined])[]): F | 'go' => {
    if (resting) return 'go';
    let drawn = random.next();
    for (const [fault, rate = 0] of chances) {
      if (drawn < rate) {
        count += 1;
        return fault;
      }
      drawn -= rate;
    }
    return 'go';
  };
  const beforeCall = (): Fault => {
    if (!resting && random.chance(rates.outage ?? 0)) refusing = rates.outageCalls ?? 5;
    if (refusing > 0 && !resting) {
      refusing -= 1;
      count += 1;
      return 'unavailable';
    }
    return oneOf([
      ['drop', rates.drop],
      ['stall', rates.stall],
      ['not-leader', rates.notLeader],
      ['unavailable', rates.unavailable],
    ]);
  };

  return {
    beforeWrite: beforeCall,
    beforeRead: beforeCall,
    afterCommit: () =>
      oneOf([
        ['drop', rates.dropAfterCommit],
        ['stall', rates.stallAfterCommit],
      ]),
    beforeMessage: () =>
      oneOf([
        ['drop', rates.dropMessage],
        ['stall', rates.stallMessage],
      ]),
    rest: () => {
      resting = true;
      refusing = 0;
    },
    resume: () => {
      resting = false;
    },
    count: () => count,
  };
};
