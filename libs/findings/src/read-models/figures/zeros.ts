import type { LocalDate } from '@app/kernel';

/** 整改清零 rectified: all legs have passed. 销号清零 cleared: all findings are cleared (R37). */
export type ZeroKind = 'rectified' | 'cleared';
export type Zero = Readonly<{ kind: ZeroKind; reached: LocalDate; lost: LocalDate | null }>;
/** How the counts of a scope moved on a day. */
export type DayChange = Readonly<{ day: LocalDate; measure: string; delta: number }>;

type Terms = Readonly<{ base: readonly string[]; blocks: readonly string[] }>;

const IMMEDIATE_TOO = (measure: string): readonly string[] => [measure, `${measure}_immediate`];
/** A relapse ends the zero for good: the number issued stays, the zero does not (R26). */
const FINDING_TERMS: Readonly<Record<ZeroKind, Terms>> = {
  rectified: { base: IMMEDIATE_TOO('base'), blocks: ['not_passed', 'untriaged', 'accepted', 'relapses'] },
  cleared: { base: IMMEDIATE_TOO('base'), blocks: [...IMMEDIATE_TOO('open'), 'untriaged', 'accepted', 'relapses'] },
};
const LEG_TERMS: Readonly<Record<ZeroKind, Terms>> = {
  rectified: { base: IMMEDIATE_TOO('legs'), blocks: [...IMMEDIATE_TOO('open'), 'waiting', 'relapsed'] },
  cleared: { base: IMMEDIATE_TOO('legs'), blocks: ['uncleared', 'waiting', 'relapsed'] },
};
export type Counted = 'findings' | 'legs';
export const ZERO_TERMS: Readonly<Record<Counted, Readonly<Record<ZeroKind, Terms>>>> = { findings: FINDING_TERMS, legs: LEG_TERMS };
export const zeroMeasures = (what: Counted): readonly string[] => [
  ...new Set(Object.values(ZERO_TERMS[what]).flatMap(({ base, blocks }) => [...base, ...blocks])),
];

/** Zeros as they stood at the ends of days, oldest first; what is lost again on the day it was reached was never published. */
export const zerosOf = (what: Counted, changes: readonly DayChange[]): readonly Zero[] => {
  const days = [...new Set(changes.map((c) => c.day))].sort();
  const zeros: Zero[] = [];
  for (const kind of ['rectified', 'cleared'] as const) {
    const { base, blocks } = ZERO_TERMS[what][kind];
    const [inBase, inBlocks] = [new Set(base), new Set(blocks)];
    let [owed, blocking] = [0, 0];
    let reached: LocalDate | null = null;
    for (const day of days) {
      for (const change of changes) {
        if (change.day !== day) continue;
        if (inBase.has(change.measure)) owed += change.delta;
        if (inBlocks.has(change.measure)) blocking += change.delta;
      }
      const isZero = owed > 0 && blocking === 0;
      if (isZero && reached === null) reached = day;
      if (!isZero && reached !== null) {
        zeros.push({ kind, reached, lost: day });
        reached = null;
      }
    }
    if (reached !== null) zeros.push({ kind, reached, lost: null });
  }
  return zeros;
};
