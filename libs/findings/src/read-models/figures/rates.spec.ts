import fc from 'fast-check';
import { percentOf, pointsBetween, ranksOf, shownPercent, type Rate } from './rates';

const rate = (numerator: number, denominator: number): Rate => ({ numerator, denominator });
const published = (numerator: number, denominator: number): string | null => percentOf(rate(numerator, denominator), 2, 'rounded');

describe('A rate', () => {
  it('is cut, not rounded: nothing short of all is shown as all', () => {
    expect([rate(9996, 10_000), rate(9999, 10_000), rate(10_000, 10_000), rate(0, 10)].map((r) => shownPercent(r))).toStrictEqual([
      '99.9',
      '99.9',
      '100.0',
      '0.0',
    ]);
  });

  it('below ten is a count without a percentage and without a place', () => {
    expect([shownPercent(rate(9, 9)), shownPercent(rate(9, 10)), shownPercent(rate(0, 0))]).toStrictEqual([null, '90.0', null]);
    expect(ranksOf([rate(9, 10), rate(8, 9), rate(18, 20), rate(10, 10), rate(1, 10)])).toStrictEqual([2, null, 2, 1, 4]);
  });

  it('is compared in percentage points before any rounding', () => {
    expect([pointsBetween(rate(53, 209), rate(21, 209)), pointsBetween(rate(53, 209), rate(21, 209), 2)]).toStrictEqual(['15.3', '15.31']);
    expect(pointsBetween(rate(1, 2), rate(0, 0))).toBeNull();
  });

  it('never reaches 100 before everything is done, and never passes what was done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (denominator, part) => {
        const numerator = Math.min(part, denominator);
        const shown = Number(percentOf(rate(numerator, denominator)));
        expect(shown * denominator).toBeLessThanOrEqual(numerator * 100 + 1e-6 * denominator);
        expect(shown === 100).toBe(numerator === denominator);
      }),
    );
  });
});

describe('Figures that cities have published', () => {
  it('come out of their raw counts: a week of cases, all over those due', () => {
    const due = 52_434;
    expect({
      closing: published(43_523, due),
      onTime: published(40_394, due),
      sentBack: published(276, due),
      extended: published(104, due),
    }).toStrictEqual({ closing: '83.01', onTime: '77.04', sentBack: '0.53', extended: '0.20' });
    expect(published(276, 43_523)).toBe('0.63');
  });

  it('come out for filing and dispatching', () => {
    expect([published(51_229, 51_571), published(49_151, 51_229)]).toStrictEqual(['99.34', '95.94']);
  });

  it('come out for the other cities', () => {
    expect([published(911, 972), published(737, 972)]).toStrictEqual(['93.72', '75.82']);
    expect([published(13_568, 14_690), published(13_117, 14_173)]).toStrictEqual(['92.36', '92.55']);
    expect(published(410, 452)).toBe('90.71');
    expect([percentOf(rate(216, 1_646 + 1_964), 1, 'rounded'), percentOf(rate(71, 310), 1, 'rounded')]).toStrictEqual(['6.0', '22.9']);
  });
});
