import type { FindingFigure, LegFigure } from './figure-definitions';
import { shownPercent, type Rate } from './rates';

export type ShownRate = Rate & Readonly<{ percent: string | null; of: Readonly<{ numerator: string; denominator: string }> }>;

type RateOf<K extends string> = Readonly<{ numerator: K; denominator: K }>;

/** Headline rates leave immediate rectifications out; they are shown with them beside (R35). */
export const FINDING_RATES = {
  clearance: { numerator: 'clearedTimed', denominator: 'toClearTimed' },
  clearanceWithImmediate: { numerator: 'cleared', denominator: 'toClear' },
  closing: { numerator: 'closed', denominator: 'due' },
  closingWithImmediate: { numerator: 'closedWithImmediate', denominator: 'dueWithImmediate' },
  onTime: { numerator: 'closedOnTime', denominator: 'due' },
  onTimeByOriginal: { numerator: 'closedByOriginal', denominator: 'dueByOriginal' },
  extension: { numerator: 'extendedDue', denominator: 'due' },
  relapse: { numerator: 'relapsed', denominator: 'checked' },
} as const satisfies Record<string, RateOf<FindingFigure>>;

export const LEG_RATES = {
  passing: { numerator: 'passedTimed', denominator: 'owedTimed' },
  passingWithImmediate: { numerator: 'passed', denominator: 'owed' },
  closing: { numerator: 'closed', denominator: 'due' },
  closingWithImmediate: { numerator: 'closedWithImmediate', denominator: 'dueWithImmediate' },
  onTime: { numerator: 'closedOnTime', denominator: 'due' },
  onTimeByOriginal: { numerator: 'closedByOriginal', denominator: 'dueByOriginal' },
  extension: { numerator: 'extendedDue', denominator: 'due' },
  sendingBack: { numerator: 'sentBackDue', denominator: 'due' },
  relapse: { numerator: 'relapsed', denominator: 'checked' },
} as const satisfies Record<string, RateOf<LegFigure>>;

export const ratesOf = <R extends string, K extends string>(
  rates: Readonly<Record<R, RateOf<K>>>,
  figures: Readonly<Record<K, number>>,
): Readonly<Record<R, ShownRate>> =>
  Object.fromEntries(
    Object.entries<RateOf<K>>(rates).map(([name, of]) => {
      const rate = { numerator: figures[of.numerator], denominator: figures[of.denominator] };
      return [name, { ...rate, percent: shownPercent(rate), of }];
    }),
  ) as unknown as Record<R, ShownRate>;
