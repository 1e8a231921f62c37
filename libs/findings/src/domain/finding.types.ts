import type {
  EvidenceId,
  FileHash,
  FindingId,
  Instant,
  ItemId,
  LegId,
  ListId,
  LocalDate,
  PersonId,
  Stamp,
  SubjectId,
  UnitId,
} from '@app/kernel';
import type { DueTime } from '@app/worktime';

/** Milestones of the field, and the three ways out of the count. `verified` (已销号) begins when the finding is cleared. */
export const STATUSES = ['found', 'assigned', 'rectified', 'verified', 'dismissed', 'withdrawn', 'linked'] as const;
export type FindingStatus = (typeof STATUSES)[number];

/**
 * The finer stage: untriaged 待研判 · accepted 待交办 · unsigned 待签收 · rectifying 整改中 · returned 退单待裁定 ·
 * in-review 待复核 · to-verify 待核查 · to-clear 待销号 · cleared 已销号 · long-term 转长效 · dismissed 查否 · withdrawn 撤销 · linked 并案.
 */
export const STAGES = [
  'untriaged',
  'accepted',
  'unsigned',
  'rectifying',
  'returned',
  'in-review',
  'to-verify',
  'to-clear',
  'cleared',
  'long-term',
  'dismissed',
  'withdrawn',
  'linked',
] as const;
export type FindingStage = (typeof STAGES)[number];

/** delivered 待签收 · working 整改中 · under-return 退单待裁定 · reported 待初审 · first-reviewed 待审签 · submitted 待复核 · passed 已通过. */
export const LEG_STAGES = ['delivered', 'working', 'under-return', 'reported', 'first-reviewed', 'submitted', 'passed'] as const;
export type LegStage = (typeof LEG_STAGES)[number];

/** finding 问题 · task 任务 (no untrue, no relapse, one leg). */
export type FindingKind = 'finding' | 'task';
/** immediate 立行立改 · time-limited 限期 · staged 分阶段. */
export type Rectification = 'immediate' | 'time-limited' | 'staged';
/** ordinary 一般 · serious 较重 · major 重大. */
export type Seriousness = 'ordinary' | 'serious' | 'major';
/** upper 上级反馈 · inspection 督导检查 · self 自查 · data 数据比对 · leader 领导批示 · other. */
export type SourceKind = 'upper' | 'inspection' | 'self' | 'data' | 'leader' | 'other';
/** 发现方式: documents 查阅资料 · on-site 实地查看 · household 进村入户 · data 数据比对 · unannounced 四不两直. */
export type Manner = 'documents' | 'on-site' | 'household' | 'data' | 'unannounced';
/** territorial 属地 · sectoral 行业 · owner 业主. */
export type Line = 'territorial' | 'sectoral' | 'owner';
/** A finding has at most one leg per line, so the line names the leg. */
export const legIdOf = (line: Line): LegId => ({ territorial: 'T', sectoral: 'S', owner: 'O' })[line] as LegId;
/** acts 主办 · guides 指导. */
export type Duty = 'acts' | 'guides';

export type Source = Readonly<{ kind: SourceKind; name: string; batch: string | null; documentNumber: string | null }>;
export type Place = Readonly<{ townId: UnitId; villageId: UnitId | null; text: string }>;
export type SubjectKind = 'household' | 'person' | 'project' | 'village' | 'unit' | 'facility' | 'other';
/** Persons appear by a masked label; what identifies them is sealed under their own key. */
export type Subject = Readonly<{
  kind: SubjectKind;
  subjectId: SubjectId | null;
  /** Shown everywhere: 王** for a person or household, the plain name for a project, village, unit. */
  label: string;
  /** Ciphertext of name, ID number, phone, bank card; null where there is nothing personal. */
  sealed: string | null;
  /** Named handlers only (R40): minors, illness, disability. */
  sensitive: boolean;
}>;
/** An upper-level finding's own identity (R23): unique and immutable. */
export type UpperReference = Readonly<{ authority: string; batch: string; number: string; due: LocalDate | null }>;
export type ListReference = Readonly<{ listId: ListId; row: string; due: LocalDate | null }>;

export type ItemAnswer = 'done' | 'untrue' | 'cannot';
export type Item = Readonly<{ itemId: ItemId; subject: Subject; text: string }>;
export type ItemState = Item & Readonly<{ answer: 'open' | ItemAnswer; basis: string | null }>;

export type EvidencePhase = 'before' | 'after' | 'document' | 'screenshot' | 'statement';
export type Evidence = Readonly<{
  evidenceId: EvidenceId;
  hash: FileHash;
  name: string;
  mediaType: string;
  size: number;
  phase: EvidencePhase;
  legId: LegId | null;
}>;

export type LegPlan = Readonly<{ legId: LegId; unitId: UnitId; line: Line; duty: Duty; leads: boolean }>;
/** Grounds of a return 退单 (R21). */
export type ReturnGround = 'not-our-duty' | 'wrong-place' | 'not-true' | 'already-rectified' | 'duplicate' | 'delimit';
/** Why a clock may be stopped 暂停: season 季节 · appraisal 鉴定评估 · procedure 法定程序 · litigation 诉讼 · upper-decision 上级待决 · force-majeure 不可抗力. */
export const PAUSE_REASONS = ['season', 'appraisal', 'procedure', 'litigation', 'upper-decision', 'force-majeure'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];
export type LookBackResult = 'holds' | 'not-thorough' | 'relapse';
export type UpperAnswer = 'dismissed' | 'merged' | 'extended' | 'other';

/** 立行立改 as inspectors in the village put it down when they filed (R10); the head of the team accepts it or not (R11). */
export type WitnessedOnTheSpot = Readonly<{
  /** Whose rectification it was: avoidance is judged on this. */
  rectifyingUnitId: UnitId;
  personPresent: string;
  inspectors: readonly PersonId[];
  text: string;
}>;

/** Whose independence guards the clearance where the managing office is itself responsible (R9). */
export type IndependentVerification = Readonly<{ unitId: UnitId; clearer: PersonId; authorisedBy: string }>;

export type DeadlineKind =
  'triage' | 'sign' | 'rectify' | 'guide' | 'opinion' | 'review' | 'verify' | 'ruling' | 'stage' | 'instruction' | 'pause';
/** `triage`, `verify` for the finding; `sign/L1`, `rectify/L1`, `ruling/L1`, `instruction/2` … for its parts. */
export type DeadlineKey = string;
export const deadlineKey = (kind: DeadlineKind, part?: string): DeadlineKey => (part === undefined ? kind : `${kind}/${part}`);
export type OpenDeadline = Readonly<{ key: DeadlineKey; kind: DeadlineKind; legId: LegId | null; unitId: UnitId; due: DueTime }>;

export type StagePlan = Readonly<{ text: string; checkOn: LocalDate; due: DueTime }>;
export type Stage = StagePlan & Readonly<{ stage: number; passed: boolean }>;
export type Instruction = Readonly<{
  seq: number;
  leader: PersonId;
  text: string;
  toUnits: readonly UnitId[];
  replyDue: DueTime;
  rectifyBy: LocalDate | null;
  reply: string | null;
}>;
export type ChildReference = Readonly<{ findingId: FindingId; townId: UnitId; passed: boolean }>;
export type Clearance = Readonly<{ at: Instant; on: LocalDate; by: Stamp; wentLongTerm: boolean }>;
