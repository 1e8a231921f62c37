import * as fc from 'fast-check';
import type { FindingId } from '@app/kernel';
import { drawSample, sampleSize } from './sample';

const ids = (count: number): readonly FindingId[] => Array.from({ length: count }, (_, i) => `f-${String(i)}` as FindingId);
const counts = fc.integer({ min: 1, max: 600 });

describe('The sample of verifying in bulk (R28)', () => {
  it('is a tenth and at least five, and everything where there is no more', () => {
    expect([1, 4, 5, 6, 49, 50, 51, 1_000, 5_000].map(sampleSize)).toStrictEqual([1, 4, 5, 5, 5, 5, 6, 100, 500]);
    fc.assert(
      fc.property(counts, (count) => {
        const size = sampleSize(count);
        return size <= count && (size === count || (size >= 5 && size * 10 >= count));
      }),
    );
  });

  it('has that size, every row of it once and from the batch, in the order of the batch', () => {
    fc.assert(
      fc.property(counts, fc.string(), (count, seed) => {
        const rows = ids(count);
        const sample = drawSample(rows, seed);
        expect(sample.length).toBe(sampleSize(count));
        expect(sample).toStrictEqual(rows.filter((row) => sample.includes(row)));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same rows and seed, however the rows lie, and another for another seed', () => {
    const rows = ids(200);
    fc.assert(
      fc.property(fc.string(), fc.shuffledSubarray([...rows], { minLength: 200 }), (seed, shuffled) => {
        expect([...drawSample(shuffled, seed)].sort()).toStrictEqual([...drawSample(rows, seed)].sort());
      }),
      { numRuns: 40 },
    );
    expect(drawSample(rows, 'a')).not.toStrictEqual(drawSample(rows, 'b'));
  });

  it('takes every row about as often as any other', () => {
    const rows = ids(100);
    const times = new Map<string, number>();
    for (let seed = 0; seed < 2_000; seed += 1) for (const row of drawSample(rows, String(seed))) times.set(row, (times.get(row) ?? 0) + 1);
    // 200 each are expected; the deviation is about 13, and the seeds are always these.
    expect([Math.min(...times.values()) > 130, Math.max(...times.values()) < 270, times.size]).toStrictEqual([true, true, 100]);
  });

  it('keeps what an earlier sample left, beside as many as it draws anyway', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.string(), fc.nat(), (count, seed, pick) => {
        const rows = ids(count);
        const carried = rows.filter((_, i) => i % 7 === pick % 7);
        const sample = drawSample(rows, seed, [...carried, 'elsewhere' as FindingId]);
        expect(sample).toStrictEqual(expect.arrayContaining([...carried, ...drawSample(rows, seed)]));
        expect(sample.includes('elsewhere' as FindingId)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
