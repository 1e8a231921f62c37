import { addDays, DomainError, instantFromMs, localDateOf, msOf, SYSTEM, type Actor, type FindingId, type Instant } from '@app/kernel';
import { dueGiven } from '@app/worktime';
import fc from 'fast-check';
import { planStages } from '../domain/dues';
import type { FindingCommand } from '../domain/finding.commands';
import { findingDecider } from '../domain/finding.decider';
import type { FindingEvent } from '../domain/finding.events';
import {
  accepted,
  ACTORS,
  allPassed,
  anItem,
  assigned,
  at,
  aWorld,
  cleared,
  DEPARTMENT_LEG,
  filed,
  filing,
  GUIDING_LEG,
  happened,
  L1,
  L2,
  leg,
  order,
  someEvidence,
  stateOf,
  submission,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from './finding-builders';

const START = at('2020-07-15', '09:00');
const world = aWorld();
const [L9, other] = [leg('L9'), 'other' as FindingId];
const from = (...values: readonly string[]) => fc.constantFrom(...values);
const text = from(...Array.from({ length: 12 }, () => '说明'), '');
const legId = fc.constantFrom(L1, L1, L1, L1, L2, L2, L2, L2, L9);
const documentNumber = fc.constantFrom('督〔2020〕1号', null);
const soon = fc.integer({ min: -5, max: 300 }).map((n) => addDays(localDateOf(START), n));
/** Within what a pause may last. */
const near = fc.integer({ min: 0, max: 20 }).map((n) => addDays(localDateOf(START), n));
const evidence = from('e1', 'e2').map((id) => someEvidence(id, { legId: null }));
const stages = fc.array(fc.record({ text, checkOn: soon }), { maxLength: 2 });
const answer = fc.record({
  itemId: from('a', 'b', 'z'),
  answer: fc.constantFrom('done', 'untrue', 'cannot'),
  basis: fc.constantFrom('依据', null),
});

type DataOf = { [C in FindingCommand as C['type']]: fc.Arbitrary<C['data']> };
/** One arbitrary per command; the compiler refuses a forgotten one. */
const DATA = {
  FileFinding: fc.boolean().map((selfFound) => filing({ selfFound, items: [anItem('a'), anItem('b')] })),
  CorrectFinding: fc.record({ changes: fc.record({ text }), reason: text }),
  AddItems: from('a', 'b', 'c').map((id) => ({ items: [anItem(id)] })),
  AddEvidence: fc.record({ evidence }),
  RemoveEvidence: evidence.map(({ evidenceId }) => ({ evidenceId, reason: '传错' })),
  AddComment: fc.record({ text, legId: fc.constantFrom(null, L1, L9) }),
  WithdrawFinding: fc.record({ reason: text, documentNumber }),
  DismissFinding: fc.record({ reason: text, teamNote: documentNumber }),
  LinkFinding: fc.record({ to: fc.constant(other), reason: text }),
  AcceptFinding: fc.record({
    rectification: fc.constantFrom('immediate', 'time-limited', 'staged'),
    seriousness: fc.constantFrom('ordinary', 'serious', 'major'),
    reason: fc.constant(null),
    stages,
  }),
  TransferFinding: fc
    .constantFrom([TOWN_LEG, DEPARTMENT_LEG], [TOWN_LEG, GUIDING_LEG], [TOWN_LEG], [], [{ ...TOWN_LEG, unitId: UNITS.office }])
    .map((legs) => ({
      legs,
      assisting: [],
      copies: [],
      proposed: null,
      overruledBecause: null,
      singleLegBecause: '无部门',
      independent: { unitId: UNITS.independent, clearer: ACTORS.verifier.personId, authorisedBy: '纪要' },
    })),
  SplitFinding: fc.constant({
    children: [
      { findingId: other, townId: UNITS.town, number: '1' },
      { findingId: 'third' as FindingId, townId: UNITS.otherTown, number: '2' },
    ],
  }),
  SignForLeg: fc.record({ legId }),
  ReturnLeg: fc.record({ legId, ground: fc.constantFrom('not-our-duty', 'not-true', 'duplicate'), text }),
  RuleOnReturn: fc.record({
    legId,
    ruling: fc.constantFrom('stays', 'moved', 'untrue'),
    toUnitId: fc.constantFrom(UNITS.otherDepartment, UNITS.office, null),
    reason: text,
    teamNote: documentNumber,
  }),
  ObjectToRuling: fc.record({ legId, text }),
  RecordJointRuling: fc.record({ text, participants: fc.constant(['镇', '局']), leadingLegId: legId }),
  AssignLeg: fc.record({ legId, villageId: fc.constantFrom(UNITS.village, null), assignee: text }),
  PlanLeg: fc.record({ legId, measures: text, responsible: text, targetOn: soon }),
  RecordProgress: fc.record({ legId, text, basicallyComplete: fc.option(fc.record({ remains: text, by: soon })) }),
  AskExtension: fc.record({ legId, reason: text, progress: text, until: soon }),
  GrantExtension: fc.record({ legId, until: soon, reason: text }),
  RefuseExtension: fc.record({ legId, reason: text }),
  AskPause: fc.record({ legId, reason: fc.constantFrom('season', 'litigation'), text, until: near }),
  GrantPause: fc.record({ legId, until: near, text }),
  RefusePause: fc.record({ legId, reason: text }),
  ResumeLeg: fc.record({ legId }),
  AnswerItems: fc.record({ legId, answers: fc.array(answer, { maxLength: 3 }) }),
  GiveGuidance: fc.record({ legId, text }),
  ReportLeg: fc.record({
    legId,
    text,
    measures: text,
    effect: text,
    completedOn: fc.constant(localDateOf(START)),
    evidence: fc.constant([someEvidence('e0').evidenceId]),
  }),
  FirstReviewLeg: fc.record({ legId, passed: fc.boolean(), reason: text }),
  SignLeg: fc.record({ legId, lateEntry: fc.constantFrom(null, null, { documentNumber: '督〔2020〕1号', reason: '断网' }) }),
  GiveOpinion: fc.record({ legId, agrees: fc.boolean(), text }),
  RectifyOnTheSpot: fc.record({
    legId,
    rectifyingUnitId: fc.constant(UNITS.town),
    personPresent: text,
    inspectors: fc.constantFrom([ACTORS.inspector.personId, ACTORS.secondInspector.personId], [ACTORS.inspector.personId]),
    text,
    evidence: fc.constant([someEvidence('e3', { phase: 'before' }), someEvidence('e4', { phase: 'after' })]),
  }),
  PassLeg: fc.record({ legId, text }),
  SendLegBack: fc.record({ legId, reason: text, alsoReopen: fc.constantFrom([], [L2]) }),
  VerifyFinding: fc.record({ method: fc.constantFrom('on-site', 'documents'), text }),
  ClearFinding: fc.record({ text }),
  RevokeClearance: fc.record({ reason: text, level: text, legIds: fc.constantFrom([], [L1], [L1, L2]) }),
  LookBack: fc.record({
    round: from('2020-1', '2020-2'),
    result: fc.constantFrom('holds', 'not-thorough', 'relapse'),
    text,
    relapseId: fc.constantFrom(other, null),
  }),
  PassStage: fc.record({ stage: fc.integer({ min: 0, max: 3 }), text }),
  RescheduleStages: fc.record({ stages, reason: text }),
  GiveInstruction: fc.record({
    text,
    toUnits: fc.constantFrom([UNITS.town], []),
    replyBy: fc.option(soon),
    rectifyBy: fc.option(soon),
  }),
  ReplyToInstruction: fc.record({ seq: fc.integer({ min: 0, max: 2 }), text }),
  RecordUpperAnswer: fc.record({
    answer: fc.constantFrom('dismissed', 'merged', 'extended', 'other'),
    documentNumber: fc.constant('省〔2020〕2号'),
    text,
    due: fc.option(soon),
  }),
  RecordUpperClearance: fc.record({ documentNumber: fc.constant('省〔2020〕3号'), text }),
  RecordChildPassed: fc.constantFrom({ childId: other }, { childId: 'third' as FindingId }),
  RecordChildReopened: fc.constant({ childId: other }),
  MoveDueTime: from('rectify/L1', 'triage').map((key) => ({ key })),
  // The due time is filled in from the state, else no knock would ever count.
  ReachDeadline: fc.record({
    key: from('triage', 'sign/L1', 'rectify/L1', 'pause/L1', 'review/L1', 'verify', 'stage/1'),
    dueAt: fc.constant(START),
    before: fc.integer({ min: 0, max: 2 }),
  }),
} satisfies DataOf;

/** Endings come rarely, else no history grows long; the usual way of a leg comes often. */
const WEIGHT: Readonly<Record<string, number>> = {
  ...{ WithdrawFinding: 1, DismissFinding: 1, LinkFinding: 1, FileFinding: 20, AcceptFinding: 20, TransferFinding: 20 },
  ...{ ReportLeg: 20, FirstReviewLeg: 20, SignLeg: 20, PassLeg: 20, VerifyFinding: 10, ClearFinding: 10, GiveOpinion: 20 },
};
const TYPES = (Object.keys(DATA) as readonly FindingCommand['type'][]).flatMap((type) =>
  Array.from({ length: WEIGHT[type] ?? 6 }, () => type),
);
const PEOPLE: readonly Actor[] = [...Object.values(ACTORS), SYSTEM];
const { office, officeHead, townClerk, secondTownClerk, townHead, departmentClerk, departmentHead, leader, inspector } = ACTORS;
const UNIT_PEOPLE = [townClerk, secondTownClerk, townHead, departmentClerk, departmentHead];
/** Who would normally do it; everybody else tries too, less often. */
const USUAL: Readonly<Record<string, readonly Actor[]>> = {
  ReachDeadline: [SYSTEM],
  MoveDueTime: [SYSTEM],
  RecordChildPassed: [SYSTEM],
  RecordChildReopened: [SYSTEM],
  FileFinding: [inspector],
  GiveInstruction: [leader],
  RuleOnReturn: [office, leader],
  RevokeClearance: [officeHead, leader],
  ...Object.fromEntries(
    [
      'SignForLeg',
      'ReturnLeg',
      'ObjectToRuling',
      'AssignLeg',
      'PlanLeg',
      'RecordProgress',
      'AskExtension',
      'AskPause',
      'AnswerItems',
      'GiveGuidance',
    ]
      .concat('ReportLeg', 'FirstReviewLeg', 'SignLeg', 'GiveOpinion', 'ReplyToInstruction')
      .map((type) => [type, UNIT_PEOPLE] as const),
  ),
};
const actorFor = (type: string) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...(USUAL[type] ?? [office])) }, { weight: 1, arbitrary: fc.constantFrom(...PEOPLE) });
const UPPER = { authority: '省', batch: '1', number: '3', due: null };
const paper = happened('EvidenceAdded', { evidence: someEvidence('e0', { phase: 'document' }) }, ACTORS.townClerk, START);
const twoStages = planStages(
  world,
  [
    { text: '一', checkOn: addDays(localDateOf(START), 60) },
    { text: '二', checkOn: addDays(localDateOf(START), 120) },
  ],
  START,
);
const askedToPause = happened(
  'PauseAsked',
  { legId: L1, unitId: UNITS.town, reason: 'litigation', text: '已立案', until: addDays(localDateOf(START), 8) },
  ACTORS.townClerk,
  START,
);
const extensionAsked = happened(
  'ExtensionAsked',
  { legId: L2, unitId: UNITS.department, reason: '降雨', progress: '过半', until: addDays(localDateOf(START), 20) },
  ACTORS.departmentClerk,
  START,
);
const pauseGranted = happened(
  'PauseGranted',
  {
    legId: L1,
    unitId: UNITS.town,
    reason: 'litigation',
    text: '鲁民初1号',
    until: addDays(localDateOf(START), 8),
    endDue: dueGiven({ day: addDays(localDateOf(START), 8), source: 'list-row', reference: '1', calendar: world.calendar }),
  },
  ACTORS.office,
  START,
);
const guided = { transferred: { legs: [TOWN_LEG, GUIDING_LEG] } };
const BEGINNINGS: readonly (readonly FindingEvent[])[] = [
  [],
  [filed()],
  [filed(), accepted()],
  assigned(),
  [...underWork(), paper],
  [...underWork({ filed: { upper: UPPER, items: [anItem('a')] } }), paper],
  [...underWork(), paper, askedToPause],
  [...underWork(), paper, askedToPause, pauseGranted, extensionAsked],
  [...underWork(guided), paper],
  [...underWork(guided), paper, ...submission(TOWN_LEG)],
  [...underWork({ accepted: { rectification: 'staged', stages: twoStages } }), paper],
  underWork({ accepted: { rectification: 'immediate' }, transferred: { legs: [TOWN_LEG] } }),
  allPassed(),
  [...allPassed(), verified()],
  [...allPassed({ filed: { upper: UPPER } }), verified(), cleared()],
];

export type Step = Readonly<{ command: FindingCommand; minutes: number }>;
const step: fc.Arbitrary<Step> = fc
  .constantFrom(...TYPES)
  .chain((type) =>
    fc.record({
      type: fc.constant(type),
      data: DATA[type] as fc.Arbitrary<never>,
      by: actorFor(type),
      minutes: fc.integer({ min: 0, max: 600 }),
    }),
  )
  .map(({ type, data, by, minutes }) => ({ command: order(type, data, by, START), minutes }));

export const later = (when: Instant, minutes: number): Instant => instantFromMs(msOf(when) + minutes * 60_000);
/** Everybody tries everything; what is refused is left out. Anything thrown but a refusal fails the test. */
export const history = (past: readonly FindingEvent[], steps: readonly Step[]): readonly FindingEvent[] => {
  let [now, state] = [START, stateOf(...past)];
  const events = [...past];
  for (const { command, minutes } of steps) {
    now = later(now, minutes);
    const aimed =
      command.type === 'ReachDeadline' && state.phase !== 'absent'
        ? { ...command, data: { ...command.data, dueAt: state.core.deadlines[command.data.key]?.due.at ?? START } }
        : command;
    try {
      const made = findingDecider.decide({ ...aimed, at: now, on: localDateOf(now) }, state);
      events.push(...made);
      state = made.reduce(findingDecider.evolve, state);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return events;
};
// Without the usual bias to extremes: a history needs the middle of every list to get anywhere.
export const anyHistory = fc.noBias(
  fc.record({
    past: fc.constantFrom(...BEGINNINGS),
    steps: fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }),
  }),
);
