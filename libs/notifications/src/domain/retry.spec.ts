import { MAX_ATTEMPTS, pauseAfter } from './retry';

const HOUR_MS = 3_600_000;
const pauses = (id: string): readonly number[] =>
  Array.from({ length: MAX_ATTEMPTS }, (_, n) => pauseAfter(n + 1, id)).filter((pause) => pause !== null);

describe('What could not be sent', () => {
  it('is tried ten times over about a day, with growing pauses', () => {
    const all = pauses('a');
    expect([MAX_ATTEMPTS, all.length]).toStrictEqual([10, 9]);
    expect([...all].sort((a, b) => a - b)).toStrictEqual(all);
    const hours = all.reduce((sum, pause) => sum + pause, 0) / HOUR_MS;
    expect(hours).toBeGreaterThan(22);
    expect(hours).toBeLessThan(28);
    expect(pauseAfter(MAX_ATTEMPTS, 'a')).toBe(null);
  });

  it('does not come back all together, and the same letter at the same moment', () => {
    expect(pauses('a')).toStrictEqual(pauses('a'));
    expect(pauses('a')).not.toStrictEqual(pauses('b'));
  });
});
