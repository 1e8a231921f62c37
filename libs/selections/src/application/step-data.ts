import { FINDING_ERRORS, type FindingIntent, type FindingState, type LegPlan, type LegProposal, type OfferedCommand } from '@app/findings';
import { DomainError, idFrom, type Actor, type EvidenceId, type FindingId, type LegId } from '@app/kernel';
import { reject } from '../domain/selection.errors';
import type { SelectionStep } from '../domain/selection.types';

type DataOf<S extends OfferedCommand> = Extract<FindingIntent, { type: S }>['data'];
type Answers = DataOf<'AnswerItems'>['answers'];

/** Where the data of a step cannot be the same for several findings, a rule says what it is for each. */
type ByRule = Readonly<{
  /** `leg`: whatever proves this leg. `finding`: whatever lies with the finding. */
  ReportLeg: Omit<DataOf<'ReportLeg'>, 'legId' | 'evidence'> & Readonly<{ evidence: 'leg' | 'finding' | readonly EvidenceId[] }>;
  /** `every`: the same answer to every item that is open; `answers` for rows of their own. */
  AnswerItems: Readonly<{ every: Omit<Answers[number], 'itemId'> | null; answers: Answers }>;
  /** Null: the day that was asked for. */
  GrantExtension: Readonly<{ until: DataOf<'GrantExtension'>['until'] | null; reason: string }>;
  /** Null: the day that was asked for. */
  GrantPause: Readonly<{ until: DataOf<'GrantPause'>['until'] | null; text: string }>;
  /** Without legs each row by its category's proposal. */
  TransferFinding: Omit<DataOf<'TransferFinding'>, 'legs' | 'proposed'> & Readonly<{ legs?: readonly LegPlan[] | undefined }>;
  LookBack: Omit<DataOf<'LookBack'>, 'relapseId'>;
  /** Null: the next one. */
  PassStage: Readonly<{ stage: number | null; text: string }>;
  /** Null: the oldest to the acting unit that has no reply. */
  ReplyToInstruction: Readonly<{ seq: number | null; text: string }>;
}>;
/** What is said once for all rows of a step, or for one row in its place. */
export type StepData = { readonly [S in SelectionStep]: S extends keyof ByRule ? ByRule[S] : Omit<DataOf<S>, 'legId'> };
export type AnyStepData = StepData[SelectionStep];

type Present = Exclude<FindingState, { phase: 'absent' }>;
/** The row as it stands when its command is made up. */
export type Occasion = Readonly<{
  selectionId: string;
  findingId: FindingId;
  /** Empty for a step of the finding. */
  legId: LegId;
  state: Present;
  by: Actor;
  proposal: LegProposal | null;
  /** Whether the person may know of another finding. */
  knows: (findingId: FindingId) => Promise<boolean>;
}>;
type Maker<S extends SelectionStep> = (data: StepData[S], row: Occasion) => DataOf<S> | Promise<DataOf<S>>;

const onLeg = <D extends object>(data: D, { legId }: Occasion): D & Readonly<{ legId: LegId }> => ({ ...data, legId });
const same = <D>(data: D): D => data;

const workOf = ({ state }: Occasion) => ('work' in state ? state.work : null);
const proofOf = ({ state, legId }: Occasion, of: 'leg' | 'finding'): readonly EvidenceId[] =>
  Object.values(state.core.evidence)
    .filter((file) => !file.removed && (file.legId === legId || (of === 'finding' && file.legId === null)))
    .map(({ evidenceId }) => evidenceId);
/** Instructions to the acting unit wait in the order in which they were given. */
const unanswered = ({ state, by }: Occasion): number =>
  state.core.instructions.find(({ reply, toUnits }) => reply === null && toUnits.some((unit) => by.ownUnits.includes(unit)))?.seq ?? 1;

const MAKERS: { readonly [S in SelectionStep]: Maker<S> } = {
  SignForLeg: onLeg,
  ReturnLeg: onLeg,
  ObjectToRuling: onLeg,
  AssignLeg: onLeg,
  PlanLeg: onLeg,
  RecordProgress: onLeg,
  AskExtension: onLeg,
  AskPause: onLeg,
  ResumeLeg: onLeg,
  AnswerItems: ({ every, answers }, { legId, state }) => ({
    legId,
    answers:
      every === null
        ? answers
        : state.core.items.filter(({ answer }) => answer === 'open').map(({ itemId }): Answers[number] => ({ itemId, ...every })),
  }),
  GiveGuidance: onLeg,
  ReportLeg: ({ evidence, ...data }, row) => ({
    ...data,
    legId: row.legId,
    evidence: evidence === 'leg' || evidence === 'finding' ? proofOf(row, evidence) : evidence,
  }),
  FirstReviewLeg: onLeg,
  SignLeg: onLeg,
  GiveOpinion: onLeg,
  RuleOnReturn: onLeg,
  GrantExtension: ({ until, reason }, row) => {
    const day = until ?? workOf(row)?.legs[row.legId]?.extension?.until;
    if (day === undefined) throw new DomainError('extension-not-asked', FINDING_ERRORS['extension-not-asked']);
    return { legId: row.legId, reason, until: day };
  },
  RefuseExtension: onLeg,
  GrantPause: ({ until, text }, row) => {
    const day = until ?? workOf(row)?.legs[row.legId]?.pause?.until;
    if (day === undefined) throw new DomainError('pause-not-asked', FINDING_ERRORS['pause-not-asked']);
    return { legId: row.legId, text, until: day };
  },
  RefusePause: onLeg,
  PassLeg: onLeg,
  SendLegBack: onLeg,
  CorrectFinding: same,
  AcceptFinding: same,
  TransferFinding: ({ legs, ...data }, { proposal }) => {
    const proposed = proposal === null || proposal.legs.length === 0 ? null : proposal.legs;
    return { ...data, legs: legs ?? proposed ?? [], proposed };
  },
  DismissFinding: same,
  WithdrawFinding: same,
  LinkFinding: async (data, { findingId, knows }) => {
    if (data.to === findingId) return reject('row-link-to-itself');
    return (await knows(data.to)) ? data : reject('row-link-absent');
  },
  RecordJointRuling: same,
  VerifyFinding: same,
  ClearFinding: same,
  RevokeClearance: same,
  LookBack: (data, { selectionId, findingId }) => ({
    ...data,
    relapseId: data.result === 'relapse' ? (idFrom('selection', selectionId, findingId, 'relapse') as FindingId) : null,
  }),
  PassStage: ({ stage, text }, row) => ({ text, stage: stage ?? workOf(row)?.stages.find(({ passed }) => !passed)?.stage ?? 1 }),
  RescheduleStages: same,
  ReplyToInstruction: ({ seq, text }, row) => ({ text, seq: seq ?? unanswered(row) }),
  RecordUpperAnswer: same,
  RecordUpperClearance: same,
  AddComment: ({ text }) => ({ text, legId: null }),
};

/** The command of one row. Errors: what a rule needs and does not find. */
export const intentOf = async (step: SelectionStep, data: AnyStepData, row: Occasion): Promise<FindingIntent> => {
  // The table pairs every step with its own data; the pairing is lost in the look-up.
  const make = MAKERS[step] as (data: AnyStepData, row: Occasion) => FindingIntent['data'] | Promise<FindingIntent['data']>;
  return { type: step, data: await make(data, row) } as FindingIntent;
};

/** The words that the whole selection has in common; null where the step has none. */
export const commonText = (data: AnyStepData | null): string | null => {
  if (data === null) return null;
  const said = 'text' in data ? data.text : 'reason' in data ? data.reason : 'measures' in data ? data.measures : null;
  return said ?? null;
};
