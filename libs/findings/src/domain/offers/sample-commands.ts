import {
  addDays,
  localDateOf,
  type Actor,
  type EvidenceId,
  type FileHash,
  type FindingId,
  type Instant,
  type ItemId,
  type LegId,
  type LocalDate,
  type PersonId,
  type UnitId,
} from '@app/kernel';
import { effectiveDelivery } from '@app/worktime';
import { earliestEnd } from '../decisions/pause';
import type { FindingCommand, World } from '../finding.commands';
import { legsOf, type Leg } from '../finding.state';
import { legIdOf, type Evidence, type EvidencePhase, type Item, type ItemState } from '../finding.types';
import { type Present } from '../guards';

export type CommandType = FindingCommand['type'];
type DataOf<T extends CommandType> = Extract<FindingCommand, { type: T }>['data'];

/** The finding as it stands, the leg it is about, who would act and when. */
export type Occasion = Readonly<{ state: Present; legId: LegId; by: Actor; at: Instant; world: World }>;
export type Sample<D> = Readonly<{
  about: 'finding' | 'leg';
  /** One for each way in which the command may be given: allowed when one of them is. */
  ways: readonly ((occasion: Occasion) => D)[];
  /** What a person adds in the same breath, before the command: the state it is decided on. */
  after?: (occasion: Occasion) => Present;
}>;

const onFinding = <D>(...ways: readonly ((occasion: Occasion) => D)[]): Sample<D> => ({ about: 'finding', ways });
const onLeg = <D>(...ways: readonly ((occasion: Occasion) => D)[]): Sample<D> => ({ about: 'leg', ways });

const TEXT = '说明';
const NUMBER = '文号';
const OTHER = '00000000-0000-4000-8000-000000000000';
const someEvidence = (phase: EvidencePhase): Evidence => ({
  evidenceId: `${OTHER}-${phase}` as EvidenceId,
  hash: '0'.repeat(64) as FileHash,
  name: TEXT,
  mediaType: 'image/jpeg',
  size: 1,
  phase,
  legId: null,
});
const AFTER = someEvidence('after');
const someItem = (legId: LegId): Item => ({
  itemId: `${OTHER}-${legId}` as ItemId,
  subject: { kind: 'other', subjectId: null, label: TEXT, sealed: null, sensitive: false },
  text: TEXT,
});

const workOf = ({ state }: Occasion) => ('work' in state ? state.work : null);
const legsIn = (occasion: Occasion): readonly Leg[] => {
  const work = workOf(occasion);
  return work === null ? [] : legsOf(work);
};
const legOf = (occasion: Occasion): Leg | undefined => workOf(occasion)?.legs[occasion.legId];

/** Later than what holds and than what was asked for. */
const laterThanDue = (occasion: Occasion): LocalDate => {
  const leg = legOf(occasion);
  const days = [leg?.due.day ?? localDateOf(occasion.at), leg?.extension?.until ?? localDateOf(occasion.at)];
  return addDays(
    days.reduce((a, b) => (a > b ? a : b)),
    1,
  );
};
/** The day that was asked for, where it still comes later. */
const grantable = (occasion: Occasion): LocalDate => {
  const leg = legOf(occasion);
  const asked = leg?.extension?.until;
  return asked !== undefined && asked > (leg?.due.day ?? asked) ? asked : laterThanDue(occasion);
};
/** Something that may be removed: one's own first. */
const removable = ({ state, by }: Occasion): EvidenceId => {
  const there = Object.values(state.core.evidence).filter((file) => !file.removed);
  return (there.find((file) => file.by.personId === by.personId) ?? there[0] ?? AFTER).evidenceId;
};
const withProof = ({ state, by }: Occasion): Present => {
  const evidence = { ...state.core.evidence, [AFTER.evidenceId]: { ...AFTER, removed: false, by } };
  return { ...state, core: { ...state.core, evidence } };
};
const openItem = ({ state, legId }: Occasion): Pick<ItemState, 'itemId' | 'answer'> =>
  state.core.items.find((item) => item.answer === 'open') ?? state.core.items[0] ?? { itemId: someItem(legId).itemId, answer: 'open' };
const answerFor = (occasion: Occasion): DataOf<'AnswerItems'>['answers'][number] => {
  const { itemId, answer } = openItem(occasion);
  return answer === 'done' ? { itemId, answer: 'cannot', basis: `${TEXT}。` } : { itemId, answer: 'done', basis: null };
};
const leadingLeg = (occasion: Occasion): LegId => {
  const acting = legsIn(occasion).filter((leg) => leg.duty === 'acts');
  return (acting.find((leg) => leg.leads) ?? acting[0])?.legId ?? occasion.legId;
};
/** Not one of those that stand already. */
const fresh = (name: string, taken: readonly string[]): string => (taken.includes(name) ? fresh(`${name}·`, taken) : name);
const townLeg = ({ state }: Occasion): DataOf<'TransferFinding'>['legs'] =>
  state.core.children.length > 0
    ? []
    : [{ legId: legIdOf('territorial'), unitId: state.core.place.townId, line: 'territorial', duty: 'acts', leads: true }];
const unanswered = ({ state }: Occasion): number => {
  const given = state.core.instructions;
  return (given.find((one) => one.reply === null) ?? given.at(-1))?.seq ?? 1;
};
const nextStage = (occasion: Occasion): number => workOf(occasion)?.stages.find((stage) => !stage.passed)?.stage ?? 1;

/**
 * One sample for every command, so that the decider itself says what somebody may do now: no guard is written twice.
 * `filing` begins a finding, `machine` is sent by the product alone; neither is offered.
 */
export const SAMPLES = {
  FileFinding: 'filing',
  CorrectFinding: onFinding(({ state }) => ({ changes: { text: `${state.core.text}·` }, reason: TEXT })),
  AddItems: onFinding(({ legId }) => ({ items: [someItem(legId)] })),
  AddEvidence: onFinding(() => ({ evidence: AFTER })),
  RemoveEvidence: onFinding((occasion) => ({ evidenceId: removable(occasion), reason: TEXT })),
  AddComment: onFinding(() => ({ text: TEXT, legId: null })),
  WithdrawFinding: onFinding<DataOf<'WithdrawFinding'>>(
    () => ({ reason: TEXT, documentNumber: null }),
    () => ({ reason: TEXT, documentNumber: NUMBER }),
  ),
  DismissFinding: onFinding(() => ({ reason: TEXT, teamNote: TEXT })),
  LinkFinding: onFinding(() => ({ to: OTHER as FindingId, reason: TEXT })),
  AcceptFinding: onFinding<DataOf<'AcceptFinding'>>(
    ({ state }) => ({ rectification: 'time-limited', seriousness: state.core.seriousness, reason: null, stages: [] }),
    () => ({ rectification: 'immediate', seriousness: 'ordinary', reason: null, stages: [] }),
  ),
  TransferFinding: onFinding((occasion) => ({
    legs: townLeg(occasion),
    assisting: [],
    copies: [],
    proposed: null,
    overruledBecause: null,
    singleLegBecause: TEXT,
    independent: null,
  })),
  SplitFinding: onFinding(() => ({
    children: ['a', 'b'].map((n) => ({ findingId: `${OTHER}-${n}` as FindingId, townId: `town-${n}` as UnitId, number: n })),
  })),
  SignForLeg: onLeg(({ legId }) => ({ legId })),
  ReturnLeg: onLeg(({ legId }) => ({ legId, ground: 'not-our-duty', text: TEXT })),
  RuleOnReturn: onLeg(({ legId }) => ({ legId, ruling: 'stays', toUnitId: null, reason: TEXT, teamNote: null })),
  ObjectToRuling: onLeg(({ legId }) => ({ legId, text: TEXT })),
  RecordJointRuling: onFinding((occasion) => ({ text: TEXT, participants: [TEXT], leadingLegId: leadingLeg(occasion) })),
  AssignLeg: onLeg(({ legId }) => ({ legId, villageId: null, assignee: TEXT })),
  PlanLeg: onLeg((occasion) => ({ legId: occasion.legId, measures: TEXT, responsible: TEXT, targetOn: laterThanDue(occasion) })),
  RecordProgress: onLeg(({ legId }) => ({ legId, text: TEXT, basicallyComplete: null })),
  AskExtension: onLeg((occasion) => ({ legId: occasion.legId, reason: TEXT, progress: TEXT, until: laterThanDue(occasion) })),
  GrantExtension: onLeg((occasion) => ({ legId: occasion.legId, until: grantable(occasion), reason: TEXT })),
  RefuseExtension: onLeg(({ legId }) => ({ legId, reason: TEXT })),
  AskPause: onLeg(({ legId, at, world }) => ({ legId, reason: 'procedure', text: TEXT, until: earliestEnd(world, at) })),
  GrantPause: onLeg<DataOf<'GrantPause'>>(
    ({ legId, at, world }) => ({ legId, until: earliestEnd(world, at), text: NUMBER }),
    (occasion) => ({
      legId: occasion.legId,
      until: legOf(occasion)?.pause?.until ?? earliestEnd(occasion.world, occasion.at),
      text: NUMBER,
    }),
  ),
  RefusePause: onLeg(({ legId }) => ({ legId, reason: TEXT })),
  ResumeLeg: onLeg(({ legId }) => ({ legId })),
  AnswerItems: onLeg((occasion) => ({ legId: occasion.legId, answers: [answerFor(occasion)] })),
  GiveGuidance: onLeg(({ legId }) => ({ legId, text: TEXT })),
  ReportLeg: {
    ...onLeg(({ legId, at }) => {
      const completedOn = localDateOf(at);
      return { legId, text: TEXT, measures: TEXT, effect: TEXT, completedOn, evidence: [AFTER.evidenceId] };
    }),
    after: withProof,
  },
  FirstReviewLeg: onLeg(({ legId }) => ({ legId, passed: false, reason: TEXT })),
  SignLeg: onLeg<DataOf<'SignLeg'>>(
    ({ legId }) => ({ legId, lateEntry: null }),
    ({ legId }) => ({ legId, lateEntry: { documentNumber: NUMBER, reason: TEXT } }),
  ),
  GiveOpinion: onLeg(({ legId }) => ({ legId, agrees: true, text: TEXT })),
  RectifyOnTheSpot: onLeg((occasion) => ({
    legId: occasion.legId,
    rectifyingUnitId: legOf(occasion)?.unitId ?? occasion.state.core.place.townId,
    personPresent: TEXT,
    inspectors: [occasion.by.personId, OTHER as PersonId],
    text: TEXT,
    evidence: [someEvidence('before'), AFTER],
  })),
  PassLeg: onLeg(({ legId }) => ({ legId, text: TEXT })),
  SendLegBack: onLeg(({ legId }) => ({ legId, reason: TEXT, alsoReopen: [] })),
  VerifyFinding: onFinding(() => ({ method: 'on-site', text: TEXT })),
  ClearFinding: onFinding(() => ({ text: TEXT })),
  RevokeClearance: onFinding(() => ({ reason: TEXT, level: TEXT, legIds: [] })),
  LookBack: onFinding(({ state }) => ({
    round: fresh('回头看', state.core.lookedBack),
    result: 'holds',
    text: TEXT,
    relapseId: null,
  })),
  PassStage: onFinding((occasion) => ({ stage: nextStage(occasion), text: TEXT })),
  RescheduleStages: onFinding(({ at, world }) => ({
    stages: [{ text: TEXT, checkOn: addDays(effectiveDelivery(at, world.calendar), 1) }],
    reason: TEXT,
  })),
  GiveInstruction: onFinding(({ world }) => ({ text: TEXT, toUnits: [world.managingOffice], replyBy: null, rectifyBy: null })),
  ReplyToInstruction: onFinding((occasion) => ({ seq: unanswered(occasion), text: TEXT })),
  RecordUpperAnswer: onFinding(({ state }) => ({
    answer: 'other',
    documentNumber: fresh(NUMBER, state.core.upperAnswers),
    text: TEXT,
    due: null,
  })),
  RecordUpperClearance: onFinding(() => ({ documentNumber: NUMBER, text: TEXT })),
  RecordChildPassed: 'machine',
  RecordChildReopened: 'machine',
  MoveDueTime: 'machine',
  ReachDeadline: 'machine',
} as const satisfies { readonly [T in CommandType]: Sample<DataOf<T>> | 'filing' | 'machine' };

/** Commands that a person may give to a finding that is there. */
export type OfferedCommand = { [T in CommandType]: (typeof SAMPLES)[T] extends string ? never : T }[CommandType];
