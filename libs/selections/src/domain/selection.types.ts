import type { Brand, FindingId, LegId } from '@app/kernel';

export type SelectionId = Brand<string, 'SelectionId'>;

/** One row of a selection: a finding, and the leg where the step is one of a leg. */
export type SelectedRow = Readonly<{ findingId: FindingId; legId: LegId | null }>;

/** What a unit does on its legs, and the office on legs of others. */
export const LEG_STEPS = [
  'SignForLeg',
  'ReturnLeg',
  'ObjectToRuling',
  'AssignLeg',
  'PlanLeg',
  'RecordProgress',
  'AskExtension',
  'AskPause',
  'ResumeLeg',
  'AnswerItems',
  'GiveGuidance',
  'ReportLeg',
  'FirstReviewLeg',
  'SignLeg',
  'GiveOpinion',
  'RuleOnReturn',
  'GrantExtension',
  'RefuseExtension',
  'GrantPause',
  'RefusePause',
  'PassLeg',
  'SendLegBack',
] as const;
export const FINDING_STEPS = [
  'CorrectFinding',
  'AcceptFinding',
  'TransferFinding',
  'DismissFinding',
  'WithdrawFinding',
  'LinkFinding',
  'RecordJointRuling',
  'VerifyFinding',
  'ClearFinding',
  'RevokeClearance',
  'LookBack',
  'PassStage',
  'RescheduleStages',
  'ReplyToInstruction',
  'RecordUpperAnswer',
  'RecordUpperClearance',
  'AddComment',
] as const;
/** Every step of a unit and of the office that can be the same for several rows. Files, items and splits are each row's own. */
export const SELECTION_STEPS = [...LEG_STEPS, ...FINDING_STEPS] as const;
export type SelectionStep = (typeof SELECTION_STEPS)[number];
/** `Prepared`: rows bring commands of their own, as a workbook that came back gives them. */
export type SelectionKind = SelectionStep | 'Prepared';

const legSteps: ReadonlySet<SelectionKind> = new Set(LEG_STEPS);
export const isLegStep = (step: SelectionKind): boolean => legSteps.has(step);

/**
 * preparing → ready (previewed, fixed) → sampling (verifying in bulk alone) → running → done.
 * blocked: a sample failed. cancelled: by a person, before or while it ran; rows that were done stay done.
 */
export const SELECTION_STATES = ['preparing', 'ready', 'sampling', 'running', 'done', 'blocked', 'cancelled'] as const;
export type SelectionState = (typeof SELECTION_STATES)[number];

/** waiting: not run yet · refused: what the preview or the run said against it · left-out: by an exception. */
export const ROW_STATES = ['waiting', 'done', 'unchanged', 'refused', 'left-out'] as const;
export type RowState = (typeof ROW_STATES)[number];

export const SAMPLE_VERDICTS = ['open', 'passed', 'failed'] as const;
export type SampleVerdict = (typeof SAMPLE_VERDICTS)[number];
export const VERIFYING_METHODS = ['on-site', 'documents', 'data', 'sample'] as const;
export type VerifyingMethod = (typeof VERIFYING_METHODS)[number];
