import type { Actor, FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { Addressee, LegClock, PlannedStep, Rung } from './escalation.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;
/** A rung of one missed due time. */
type OfRung = Readonly<{ rung: Rung; dueAt: Instant }>;

/** What the finding and the organisation say at the moment of deciding. */
export type DecidingWorld = Readonly<{
  clock: LegClock;
  managingOffice: UnitId | null;
  /** The unit that stands for the leg's unit today. */
  standingUnit: UnitId;
  /** The one who acts is the leader in charge of the unit, or of the town of the finding where the unit has none. */
  inCharge: boolean;
}>;

/** Looks at the leg's clock and lets the ladder begin, stand, go on or end with it. `steps` are those of the clock's due day. */
export type FollowLeg = Cmd<
  'FollowLeg',
  { findingId: FindingId; number: string; legId: LegId; townId: UnitId; clock: LegClock; steps: readonly PlannedStep[] }
>;
/** `earliest` is when the working calendar lets the step be reached. */
export type ProposeRung = Cmd<
  'ProposeRung',
  OfRung & { clock: LegClock; earliest: Instant | null; overdueDays: number; addressees: readonly Addressee[] }
>;
/** `together`: with others, on one notice to that unit. */
export type IssueRung = Cmd<
  'IssueRung',
  OfRung & {
    world: DecidingWorld;
    addressees: readonly Addressee[];
    text: string;
    replyBy: LocalDate | null;
    changed: boolean;
    together?: Readonly<{ id: string; unitId: UnitId }> | undefined;
  }
>;
export type DeclineRung = Cmd<'DeclineRung', OfRung & { world: DecidingWorld; reason: string }>;
export type AnswerRung = Cmd<'AnswerRung', OfRung & { standingUnit: UnitId; text: string }>;
export type RecordInterview = Cmd<
  'RecordInterview',
  OfRung & {
    world: DecidingWorld;
    metOn: LocalDate;
    heldBy: readonly PersonId[];
    met: readonly PersonId[];
    agreed: string;
    nextOn: LocalDate | null;
  }
>;

export type LadderCommand = FollowLeg | ProposeRung | IssueRung | DeclineRung | AnswerRung | RecordInterview;
