import { addDays, type LocalDate, type UnitId } from '@app/kernel';
import { LEAST_EXAMINED, type ExaminedKind, type SupervisionRule } from './supervision-rule.types';
import type { Grounds, SupervisionMeasure } from './supervision.types';

/** What is known of one unit on a day: findings by measure, and what was examined within the window, in a town or for a department in all. */
export type UnitFigures = Readonly<{
  unitId: UnitId;
  found: Readonly<Record<SupervisionMeasure, Readonly<{ byOthers: number; bySelf: number }>>>;
  examined: Readonly<Record<ExaminedKind, Readonly<{ total: number; bySelf: number }>>>;
}>;

export const windowOf = ({ windowDays }: Pick<SupervisionRule, 'windowDays'>, to: LocalDate): LocalDate => addDays(to, 1 - windowDays);

/** Fewer rates say nothing of a middle. */
const LEAST_PEERS = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const median = (sorted: readonly number[]): number => {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
};
/** Compared as they are; shown cut, never rounded up over a threshold (R36). */
const cut = (rate: number): number => Math.floor(rate * 100) / 100;

type Measured = Readonly<{ unitId: UnitId; numerator: number; selfFound: number; denominator: number; selfExamined: number }>;

/**
 * A town's own checks count, so that looking harder never makes it stand worse. They are none of a department's: as what towns found
 * themselves is left out of its findings, so is what they examined.
 */
const measured = (rule: SupervisionRule, { unitId, found, examined }: UnitFigures): Measured => {
  const total = sum(rule.kinds.map((kind) => examined[kind].total));
  const own = sum(rule.kinds.map((kind) => examined[kind].bySelf));
  const { byOthers: numerator, bySelf: selfFound } = found[rule.measure];
  const counted = rule.of === 'town' ? { denominator: total, selfExamined: own } : { denominator: total - own, selfExamined: 0 };
  return { unitId, numerator, selfFound, ...counted };
};
const rateOf = ({ numerator, denominator }: Measured): number => (100 * numerator) / denominator;

/** The units that a rule proposes on a day, with what it rests on. */
export const evaluate = (
  rule: SupervisionRule,
  units: readonly UnitFigures[],
  to: LocalDate,
): readonly Readonly<{ unitId: UnitId; grounds: Grounds }>[] => {
  const least = Math.max(rule.minimum, LEAST_EXAMINED);
  const comparable = units.map((unit) => measured(rule, unit)).filter(({ denominator }) => denominator >= least);
  const peers = comparable.map(rateOf).sort((a, b) => a - b);
  const peerMedian = rule.peerFactor === null || peers.length < LEAST_PEERS ? null : median(peers);
  return comparable.flatMap(({ unitId, ...counted }) => {
    const rate = rateOf({ unitId, ...counted });
    const many = rate >= rule.threshold && (peerMedian === null || rule.peerFactor === null || rate >= rule.peerFactor * peerMedian);
    if (!many) return [];
    const { of, measure, threshold } = rule;
    const shown = { per100: cut(rate), threshold, peerMedian: peerMedian === null ? null : cut(peerMedian) };
    return [{ unitId, grounds: { measure, of, ...counted, ...shown, from: windowOf(rule, to), to } }];
  });
};
