import type { Actor, CategoryCode, EvidenceId, FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { RuleBook, WorkCalendar } from '@app/worktime';
import type { FindingChanges } from './finding.events';
import type {
  DeadlineKey,
  Evidence,
  FindingKind,
  IndependentVerification,
  Item,
  ItemAnswer,
  LegPlan,
  ListReference,
  LookBackResult,
  Manner,
  PauseReason,
  Place,
  Rectification,
  ReturnGround,
  Seriousness,
  Source,
  Subject,
  UpperAnswer,
  UpperReference,
  WitnessedOnTheSpot,
} from './finding.types';

/** What the rules need to know about the world at the moment of acting; all of it is data handed in. */
export type World = Readonly<{
  calendar: WorkCalendar;
  rules: RuleBook;
  /** Merged or dissolved unit → its successor today (R14). Units that still stand are absent. */
  succession: Readonly<Record<string, UnitId>>;
  /** 督查办: accepts, transfers, reviews, clears. */
  managingOffice: UnitId;
  /** Units that may verify where the managing office is itself responsible (R9). */
  independentUnits: readonly UnitId[];
}>;

/** A command: its own data, and beside it who acts, when, for which business date, in which world. */
type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate; world: World }>;

export type FileFinding = Cmd<
  'FileFinding',
  {
    number: string;
    kind: FindingKind;
    source: Source;
    manner: Manner;
    teamId: UnitId;
    foundOn: LocalDate;
    place: Place;
    subject: Subject;
    category: CategoryCode;
    text: string;
    basis: string | null;
    seriousness: Seriousness;
    suggestedMeasure: string | null;
    responsibleUnitId: UnitId | null;
    projectOwnerId: UnitId | null;
    selfFound: boolean;
    upper: UpperReference | null;
    list: ListReference | null;
    parentId: FindingId | null;
    relapseOf: FindingId | null;
    items: readonly Item[];
    capturedAt: string | null;
    /** Late entry by the office (R16): document number and reason. */
    lateEntry: Readonly<{ documentNumber: string; reason: string }> | null;
    /** Rectified before the eyes of two inspectors (R10); absent where nothing was. */
    onTheSpot?: WitnessedOnTheSpot;
  }
>;
/** The filer until triage, the office afterwards. */
export type CorrectFinding = Cmd<'CorrectFinding', { changes: FindingChanges; reason: string }>;
export type AddItems = Cmd<'AddItems', { items: readonly Item[] }>;
export type AddEvidence = Cmd<'AddEvidence', { evidence: Evidence }>;
export type RemoveEvidence = Cmd<'RemoveEvidence', { evidenceId: EvidenceId; reason: string }>;
export type AddComment = Cmd<'AddComment', { text: string; legId: LegId | null }>;
export type WithdrawFinding = Cmd<'WithdrawFinding', { reason: string; documentNumber: string | null }>;
export type DismissFinding = Cmd<'DismissFinding', { reason: string; teamNote: string | null }>;
export type LinkFinding = Cmd<'LinkFinding', { to: FindingId; reason: string }>;
export type AcceptFinding = Cmd<
  'AcceptFinding',
  {
    rectification: Rectification;
    seriousness: Seriousness;
    reason: string | null;
    stages: readonly { text: string; checkOn: LocalDate }[];
  }
>;
export type TransferFinding = Cmd<
  'TransferFinding',
  {
    legs: readonly LegPlan[];
    assisting: readonly UnitId[];
    copies: readonly UnitId[];
    /** Legs the category's rule proposed, in the same shape; null where no rule fits. */
    proposed: readonly LegPlan[] | null;
    overruledBecause: string | null;
    singleLegBecause: string | null;
    independent: IndependentVerification | null;
  }
>;
/** R6: one child per town; ids and numbers are arguments. */
export type SplitFinding = Cmd<'SplitFinding', { children: readonly Readonly<{ findingId: FindingId; townId: UnitId; number: string }>[] }>;
export type SignForLeg = Cmd<'SignForLeg', { legId: LegId }>;
export type ReturnLeg = Cmd<'ReturnLeg', { legId: LegId; ground: ReturnGround; text: string }>;
/** The office within 2 working days; after an objection the leader in charge, whose ruling is final. */
export type RuleOnReturn = Cmd<
  'RuleOnReturn',
  { legId: LegId; ruling: 'stays' | 'moved' | 'untrue'; toUnitId: UnitId | null; reason: string; teamNote: string | null }
>;
export type ObjectToRuling = Cmd<'ObjectToRuling', { legId: LegId; text: string }>;
export type RecordJointRuling = Cmd<'RecordJointRuling', { text: string; participants: readonly string[]; leadingLegId: LegId }>;
export type AssignLeg = Cmd<'AssignLeg', { legId: LegId; villageId: UnitId | null; assignee: string }>;
export type PlanLeg = Cmd<'PlanLeg', { legId: LegId; measures: string; responsible: string; targetOn: LocalDate }>;
export type RecordProgress = Cmd<
  'RecordProgress',
  { legId: LegId; text: string; basicallyComplete: Readonly<{ remains: string; by: LocalDate }> | null }
>;
export type AskExtension = Cmd<'AskExtension', { legId: LegId; reason: string; progress: string; until: LocalDate }>;
export type GrantExtension = Cmd<'GrantExtension', { legId: LegId; until: LocalDate; reason: string }>;
export type RefuseExtension = Cmd<'RefuseExtension', { legId: LegId; reason: string }>;
export type AskPause = Cmd<'AskPause', { legId: LegId; reason: PauseReason; text: string; until: LocalDate }>;
/** `text`: the document or fact it rests on. */
export type GrantPause = Cmd<'GrantPause', { legId: LegId; until: LocalDate; text: string }>;
export type RefusePause = Cmd<'RefusePause', { legId: LegId; reason: string }>;
export type ResumeLeg = Cmd<'ResumeLeg', { legId: LegId }>;
export type AnswerItems = Cmd<
  'AnswerItems',
  { legId: LegId; answers: readonly Readonly<{ itemId: string; answer: ItemAnswer; basis: string | null }>[] }
>;
export type GiveGuidance = Cmd<'GiveGuidance', { legId: LegId; text: string }>;
export type ReportLeg = Cmd<
  'ReportLeg',
  { legId: LegId; text: string; measures: string; effect: string; completedOn: LocalDate; evidence: readonly EvidenceId[] }
>;
/** 初审: someone of the unit other than who reported. */
export type FirstReviewLeg = Cmd<'FirstReviewLeg', { legId: LegId; passed: boolean; reason: string | null }>;
/** 审签: the deputy in charge; the head where serious, upper-level or listed (R12). */
export type SignLeg = Cmd<'SignLeg', { legId: LegId; lateEntry: Readonly<{ documentNumber: string; reason: string }> | null }>;
export type GiveOpinion = Cmd<'GiveOpinion', { legId: LegId; agrees: boolean; text: string }>;
export type RectifyOnTheSpot = Cmd<
  'RectifyOnTheSpot',
  {
    legId: LegId;
    rectifyingUnitId: UnitId;
    personPresent: string;
    /** Two at least (R10). */
    inspectors: readonly PersonId[];
    text: string;
    evidence: readonly Evidence[];
  }
>;
export type PassLeg = Cmd<'PassLeg', { legId: LegId; text: string }>;
export type SendLegBack = Cmd<'SendLegBack', { legId: LegId; reason: string; alsoReopen: readonly LegId[] }>;
export type VerifyFinding = Cmd<'VerifyFinding', { method: 'on-site' | 'documents' | 'data' | 'sample'; text: string }>;
export type ClearFinding = Cmd<'ClearFinding', { text: string }>;
export type RevokeClearance = Cmd<'RevokeClearance', { reason: string; level: string; legIds: readonly LegId[] }>;
export type LookBack = Cmd<'LookBack', { round: string; result: LookBackResult; text: string; relapseId: FindingId | null }>;
export type PassStage = Cmd<'PassStage', { stage: number; text: string }>;
export type RescheduleStages = Cmd<'RescheduleStages', { stages: readonly { text: string; checkOn: LocalDate }[]; reason: string }>;
export type GiveInstruction = Cmd<
  'GiveInstruction',
  { text: string; toUnits: readonly UnitId[]; replyBy: LocalDate | null; rectifyBy: LocalDate | null }
>;
export type ReplyToInstruction = Cmd<'ReplyToInstruction', { seq: number; text: string }>;
export type RecordUpperAnswer = Cmd<
  'RecordUpperAnswer',
  { answer: UpperAnswer; documentNumber: string; text: string; due: LocalDate | null }
>;
export type RecordUpperClearance = Cmd<'RecordUpperClearance', { documentNumber: string; text: string }>;
/** Sent by the family policy, never by a person. */
export type RecordChildPassed = Cmd<'RecordChildPassed', { childId: FindingId }>;
export type RecordChildReopened = Cmd<'RecordChildReopened', { childId: FindingId }>;
/** Sent when a year's calendar was loaded; the decider computes the new due time and stays quiet when nothing moves. */
export type MoveDueTime = Cmd<'MoveDueTime', { key: DeadlineKey }>;
/** A knock: `before` is how many working days (of a clock in hours: hours) ahead of the due time it was set for, 0 for the due time itself. Stale and early ones are quiet. */
export type ReachDeadline = Cmd<'ReachDeadline', { key: DeadlineKey; dueAt: Instant; before: number }>;

export type FindingCommand =
  | FileFinding
  | CorrectFinding
  | AddItems
  | AddEvidence
  | RemoveEvidence
  | AddComment
  | WithdrawFinding
  | DismissFinding
  | LinkFinding
  | AcceptFinding
  | TransferFinding
  | SplitFinding
  | SignForLeg
  | ReturnLeg
  | RuleOnReturn
  | ObjectToRuling
  | RecordJointRuling
  | AssignLeg
  | PlanLeg
  | RecordProgress
  | AskExtension
  | GrantExtension
  | RefuseExtension
  | AskPause
  | GrantPause
  | RefusePause
  | ResumeLeg
  | AnswerItems
  | GiveGuidance
  | ReportLeg
  | FirstReviewLeg
  | SignLeg
  | GiveOpinion
  | RectifyOnTheSpot
  | PassLeg
  | SendLegBack
  | VerifyFinding
  | ClearFinding
  | RevokeClearance
  | LookBack
  | PassStage
  | RescheduleStages
  | GiveInstruction
  | ReplyToInstruction
  | RecordUpperAnswer
  | RecordUpperClearance
  | RecordChildPassed
  | RecordChildReopened
  | MoveDueTime
  | ReachDeadline;
