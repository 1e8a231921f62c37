import type { CategoryCode, EvidenceId, FindingId, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import type { ClockEvent, Ev } from './clock.events';
import type {
  Evidence,
  FindingKind,
  IndependentVerification,
  Item,
  ItemAnswer,
  LegPlan,
  ListReference,
  LookBackResult,
  Manner,
  Place,
  Rectification,
  ReturnGround,
  Seriousness,
  Source,
  StagePlan,
  Subject,
  UpperAnswer,
  UpperReference,
  WitnessedOnTheSpot,
} from './finding.types';

export type * from './clock.events';

// ---- found 已发现 ----
export type FindingFiled = Ev<
  'FindingFiled',
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
    /** The unit to blame may differ from the place; the project's owner from both (R3). */
    responsibleUnitId: UnitId | null;
    projectOwnerId: UnitId | null;
    selfFound: boolean;
    upper: UpperReference | null;
    list: ListReference | null;
    /** Set on a child of a finding over several towns (R6). */
    parentId: FindingId | null;
    /** Set on a relapse: the finding that came back (R26). */
    relapseOf: FindingId | null;
    items: readonly Item[];
    /** Device time of an offline capture (evidence only), null when typed online. */
    capturedAt: string | null;
    lateEntry: LateEntry | null;
    triageDue: DueTime;
  }
>;
/** R16: counted apart and marked. */
export type LateEntry = Readonly<{ kind: 'offline' | 'office'; documentNumber: string | null; reason: string }>;
export type FindingChanges = Readonly<
  Partial<{
    place: Place;
    subject: Subject;
    category: CategoryCode;
    text: string;
    basis: string;
    seriousness: Seriousness;
    suggestedMeasure: string;
    responsibleUnitId: UnitId;
    projectOwnerId: UnitId;
    manner: Manner;
  }>
>;
export type FindingCorrected = Ev<'FindingCorrected', { changes: FindingChanges; reason: string }>;
export type ItemsAdded = Ev<'ItemsAdded', { items: readonly Item[] }>;
export type EvidenceAdded = Ev<'EvidenceAdded', { evidence: Evidence }>;
/** The file is no longer served; its hash stays. */
export type EvidenceRemoved = Ev<'EvidenceRemoved', { evidenceId: EvidenceId; reason: string }>;
export type CommentAdded = Ev<'CommentAdded', { text: string; legId: LegId | null }>;
/** 查否. */
export type FindingDismissed = Ev<'FindingDismissed', { reason: string; teamNote: string | null }>;
/** 撤销: by the filer before triage, or by the source at any time with a document number (R24). */
export type FindingWithdrawn = Ev<'FindingWithdrawn', { origin: 'filer' | 'source'; reason: string; documentNumber: string | null }>;
/** 并案: each keeps its number and its closure (R24). */
export type FindingLinked = Ev<'FindingLinked', { to: FindingId; reason: string }>;
export type FindingAccepted = Ev<
  'FindingAccepted',
  { rectification: Rectification; seriousness: Seriousness; reason: string | null; stages: readonly StagePlan[] }
>;

// ---- assigned 已交办 ----
export type FindingTransferred = Ev<
  'FindingTransferred',
  {
    legs: readonly LegPlan[];
    assisting: readonly UnitId[];
    copies: readonly UnitId[];
    /** What the category's rule proposed, and why the office chose otherwise; null when it followed. */
    overruledBecause: string | null;
    singleLegBecause: string | null;
    independent: IndependentVerification | null;
  }
>;
/** The clock starts (R17). `due` is the rectify clock of an acting leg, the guidance clock of a guiding one. */
export type LegDelivered = Ev<'LegDelivered', { legId: LegId; unitId: UnitId; due: DueTime; signDue: DueTime; movedFrom: UnitId | null }>;
export type LegSignedFor = Ev<'LegSignedFor', { legId: LegId; unitId: UnitId; deemed: boolean }>;
/** 退单: the clock stands until ruled (R21). */
export type LegReturned = Ev<
  'LegReturned',
  { legId: LegId; unitId: UnitId; ground: ReturnGround; text: string; rulingDue: DueTime; objection: boolean }
>;
/** Stays: the clock runs on as before, time not given back. Moved: a LegDelivered to the new unit follows. Untrue: a FindingDismissed follows. */
export type ReturnRuled = Ev<
  'ReturnRuled',
  { legId: LegId; unitId: UnitId; ruling: 'stays' | 'moved' | 'untrue'; toUnitId: UnitId | null; reason: string; final: boolean }
>;
/** R22. */
export type JointRulingRecorded = Ev<'JointRulingRecorded', { text: string; participants: readonly string[]; leadingLegId: LegId }>;
export type LegAssigned = Ev<'LegAssigned', { legId: LegId; unitId: UnitId; villageId: UnitId | null; assignee: string }>;
export type LegPlanned = Ev<'LegPlanned', { legId: LegId; unitId: UnitId; measures: string; responsible: string; targetOn: LocalDate }>;
/** `basicallyComplete` 基本完成 is still open, with what remains and a date (R25). */
export type ProgressRecorded = Ev<
  'ProgressRecorded',
  { legId: LegId; unitId: UnitId; text: string; basicallyComplete: Readonly<{ remains: string; by: LocalDate }> | null }
>;
export type ItemsAnswered = Ev<
  'ItemsAnswered',
  { legId: LegId; unitId: UnitId; answers: readonly Readonly<{ itemId: string; answer: ItemAnswer; basis: string | null }>[] }
>;
/** Guidance 政策口径 of a guiding leg (R2). */
export type GuidanceGiven = Ev<'GuidanceGiven', { legId: LegId; unitId: UnitId; text: string }>;

// ---- rectified 已报完成（待复核） ----
export type LegReported = Ev<
  'LegReported',
  { legId: LegId; unitId: UnitId; text: string; measures: string; effect: string; completedOn: LocalDate; evidence: readonly EvidenceId[] }
>;
/** 初审 inside the unit. Refused: the leg is being worked on again. */
export type LegFirstReviewed = Ev<'LegFirstReviewed', { legId: LegId; unitId: UnitId; passed: boolean; reason: string | null }>;
/** 审签: the unit's clock stands from here until sent back (R19). */
export type LegSubmitted = Ev<
  'LegSubmitted',
  {
    legId: LegId;
    unitId: UnitId;
    /** The act that makes on-time: server receipt by the due time (R16, R34). */
    onTime: boolean;
    onTimeByOriginal: boolean;
    reviewDue: DueTime;
    opinionDues: readonly Readonly<{ legId: LegId; due: DueTime }>[];
    lateEntry: LateEntry | null;
  }
>;
/** A guiding leg's opinion on the acting leg's result; it is the guiding leg's submission. */
export type OpinionGiven = Ev<
  'OpinionGiven',
  { legId: LegId; unitId: UnitId; agrees: boolean; text: string; onTime: boolean; reviewDue: DueTime }
>;
/** Rectified before the inspectors' eyes (R5, R10); the leg counts as reported, signed and submitted at once. */
/** Put down with the filing; once the finding is accepted as immediate it becomes the leg's rectification. */
export type OnTheSpotWitnessed = Ev<'OnTheSpotWitnessed', WitnessedOnTheSpot>;
export type RectifiedOnTheSpot = Ev<
  'RectifiedOnTheSpot',
  {
    legId: LegId;
    /** Whose rectification it was: avoidance is judged on this. */
    rectifyingUnitId: UnitId;
    personPresent: string;
    inspectors: readonly PersonId[];
    text: string;
    evidence: readonly Evidence[];
    reviewDue: DueTime;
  }
>;
/** Passed by the reviewer (R8). `verifyDue` stands on the event that made all legs passed. */
export type LegPassed = Ev<'LegPassed', { legId: LegId; unitId: UnitId; text: string; verifyDue: DueTime | null }>;
/** `due` is the new or unchanged due time; `reopened` names legs that had passed and are open again (R8). */
export type LegSentBack = Ev<
  'LegSentBack',
  {
    legId: LegId;
    unitId: UnitId;
    reason: string;
    due: DueTime;
    first: boolean;
    reopened: readonly Readonly<{ legId: LegId; due: DueTime }>[];
  }
>;

// ---- verified 已销号 ----
/** 核查: someone of another unit saw it. Not yet the clearance. */
export type FindingVerified = Ev<
  'FindingVerified',
  { method: 'on-site' | 'documents' | 'data' | 'sample'; text: string; clearDue: DueTime | null }
>;
export type FindingCleared = Ev<'FindingCleared', { text: string; onTime: boolean; onTimeByOriginal: boolean }>;
/** Open again from this day (R26). */
export type ClearanceRevoked = Ev<
  'ClearanceRevoked',
  { reason: string; level: string; legs: readonly Readonly<{ legId: LegId; due: DueTime }>[] }
>;
/** `relapseId` is the new finding of a relapse. Not thorough: a ClearanceRevoked follows. */
export type LookedBack = Ev<'LookedBack', { round: string; result: LookBackResult; text: string; relapseId: FindingId | null }>;
/** R25. */
export type StagePassed = Ev<'StagePassed', { stage: number; text: string }>;
export type StagesRescheduled = Ev<'StagesRescheduled', { stages: readonly StagePlan[]; reason: string }>;
/** All stages passed: 阶段完成、转长效; shown apart. */
export type TurnedLongTerm = Ev<'TurnedLongTerm', { text: string }>;

// ---- beside the flow ----
export type InstructionGiven = Ev<
  'InstructionGiven',
  {
    seq: number;
    leader: PersonId;
    text: string;
    toUnits: readonly UnitId[];
    replyDue: DueTime;
    /** Holds for legs delivered later too (R18); null where the leader set no date for the rectification. */
    rectifyBy: LocalDate | null;
  }
>;
export type InstructionReplied = Ev<'InstructionReplied', { seq: number; unitId: UnitId; text: string }>;
/** The authority's answer with its document number (R23). */
export type UpperAnswerRecorded = Ev<
  'UpperAnswerRecorded',
  { answer: UpperAnswer; documentNumber: string; text: string; due: LocalDate | null }
>;
/** The second closure of an upper-level finding. */
export type UpperCleared = Ev<'UpperCleared', { documentNumber: string; text: string }>;
export type FindingSplit = Ev<'FindingSplit', { children: readonly Readonly<{ findingId: FindingId; townId: UnitId; number: string }>[] }>;
export type ChildPassed = Ev<'ChildPassed', { childId: FindingId; verifyDue: DueTime | null }>;
export type ChildReopened = Ev<'ChildReopened', { childId: FindingId }>;

export type FindingEvent =
  | ClockEvent
  | FindingFiled
  | FindingCorrected
  | ItemsAdded
  | EvidenceAdded
  | EvidenceRemoved
  | CommentAdded
  | FindingDismissed
  | FindingWithdrawn
  | FindingLinked
  | FindingAccepted
  | FindingTransferred
  | LegDelivered
  | LegSignedFor
  | LegReturned
  | ReturnRuled
  | JointRulingRecorded
  | LegAssigned
  | LegPlanned
  | ProgressRecorded
  | ItemsAnswered
  | GuidanceGiven
  | LegReported
  | LegFirstReviewed
  | LegSubmitted
  | OpinionGiven
  | OnTheSpotWitnessed
  | RectifiedOnTheSpot
  | LegPassed
  | LegSentBack
  | FindingVerified
  | FindingCleared
  | ClearanceRevoked
  | LookedBack
  | StagePassed
  | StagesRescheduled
  | TurnedLongTerm
  | InstructionGiven
  | InstructionReplied
  | UpperAnswerRecorded
  | UpperCleared
  | FindingSplit
  | ChildPassed
  | ChildReopened;
