import type { Brand, FindingId, Instant, LocalDate, PersonId, UnitId } from '@app/kernel';

/** Follows from the subject: one unit or finding has one stream, in which its cases follow each other. */
export type SupervisionId = Brand<string, 'SupervisionId'>;

/** What is put on the list. Units are those concerned: nobody of theirs decides (R9). */
export type SupervisionSubject =
  | Readonly<{ kind: 'unit'; unitId: UnitId }>
  | Readonly<{ kind: 'finding'; findingId: FindingId; number: string; unitIds: readonly UnitId[] }>;

export const unitsOfSubject = (subject: SupervisionSubject): readonly UnitId[] =>
  subject.kind === 'unit' ? [subject.unitId] : subject.unitIds;

/** open 未销 · overdue 超期 · relapsed 反弹: findings that others found; what a unit found itself is not held against it. */
export const SUPERVISION_MEASURES = ['open', 'overdue', 'relapsed'] as const;
export type SupervisionMeasure = (typeof SUPERVISION_MEASURES)[number];

/** Kinds of units that a rule looks at. */
export const SUPERVISED_KINDS = ['town', 'department'] as const;
export type SupervisedKind = (typeof SUPERVISED_KINDS)[number];

/** What a rule compared, as of a day: `numerator` findings on `denominator` subjects examined from `from` to `to`. */
export type Grounds = Readonly<{
  measure: SupervisionMeasure;
  /** Examined in the town, or for a department by teams in the whole county; proposals of before departments were looked at have none: towns. */
  of?: SupervisedKind;
  numerator: number;
  /** Of the same kind, found by the unit itself and left out of the numerator. */
  selfFound: number;
  denominator: number;
  /** Of the denominator, what the unit examined by itself. */
  selfExamined: number;
  /** Per 100 subjects examined, cut at two decimals. */
  per100: number;
  threshold: number;
  /** Middle of the rates of its peers; null where the rule does not compare, or fewer than three can be compared. */
  peerMedian: number | null;
  from: LocalDate;
  to: LocalDate;
}>;

/** Who proposed: a rule of this context, a rung of the ladder that was issued, or a person. */
export type ProposalOrigin =
  | Readonly<{ kind: 'rule'; ruleId: string; version: number }>
  | Readonly<{ kind: 'rung'; eventId: string; issuedBy: PersonId }>
  | Readonly<{ kind: 'person' }>;

/** What must be so before a case ends. The first four are checked against the figures of a day, words are for the leader to judge. */
export type RemovalCriterion =
  | Readonly<{ kind: 'open-at-most'; n: number }>
  | Readonly<{ kind: 'no-overdue' }>
  | Readonly<{ kind: 'no-relapse-for'; days: number }>
  | Readonly<{ kind: 'finding-cleared' }>
  | Readonly<{ kind: 'stated'; text: string }>;

/** One criterion beside what the figures said on `asOf`; `met` is null where only a person can tell. */
export type CriterionCheck = Readonly<{ criterion: RemovalCriterion; figure: number | null; met: boolean | null; asOf: LocalDate }>;

export const CADENCE_UNITS = ['working', 'natural'] as const;
export type Cadence = Readonly<{ every: number; unit: (typeof CADENCE_UNITS)[number] }>;

/** 挂牌方案: made public with the listing. */
export type SupervisionPlan = Readonly<{
  /** 责任领导. */
  leaderId: PersonId;
  /** 整改负责人. */
  rectifierId: PersonId | null;
  measures: string;
  funds: string | null;
  emergencyPlan: string | null;
  deadline: LocalDate;
  cadence: Cadence;
  criteria: readonly RemovalCriterion[];
}>;

/** One report due: the clock of a period. */
export type ReportPeriod = Readonly<{ period: number; dueAt: Instant }>;
