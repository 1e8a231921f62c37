/** A share with both its numbers; `percent` is cut by the server and absent below ten (R36). */
export type Rate = Readonly<{ numerator: number; denominator: number }>;
export const SMALLEST_DENOMINATOR = 10;

const cross = (a: Rate, b: Rate): number => {
  const [left, right] = [BigInt(a.numerator) * BigInt(b.denominator), BigInt(b.numerator) * BigInt(a.denominator)];
  return left < right ? -1 : left > right ? 1 : 0;
};
/** By the exact shares; what is too small for a percentage has no place and comes last, by its size. */
export const compareRates = (a: Rate, b: Rate, descending: boolean): number => {
  const [isA, isB] = [a.denominator >= SMALLEST_DENOMINATOR, b.denominator >= SMALLEST_DENOMINATOR];
  if (isA !== isB) return isA ? -1 : 1;
  if (!isA) return b.denominator - a.denominator;
  return descending ? cross(b, a) : cross(a, b);
};

/** Percentage points from the unrounded shares, cut to one decimal and signed; null where either shows no percentage (R36). */
export const pointsBetween = (now: Rate, before: Rate): string | null => {
  if (now.denominator < SMALLEST_DENOMINATOR || before.denominator < SMALLEST_DENOMINATOR) return null;
  const difference = BigInt(now.numerator) * BigInt(before.denominator) - BigInt(before.numerator) * BigInt(now.denominator);
  const tenths = (difference * 1000n) / (BigInt(now.denominator) * BigInt(before.denominator));
  const size = tenths < 0n ? -tenths : tenths;
  const sign = tenths > 0n ? '+' : tenths < 0n ? '−' : '';
  return `${sign}${size / 10n}.${size % 10n}`;
};
export const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');
