import type { Act, FindingId, Instant, LegId, LocalDate, Message, PersonId, UnitId } from '@app/kernel';
import type { Addressee, AddresseeKind, ChosenRung, JointRung, LadderScope, LadderStep, PlannedStep, Rung } from './escalation.types';

/** A leg and the due time that it missed. */
type MissedDue = Readonly<{ findingId: FindingId; number: string; legId: LegId; unitId: UnitId; dueAt: Instant }>;
/** What a rung stands on. */
type Missed = MissedDue & Readonly<{ rung: Rung }>;

/** A due time was missed: which steps will be reached, by the rules in force on the day it fell due. */
export type LadderStarted = Message<
  'LadderStarted',
  MissedDue & Readonly<{ townId: UnitId; dueOn: LocalDate; steps: readonly PlannedStep[] }> & Act
>;
/** Nothing more is proposed: the clock stands, or the ground is gone. */
export type LadderHalted = Message<
  'LadderHalted',
  MissedDue & Readonly<{ because: 'standing' | 'done' | 'moved' | 'extended' | 'closed' }> & Act
>;
/** The clock runs on with the same due time: a return was refused, a submission was sent back. */
export type LadderResumed = Message<'LadderResumed', MissedDue & Act>;

/** The rule that asked for it; `overdueDays` are working days. `replyDays` is how long an answer may take, null where none is asked for. */
export type RungProposed = Message<
  'RungProposed',
  Missed &
    Readonly<{
      rule: Readonly<{ id: string; version: number }>;
      overdueDays: number;
      addressees: readonly Addressee[];
      replyDays: number | null;
    }> &
    Act
>;
/** Issued by a named person, as proposed or changed; `replyBy` is the day an answer is asked for. */
export type RungIssued = Message<
  'RungIssued',
  Missed &
    Readonly<{
      addressees: readonly Addressee[];
      text: string;
      replyBy: LocalDate | null;
      changed: boolean;
      /** Issued with others of its unit, which go out on one notice; absent where it goes out alone. */
      togetherId?: string;
    }> &
    Act
>;
export type RungDeclined = Message<'RungDeclined', Missed & Readonly<{ reason: string }> & Act>;
/** Nobody has decided on it and its ground is gone: the leg was handed in, moved, given more time, or the finding was closed. */
export type RungLapsed = Message<'RungLapsed', Missed & Readonly<{ because: 'done' | 'moved' | 'extended' | 'closed' }> & Act>;
/** What the unit answers to what was issued to it. */
export type RungAnswered = Message<'RungAnswered', Missed & Readonly<{ text: string; late: boolean }> & Act>;
/** 约谈记录: who met whom, when, what was agreed, and when it is looked at next. */
export type InterviewRecorded = Message<
  'InterviewRecorded',
  Missed &
    Readonly<{
      metOn: LocalDate;
      heldBy: readonly PersonId[];
      met: readonly PersonId[];
      agreed: string;
      nextOn: LocalDate | null;
    }> &
    Act
>;

export type EscalationEvent =
  LadderStarted | LadderHalted | LadderResumed | RungProposed | RungIssued | RungDeclined | RungLapsed | RungAnswered | InterviewRecorded;

/** A named person chose several proposals of one unit to go out as one notice. `addressees` null: those of each one's rule. */
export type RungsChosen = Message<
  'RungsChosen',
  Readonly<{
    rung: JointRung;
    unitId: UnitId;
    rungs: readonly ChosenRung[];
    addressees: readonly AddresseeKind[] | null;
    text: string;
    replyBy: LocalDate | null;
  }> &
    Act
>;
/** Of those chosen these were issued, and stand on one notice; the others were refused and stay as they are. */
export type RungsIssuedTogether = Message<
  'RungsIssuedTogether',
  Readonly<{
    rung: JointRung;
    unitId: UnitId;
    rungs: readonly ChosenRung[];
    addressees: readonly Addressee[];
    text: string;
    replyBy: LocalDate | null;
  }> &
    Act
>;
export type TogetherEvent = RungsChosen | RungsIssuedTogether;

/** A version of a ladder rule holds from a day on, tomorrow at the earliest: no due time that was missed before changes its ladder. */
export type LadderRuleSet = Message<
  'LadderRuleSet',
  {
    ruleId: string;
    version: number;
    step: LadderStep;
    days: number;
    addressees: readonly AddresseeKind[];
    replyDays: number | null;
    scope: LadderScope;
    from: LocalDate;
    reason: string;
  } & Act
>;
export type LadderRuleEnded = Message<'LadderRuleEnded', { ruleId: string; version: number; to: LocalDate; reason: string } & Act>;
export type LadderRuleEvent = LadderRuleSet | LadderRuleEnded;
