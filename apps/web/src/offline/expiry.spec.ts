import { clockOffset, countAttempt, draftAge, hoursLeft, isGoodPin, isPackageExpired, WRONG_PINS } from './expiry';

const HOUR = 3_600_000;

describe('What lies on the phone expires', () => {
  it('a package after 24 hours', () => {
    expect([isPackageExpired(0, 24 * HOUR - 1), isPackageExpired(0, 24 * HOUR)]).toStrictEqual([false, true]);
  });

  it('a draft after 72 hours, with a warning during the last 24', () => {
    expect([0, 48 * HOUR - 1, 48 * HOUR, 72 * HOUR - 1, 72 * HOUR].map((at) => draftAge(0, at))).toStrictEqual([
      'fresh',
      'fresh',
      'warned',
      'warned',
      'expired',
    ]);
    expect([hoursLeft(0, 48 * HOUR), hoursLeft(0, 71.5 * HOUR), hoursLeft(0, 80 * HOUR)]).toStrictEqual([24, 1, 0]);
  });

  it('by the server’s clock, whatever the phone’s says', () => {
    expect(clockOffset('2020-07-06T01:00:00.000Z', Date.parse('2026-01-01T00:00:00Z'))).toBe(
      Date.parse('2020-07-06T01:00:00Z') - Date.parse('2026-01-01T00:00:00Z'),
    );
  });
});

describe('The PIN', () => {
  it('may be wrong four times; the fifth time everything is wiped', () => {
    const outcomes = Array.from({ length: WRONG_PINS }, (_, before) => countAttempt(before).outcome);
    expect(outcomes).toStrictEqual(['try-again', 'try-again', 'try-again', 'try-again', 'wipe']);
  });

  it('has six digits or more, which are neither all the same nor a run', () => {
    expect(['204817', '13579246'].map(isGoodPin)).toStrictEqual([true, true]);
    expect(['12345', '111111', '123456', '654321', 'abcdef', ''].map(isGoodPin)).toStrictEqual([false, false, false, false, false, false]);
  });
});
