import { compareRates, pointsBetween, signed } from './rates';

const rate = (numerator: number, denominator: number) => ({ numerator, denominator });

describe('Rates on the board', () => {
  it('are ordered by their exact shares, and those below ten come last either way (R36)', () => {
    const rates = [rate(9, 9), rate(1, 3), rate(999, 1000), rate(9999, 10000), rate(5, 10)];
    const order = (descending: boolean) => [...rates].sort((a, b) => compareRates(a, b, descending)).map((r) => r.denominator);
    expect(order(true)).toStrictEqual([10000, 1000, 10, 9, 3]);
    expect(order(false)).toStrictEqual([10, 1000, 10000, 9, 3]);
  });
  it('differ by percentage points of the unrounded shares', () => {
    expect(pointsBetween(rate(2, 30), rate(1, 30))).toBe('+3.3');
    expect(pointsBetween(rate(1, 30), rate(2, 30))).toBe('−3.3');
    expect(pointsBetween(rate(5, 10), rate(10, 20))).toBe('0.0');
    expect(pointsBetween(rate(5, 9), rate(10, 20))).toBeNull();
  });
  it('show the sign of a difference', () => {
    expect([signed(3), signed(0), signed(-2)]).toStrictEqual(['+3', '0', '−2']);
  });
});
