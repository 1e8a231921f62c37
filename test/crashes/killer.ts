import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@app/testing';
import type { Kills, Trouble } from './campaign';
import type { Instance, Part } from './instance';

type Victim = Part | 'rebuild' | 'event store';

/** How often each comes up, out of a hundred. */
const SHARES: readonly (readonly [Victim, number])[] = [
  ['api', 28],
  ['worker', 22],
  ['postgres', 10],
  ['postgres, fast', 4],
  ['postgres, immediate', 4],
  ['backend', 14],
  ['launcher', 8],
  ['rebuild', 10],
];
const HEALED_WITHIN_MS = 120_000;
const LONGEST_PAUSE_MS = 1_000;

export const healed = (instance: Instance): Promise<unknown> =>
  waitUntil(() => instance.isReady(), { timeoutMs: HEALED_WITHIN_MS, everyMs: 50, what: 'the product' });

/**
 * `kill -9` at random moments: mostly of a product that works, sometimes of one that is still coming back.
 * `eventStore` ends and starts again an event store of its own.
 */
export const killing =
  (times: number, eventStore?: () => Promise<void>): Trouble =>
  async ({ instance, random, killRebuild, say }): Promise<Kills> => {
    const done = new Map<Victim, number>();
    const draw = (): Victim => {
      if (eventStore !== undefined && random.chance(0.3)) return 'event store';
      let left = random.below(100);
      for (const [victim, share] of SHARES) {
        if (left < share) return victim;
        left -= share;
      }
      return 'api';
    };
    const strike = async (victim: Victim): Promise<boolean> => {
      if (victim === 'rebuild') return killRebuild();
      if (victim !== 'event store') return instance.kill(victim, (pids) => random.pick(pids));
      await eventStore?.();
      return true;
    };
    for (let n = 0; n < times;) {
      // As often as not it goes on before the last one has healed.
      if (random.chance(0.5)) await healed(instance);
      await pause(random.below(LONGEST_PAUSE_MS));
      const victim = draw();
      if (!(await strike(victim))) continue;
      n += 1;
      done.set(victim, (done.get(victim) ?? 0) + 1);
      say(`kill ${n}: ${victim}`);
    }
    await healed(instance);
    return Object.fromEntries(done);
  };
