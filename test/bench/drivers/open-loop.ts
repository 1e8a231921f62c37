import { setTimeout as pause } from 'node:timers/promises';
import type { Figures } from '../harness/types';
import { percentile } from '../harness/statistics';

/**
 * Starts `perSecond` works a second at their times, however long those before them take. Resolves when all have ended.
 * Errors: what the first of them threw.
 */
export const openLoop = async (perSecond: number, seconds: number, work: (n: number) => Promise<void>): Promise<void> => {
  const from = performance.now();
  const under: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = from + (n * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    under.push(
      work(n).catch((error: unknown) => {
        failures.push(error);
      }),
    );
  }
  await Promise.all(under);
  if (failures.length > 0) throw failures[0] instanceof Error ? failures[0] : new Error(String(failures[0]));
};

/** Percentiles of times in ms, as figures named after what was timed. */
export const timesOf = (name: string, times: readonly number[]): Figures => ({
  [`${name} p50, ms`]: percentile(times, 0.5),
  [`${name} p99, ms`]: percentile(times, 0.99),
  [`${name} p99.9, ms`]: percentile(times, 0.999),
  [`${name} max, ms`]: percentile(times, 1),
});
