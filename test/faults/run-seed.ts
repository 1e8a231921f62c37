import type { Violation } from './checker';
import { simulate } from './simulate';

export type SeedResult = Readonly<{ violations: readonly Violation[]; operations: number; events: number }>;

/** One history of `npm run soak`. */
export const runSeed = async (kind: 'port', seed: number): Promise<SeedResult> => {
  const { violations, record } = await simulate(seed);
  return { violations, operations: record?.operations.length ?? 0, events: record?.log.length ?? 0 };
};
