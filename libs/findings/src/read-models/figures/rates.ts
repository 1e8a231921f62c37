/** A share with what it rests on; every rate is kept and shown with both numbers. */
export type Rate = Readonly<{ numerator: number; denominator: number }>;

/** R36: below this there are counts, no percentage and no rank. */
export const SMALLEST_DENOMINATOR = 10;

const SCALE = 10_000_000n;

/**
 * The percentage as text. `cut` never shows a number that was not reached: 99.96 % is `99.9`. `rounded` is how other cities
 * publish theirs. Exact: worked out in whole numbers. Null where there is nothing to divide by.
 */
export const percentOf = ({ numerator, denominator }: Rate, digits = 1, mode: 'cut' | 'rounded' = 'cut'): string | null => {
  if (denominator <= 0) return null;
  const scale = 10n ** BigInt(digits);
  const doubled = (BigInt(numerator) * 200n * scale) / BigInt(denominator);
  const units = mode === 'cut' ? doubled / 2n : (doubled + 1n) / 2n;
  const whole = units / scale;
  return digits === 0 ? whole.toString() : `${whole.toString()}.${(units % scale).toString().padStart(digits, '0')}`;
};

/** What a board shows: no percentage below ten. */
export const shownPercent = (rate: Rate): string | null => (rate.denominator < SMALLEST_DENOMINATOR ? null : percentOf(rate));

/** Percentage points from the unrounded shares; null where one of them has no denominator. */
export const pointsBetween = (now: Rate, before: Rate, digits = 1): string | null => {
  if (now.denominator <= 0 || before.denominator <= 0) return null;
  const difference = BigInt(now.numerator) * BigInt(before.denominator) - BigInt(before.numerator) * BigInt(now.denominator);
  const points = Number((difference * 100n * SCALE) / (BigInt(now.denominator) * BigInt(before.denominator))) / Number(SCALE);
  return points.toFixed(digits);
};

/** Places from 1, equal shares sharing one; null for those below ten. */
export const ranksOf = (rates: readonly Rate[]): readonly (number | null)[] => {
  const ranked = rates.filter((rate) => rate.denominator >= SMALLEST_DENOMINATOR);
  const isAbove = (a: Rate, b: Rate): boolean => BigInt(a.numerator) * BigInt(b.denominator) > BigInt(b.numerator) * BigInt(a.denominator);
  return rates.map((rate) => (rate.denominator < SMALLEST_DENOMINATOR ? null : 1 + ranked.filter((other) => isAbove(other, rate)).length));
};
