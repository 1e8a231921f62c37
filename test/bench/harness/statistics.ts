import type { Goal, Limit, Run } from './types';

export type Summary = Readonly<{ median: number; min: number; max: number; runs: number; failed: number }>;

/** Of an even number the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  const of = (i: number): number => sorted[i] ?? Number.NaN;
  return (of(Math.floor(at)) + of(Math.ceil(at))) / 2;
};

/** Nearest rank; `share` from 0 to 1. */
export const percentile = (values: readonly number[], share: number): number => {
  if (values.length === 0) throw new RangeError('no percentile of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

const ratesOf = (runs: readonly Run[]): readonly number[] => runs.flatMap(({ rate }) => rate ?? []);

/** Null when no run has a figure. */
export const summaryOf = (runs: readonly Run[], measure: string, part: string): Summary | null => {
  const own = runs.filter((run) => run.measure === measure && run.part === part);
  const rates = ratesOf(own);
  if (rates.length === 0) return null;
  return { median: median(rates), min: Math.min(...rates), max: Math.max(...rates), runs: rates.length, failed: own.length - rates.length };
};

/** Part to other, round by round: both stood on the same machine in the same minute. */
export const ratiosOf = (runs: readonly Run[], measure: string, part: string, over: string): readonly number[] => {
  const rateOf = (round: number, id: string): number | null =>
    runs.find((run) => run.round === round && run.measure === measure && run.part === id)?.rate ?? null;
  const rounds = [...new Set(runs.map(({ round }) => round))];
  return rounds.flatMap((round) => {
    const [mine, theirs] = [rateOf(round, part), rateOf(round, over)];
    return mine === null || theirs === null || theirs === 0 ? [] : [mine / theirs];
  });
};

export type Verdict = Readonly<{
  goal: Goal;
  ratio: Readonly<{ median: number; worst: number; best: number }> | null;
  inMedian: boolean;
  inWorst: boolean;
}>;

/** A goal without figures, or with a run that had to be thrown away, is not met. */
export const verdictOf = (runs: readonly Run[], goal: Goal): Verdict => {
  const ratios = ratiosOf(runs, goal.measure, goal.part, goal.over);
  if (ratios.length === 0) return { goal, ratio: null, inMedian: false, inWorst: false };
  const ratio = { median: median(ratios), worst: Math.min(...ratios), best: Math.max(...ratios) };
  const { atLeast } = goal;
  const failed = runs.some((run) => run.measure === goal.measure && run.part === goal.part && run.rate === null);
  const isMet = (value: number): boolean => !failed && (atLeast === null || value >= atLeast);
  return { goal, ratio, inMedian: isMet(ratio.median), inWorst: isMet(ratio.worst) };
};

export type LimitVerdict = Readonly<{
  limit: Limit;
  figure: Readonly<{ median: number; worst: number; best: number }> | null;
  inMedian: boolean;
  inWorst: boolean;
}>;

/** A limit without figures, or with a run that had to be thrown away, is not kept. */
export const limitVerdictOf = (runs: readonly Run[], limit: Limit): LimitVerdict => {
  const own = runs.filter((run) => run.measure === limit.measure && run.part === limit.part);
  const values = own.flatMap(({ figures }) => figures?.[limit.figure] ?? []);
  if (values.length === 0) return { limit, figure: null, inMedian: false, inWorst: false };
  const figure = { median: median(values), worst: Math.max(...values), best: Math.min(...values) };
  const failed = own.some(({ rate }) => rate === null);
  return { limit, figure, inMedian: !failed && figure.median <= limit.atMost, inWorst: !failed && figure.worst <= limit.atMost };
};
