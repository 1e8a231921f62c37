import { idFrom, type FindingId } from '@app/kernel';

const LEAST = 5;

/** At least a tenth and at least five; all of them where there are no more (R28). */
export const sampleSize = (rows: number): number => Math.min(rows, Math.max(LEAST, Math.ceil(rows / 10)));

/** How a sample was drawn, as the event says it: anyone who has rows and seed draws the same one again. */
export const SAMPLE_METHOD = 'lowest-hash-of-seed-and-finding';

/**
 * The rows whose hash with the seed is lowest, as many as the size asks for, and beside them those that an earlier sample left
 * without having passed: opening another selection is no way to be rid of a sample. In the order of `rows`.
 */
export const drawSample = (rows: readonly FindingId[], seed: string, carried: readonly FindingId[] = []): readonly FindingId[] => {
  const different = [...new Set(rows)];
  const ranked = different.map((row) => ({ row, rank: idFrom('sample', seed, row) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const drawn = new Set([...ranked.slice(0, sampleSize(different.length)).map(({ row }) => row), ...carried]);
  return different.filter((row) => drawn.has(row));
};
