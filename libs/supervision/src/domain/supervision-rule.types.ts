import { localDate, type LocalDate } from '@app/kernel';
import type { SupervisedKind, SupervisionMeasure } from './supervision.types';

/** What may be examined: 户 · 项目 · 人 · 村. */
export const EXAMINED_KINDS = ['household', 'project', 'person', 'village'] as const;
export type ExaminedKind = (typeof EXAMINED_KINDS)[number];

/** When a unit is proposed: by findings per 100 subjects examined, so that who files much is not punished for it. */
export type SupervisionRuleContent = Readonly<{
  of: SupervisedKind;
  measure: SupervisionMeasure;
  /** Proposed from this many per 100 examined on. */
  threshold: number;
  /** Fewer examined: no proposal; never below ten (R36). */
  minimum: number;
  /** Examined within so many days, the day compared included; relapses by the months in it (R38). */
  windowDays: number;
  /** Of the examined, what counts. */
  kinds: readonly ExaminedKind[];
  /** Only from so many times the middle of its peers' rates on; null: not compared. */
  peerFactor: number | null;
  /** Silent for so long after a case was declined or ended. */
  quietDays: number;
}>;
export type SupervisionRule = SupervisionRuleContent & Readonly<{ ruleId: string; version: number; from: LocalDate; to: LocalDate | null }>;

const ALWAYS = { of: 'town', minimum: 30, windowDays: 90, kinds: EXAMINED_KINDS, peerFactor: null, quietDays: 30 } as const;
const DEFAULT = { version: 1, from: localDate('2020-01-01'), to: null };

/** Where nobody set anything. */
export const DEFAULT_SUPERVISION_RULES: readonly SupervisionRule[] = [
  { ...DEFAULT, ruleId: 'open', measure: 'open', threshold: 30, ...ALWAYS },
  { ...DEFAULT, ruleId: 'overdue', measure: 'overdue', threshold: 10, ...ALWAYS },
  { ...DEFAULT, ruleId: 'relapsed', measure: 'relapsed', threshold: 5, ...ALWAYS },
];

/** Below it no rate is formed (R36). */
export const LEAST_EXAMINED = 10;

export const ruleInForce = (versions: readonly SupervisionRule[], day: LocalDate): SupervisionRule | undefined =>
  versions.filter(({ from, to }) => from <= day && (to === null || day <= to)).at(-1);
