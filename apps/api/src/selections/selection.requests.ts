import type { FindingId, LegId, LocalDate } from '@app/kernel';
import {
  ROW_STATES,
  SELECTION_LIMITS,
  SELECTION_STEPS,
  VERIFYING_METHODS,
  type RowException,
  type Said,
  type SelectionStep,
  type StepData,
} from '@app/selections';
import { z } from 'zod';
import {
  acceptRequest,
  answersRequest,
  assignRequest,
  clearRequest,
  commentRequest,
  correctRequest,
  day,
  dismissRequest,
  evidenceIds,
  extensionRequest,
  findingId,
  firstReviewRequest,
  guidanceRequest,
  jointRulingRequest,
  legId,
  linkRequest,
  lookBackRequest,
  objectionRequest,
  opinionRequest,
  pauseRequest,
  plainRequest,
  planRequest,
  progressRequest,
  replyRequest,
  reportRequest,
  returnRequest,
  revokeRequest,
  rulingRequest,
  signRequest,
  stageNumber,
  stageRequest,
  stagesRequest,
  text,
  transferRequest,
  upperAnswerRequest,
  upperClearanceRequest,
  uuid,
  verifyRequest,
  withdrawRequest,
} from '../findings/finding.requests';
import { findingsQuery, inboxQuery, legsQuery } from '../reading/reading.requests';

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((v) => v ?? null);
const act = { on: day.optional() };
const itemAnswer = answersRequest.shape.answers.element.omit({ itemId: true });

/** Of each step what its own route takes, without the leg; where that cannot be the same for several findings, by a rule. */
export const STEP_DATA = {
  SignForLeg: plainRequest,
  ReturnLeg: returnRequest,
  ObjectToRuling: objectionRequest,
  AssignLeg: assignRequest,
  PlanLeg: planRequest,
  RecordProgress: progressRequest,
  AskExtension: extensionRequest,
  AskPause: pauseRequest,
  ResumeLeg: plainRequest,
  AnswerItems: z
    .strictObject({ ...act, every: orNull(itemAnswer), answers: answersRequest.shape.answers.or(z.tuple([])).default([]) })
    .refine(({ every, answers }) => (every === null) !== (answers.length === 0), {
      path: ['every'],
      message: 'every 与 answers 须有且只有一个 · expected either every or answers',
    }),
  GiveGuidance: guidanceRequest,
  ReportLeg: reportRequest.extend({ evidence: z.union([z.enum(['leg', 'finding']), evidenceIds.unwrap().min(1)]).default('leg') }),
  FirstReviewLeg: firstReviewRequest,
  SignLeg: signRequest,
  GiveOpinion: opinionRequest,
  RuleOnReturn: rulingRequest,
  GrantExtension: z.strictObject({ ...act, until: orNull(day), reason: text() }),
  RefuseExtension: z.strictObject({ ...act, reason: text() }),
  GrantPause: z.strictObject({ ...act, until: orNull(day), text: text() }),
  RefusePause: z.strictObject({ ...act, reason: text() }),
  PassLeg: z.strictObject({ ...act, text: text() }),
  SendLegBack: z.strictObject({ ...act, reason: text(), alsoReopen: z.array(legId).max(3).default([]) }),
  CorrectFinding: correctRequest.transform(({ changes, ...said }) => ({
    ...said,
    changes: Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
  })),
  AcceptFinding: acceptRequest,
  TransferFinding: transferRequest,
  DismissFinding: dismissRequest,
  WithdrawFinding: withdrawRequest,
  LinkFinding: linkRequest,
  RecordJointRuling: jointRulingRequest,
  VerifyFinding: verifyRequest,
  ClearFinding: clearRequest,
  RevokeClearance: revokeRequest,
  LookBack: lookBackRequest,
  PassStage: stageRequest.extend({ stage: orNull(stageNumber) }),
  RescheduleStages: stagesRequest,
  ReplyToInstruction: replyRequest.extend({ seq: orNull(stageNumber) }),
  RecordUpperAnswer: upperAnswerRequest,
  RecordUpperClearance: upperClearanceRequest,
  AddComment: commentRequest.omit({ legId: true }),
} satisfies { readonly [S in SelectionStep]: z.ZodType<StepData[S] & Readonly<{ on?: LocalDate | undefined }>> };

type Steps = typeof STEP_DATA;
type Typed = { readonly [S in SelectionStep]: z.output<Steps[S]> }[SelectionStep];
const splitOff = ({ on, ...data }: Typed): Said => ({ on, data: data });

const selectedRow = z.strictObject({ findingId, legId: orNull(legId) });
/** Left out, or with data in place of what is common: only what differs is said. */
const exception = selectedRow
  .extend({ leaveOut: z.boolean().default(false), data: z.record(z.string().max(40), z.unknown()).optional() })
  .refine(({ leaveOut, data }) => leaveOut !== (data !== undefined), {
    path: ['data'],
    message: 'leaveOut 与 data 须有且只有一个 · expected either leaveOut or data',
  });
const exceptions = z.array(exception).max(SELECTION_LIMITS.rows).default([]);
export type Excepted = z.output<typeof exception>;

const paged = { limit: true, cursor: true, position: true } as const;
const filter = z.discriminatedUnion('of', [
  findingsQuery.omit({ ...paged, sort: true, direction: true }).extend({ of: z.literal('findings') }),
  legsQuery.omit(paged).extend({ of: z.literal('legs') }),
  inboxQuery.omit({ ...paged, of: true }).extend({ of: z.literal('inbox'), whose: z.enum(['post', 'unit']).default('post') }),
]);
export type AskedFilter = z.output<typeof filter>;

export const openRequest = z
  .strictObject({
    step: z.enum(SELECTION_STEPS),
    /** How the selection is called in the list of selections. */
    title: text(100).optional(),
    rows: z.array(selectedRow).min(1).max(SELECTION_LIMITS.rows).optional(),
    /** The filters of GET /findings, GET /legs and GET /inbox; asked once, now. */
    filter: filter.optional(),
    /** What the route of the step takes, common to all rows. */
    data: z.record(z.string().max(40), z.unknown()).default({}),
    exceptions,
  })
  .refine(({ rows, filter: asked }) => (rows === undefined) !== (asked === undefined), {
    path: ['rows'],
    message: 'rows 与 filter 须有且只有一个 · expected either rows or filter',
  });
export const exceptionsRequest = z.strictObject({ exceptions });
export const runRequest = z.strictObject({
  /** Also rows whose finding has moved on since the preview. */
  evenIfChanged: z.boolean().default(false),
});
export const emptyRequest = z.strictObject({});
export const sampleRequest = z.strictObject({ passed: z.boolean(), method: z.enum(VERIFYING_METHODS), text: text() });

export const selectionId = uuid<string>();
export const sampleFinding = uuid<FindingId>();
export const rowsQuery = z.strictObject({
  after: z.coerce.number().int().min(-1).max(1_000_000).default(-1),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  only: z.enum(['all', ...ROW_STATES, 'sample']).default('all'),
});

export type Body<S extends z.ZodType> = z.output<S>;
export type Invalid = Readonly<{ issues: readonly string[] }>;

const parsed = (step: SelectionStep, raw: unknown, where: string): Said | Invalid => {
  const read = STEP_DATA[step].safeParse(raw);
  if (read.success) return splitOff(read.data);
  return { issues: read.error.issues.map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`) };
};
/** The common data of a step, or what is wrong with it. */
export const saidFor = (step: SelectionStep, data: Readonly<Record<string, unknown>>): Said | Invalid => parsed(step, data, 'data');

/** Each row's own data is what is common with its own in place. */
export const exceptionsFor = (
  step: SelectionStep,
  { data: common, on }: Said,
  asked: readonly Excepted[],
): readonly RowException[] | Invalid => {
  const issues: string[] = [];
  const rows = asked.map(({ findingId: finding, legId: leg, leaveOut, data }, i): RowException => {
    const row: Readonly<{ findingId: FindingId; legId: LegId | null }> = { findingId: finding, legId: leg };
    if (leaveOut) return { ...row, leaveOut: true, said: null };
    const own = parsed(step, { ...common, ...(on === undefined ? {} : { on }), ...data }, `exceptions.${String(i)}.data`);
    if ('issues' in own) issues.push(...own.issues);
    return { ...row, leaveOut: false, said: 'issues' in own ? { data: common } : own };
  });
  return issues.length > 0 ? { issues } : rows;
};
