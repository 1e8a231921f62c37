import type { Actor, Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import type { CriterionCheck, Grounds, ProposalOrigin, SupervisionId, SupervisionPlan, SupervisionSubject } from './supervision.types';

/** What the rules need to know about the organisation at the moment of acting. */
export type SupervisionWorld = Readonly<{
  managingOffice: UnitId | null;
  /** Merged unit → its successor today (R14). */
  succession: Readonly<Record<string, UnitId>>;
  /** Leaders that answer for the subject's units today; where nobody does, any leader decides. */
  answering: readonly PersonId[];
  /** Whether the plan's responsible leader holds a leader's post today. */
  isLeader: (person: PersonId) => boolean;
}>;

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D> }> &
  Readonly<{ supervisionId: SupervisionId; by: Actor; at: Instant; on: LocalDate; world: SupervisionWorld; calendar: WorkCalendar }>;

/** `quietDays`: a rule stays silent for so long after a case was declined or ended. */
export type ProposeListing = Cmd<
  'ProposeListing',
  { subject: SupervisionSubject; origin: ProposalOrigin; reason: string; grounds: Grounds | null; quietDays: number }
>;
export type DeclineListing = Cmd<'DeclineListing', { reason: string }>;
/** The proposal decided; the plan is the leader's. The number was taken before. */
export type PutOnList = Cmd<'PutOnList', SupervisionPlan & { reason: string; number: string }>;
/** The clock: what is due by now is missed, and the next is asked for. Sent by the system as often as it likes. */
export type ReachReports = Cmd<'ReachReports', Record<never, never>>;
/** `period` null: the one asked for last. */
export type GiveReport = Cmd<'GiveReport', { period: number | null; text: string }>;
export type AskRemoval = Cmd<'AskRemoval', { answers: readonly string[]; checks: readonly CriterionCheck[] }>;
export type RefuseRemoval = Cmd<'RefuseRemoval', { reason: string; checks: readonly CriterionCheck[] }>;
/** `reason` is required where a figure does not meet its criterion. */
export type ApproveRemoval = Cmd<'ApproveRemoval', { reason: string | null; checks: readonly CriterionCheck[] }>;

export type SupervisionCommand =
  ProposeListing | DeclineListing | PutOnList | ReachReports | GiveReport | AskRemoval | RefuseRemoval | ApproveRemoval;
