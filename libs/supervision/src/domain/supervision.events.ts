import type { Act, Instant, Message } from '@app/kernel';
import type { CriterionCheck, Grounds, ProposalOrigin, SupervisionId, SupervisionPlan, SupervisionSubject } from './supervision.types';

/** Of which subject, and its how-manieth case (from 1). */
type OfCase = Readonly<{ supervisionId: SupervisionId; round: number; subject: SupervisionSubject }>;
type Ev<T extends string, D> = Message<T, OfCase & D & Act>;

/** 建议挂牌. `grounds` where a rule compared figures. */
export type ListingProposed = Ev<'ListingProposed', Readonly<{ origin: ProposalOrigin; reason: string; grounds: Grounds | null }>>;
/** 不予挂牌. */
export type ListingDeclined = Ev<'ListingDeclined', Readonly<{ reason: string }>>;
/** 挂牌: `reason` is the leader's; reports are asked for from here on. `number` 挂牌号; listings of before there were numbers have none. */
export type PutUnderSupervision = Ev<'PutUnderSupervision', SupervisionPlan & Readonly<{ reason: string; number?: string }>>;
/** A report is due: the clock of a period begins. */
export type SupervisionReportAsked = Ev<'SupervisionReportAsked', Readonly<{ period: number; dueAt: Instant }>>;
export type SupervisionReportGiven = Ev<'SupervisionReportGiven', Readonly<{ period: number; text: string; onTime: boolean }>>;
export type SupervisionReportMissed = Ev<'SupervisionReportMissed', Readonly<{ period: number; dueAt: Instant }>>;
/** 申请摘牌: how each criterion is met, in the plan's order, beside what the figures said. */
export type RemovalAsked = Ev<'RemovalAsked', Readonly<{ answers: readonly string[]; checks: readonly CriterionCheck[] }>>;
export type RemovalRefused = Ev<'RemovalRefused', Readonly<{ reason: string; checks: readonly CriterionCheck[] }>>;
/** 摘牌: `days` under supervision, the first and the last included. */
export type SupervisionRemoved = Ev<
  'SupervisionRemoved',
  Readonly<{ reason: string | null; checks: readonly CriterionCheck[]; days: number }>
>;

export type SupervisionEvent =
  | ListingProposed
  | ListingDeclined
  | PutUnderSupervision
  | SupervisionReportAsked
  | SupervisionReportGiven
  | SupervisionReportMissed
  | RemovalAsked
  | RemovalRefused
  | SupervisionRemoved;
