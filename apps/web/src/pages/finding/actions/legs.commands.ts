import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word, wordsOf } from '../../../i18n/words';
import {
  legsAnswerItems,
  legsAskExtension,
  legsAskPause,
  legsAssign,
  legsFirstReview,
  legsGuide,
  legsObjectTo,
  legsOpinion,
  legsPlan,
  legsProgress,
  legsReport,
  legsResume,
  legsReturnLeg,
  legsSign,
  legsSignFor,
  onTheSpotOnTheSpot,
} from '../../../api/generated/sdk.gen';
import { claimed, coded, many, one, orNull, rows, type CommandSpec, type FieldSpec, type Occasion, type Values } from './fields';

const t = textsOf(zh);
export const LONG = 2000;
export const GROUNDS = ['not-our-duty', 'wrong-place', 'not-true', 'already-rectified', 'duplicate', 'delimit'] as const;
export const PAUSE_REASONS = ['season', 'appraisal', 'procedure', 'litigation', 'upper-decision', 'force-majeure'] as const;
export const ANSWERS = ['done', 'untrue', 'cannot'] as const;
const YES_NO = ['yes', 'no'] as const;

export const area = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec =>
  ({ kind: 'area', name, label, max: LONG, ...more }) as FieldSpec;
export const onDay: FieldSpec = { kind: 'date', name: 'on', label: t('on'), hint: t('onHint'), optional: true };
export const onLeg = ({ finding, legId }: Occasion): Readonly<{ id: string; legId: string }> => ({
  id: finding.findingId,
  legId: legId ?? '',
});
const legOf = ({ finding, legId }: Occasion) => finding.legs.find((leg) => leg.legId === legId);

/** What the forms say, for one row or for many. */
const said = {
  return: (values: Values) => ({ ground: coded(values, 'ground', GROUNDS), text: one(values, 'text') }),
  plan: (values: Values) => ({
    measures: one(values, 'measures'),
    responsible: one(values, 'responsible'),
    targetOn: one(values, 'targetOn'),
  }),
  progress: (values: Values) => ({
    text: one(values, 'text'),
    basicallyComplete: one(values, 'basically') === 'yes' ? { remains: one(values, 'remains'), by: one(values, 'by') } : null,
    ...claimed(values),
  }),
  extension: (values: Values) => ({ until: one(values, 'until'), reason: one(values, 'reason'), progress: one(values, 'progress') }),
  pause: (values: Values) => ({
    reason: coded(values, 'reason', PAUSE_REASONS),
    text: one(values, 'text'),
    until: one(values, 'until'),
  }),
  firstReview: (values: Values) => {
    const passed = coded(values, 'passed', YES_NO) === 'yes';
    return { passed, reason: orNull(values, passed ? 'remark' : 'reason') };
  },
  signature: (values: Values) => {
    const documentNumber = orNull(values, 'documentNumber');
    return { lateEntry: documentNumber === null ? null : { documentNumber, reason: one(values, 'lateReason') } };
  },
  opinion: (values: Values) => ({ agrees: coded(values, 'agrees', YES_NO) === 'yes', text: one(values, 'text') }),
  text: (values: Values) => ({ text: one(values, 'text') }),
} as const;

/** What a unit does on its leg. */
export const LEG_COMMANDS = {
  SignForLeg: {
    fields: () => [],
    note: t('signForNote'),
    data: claimed,
    send: (at, values, headers) => legsSignFor({ path: onLeg(at), body: claimed(values), headers }),
  },
  ReturnLeg: {
    grave: true,
    note: t('returnNote'),
    fields: () => [
      { kind: 'choice', name: 'ground', label: t('ground'), options: wordsOf('ground', GROUNDS) },
      area('text', t('groundText'), { hint: t('groundHint') }),
    ],
    data: said.return,
    send: (at, values, headers) => legsReturnLeg({ path: onLeg(at), body: said.return(values), headers }),
  },
  ObjectToRuling: {
    note: t('objectNote'),
    fields: () => [area('text', t('objection'))],
    data: said.text,
    send: (at, values, headers) => legsObjectTo({ path: onLeg(at), body: said.text(values), headers }),
  },
  AssignLeg: {
    note: t('assignNote'),
    fields: (at) => [
      {
        kind: 'unit',
        name: 'villageId',
        label: t('village'),
        kinds: ['village', 'section'],
        within: legOf(at)?.unit.id ?? '',
        optional: true,
      },
      { kind: 'text', name: 'assignee', label: t('assignee'), max: 100 },
    ],
    send: (at, values, headers) =>
      legsAssign({ path: onLeg(at), body: { villageId: orNull(values, 'villageId'), assignee: one(values, 'assignee') }, headers }),
  },
  PlanLeg: {
    fields: () => [
      area('measures', t('measuresPlanned')),
      { kind: 'text', name: 'responsible', label: t('responsible'), max: 100 },
      { kind: 'date', name: 'targetOn', label: t('targetOn') },
    ],
    data: said.plan,
    send: (at, values, headers) => legsPlan({ path: onLeg(at), body: said.plan(values), headers }),
  },
  RecordProgress: {
    fields: () => [
      area('text', t('progress')),
      {
        kind: 'choice',
        name: 'basically',
        label: t('basically'),
        hint: t('basicallyHint'),
        options: [
          { value: 'no', label: t('no') },
          { value: 'yes', label: t('yes') },
        ],
        optional: true,
      },
      area('remains', t('remains'), { when: (values) => one(values, 'basically') === 'yes' }),
      { kind: 'date', name: 'by', label: t('remainsBy'), when: (values) => one(values, 'basically') === 'yes' },
      onDay,
    ],
    data: said.progress,
    send: (at, values, headers) => legsProgress({ path: onLeg(at), body: said.progress(values), headers }),
  },
  AskExtension: {
    note: t('extensionNote'),
    fields: () => [
      { kind: 'date', name: 'until', label: t('until') },
      area('reason', t('extensionReason')),
      area('progress', t('extensionProgress')),
    ],
    data: said.extension,
    send: (at, values, headers) => legsAskExtension({ path: onLeg(at), body: said.extension(values), headers }),
  },
  AskPause: {
    note: t('pauseNote'),
    fields: () => [
      { kind: 'choice', name: 'reason', label: t('pauseReason'), options: wordsOf('pause', PAUSE_REASONS) },
      area('text', t('pauseText')),
      { kind: 'date', name: 'until', label: t('pauseUntil') },
    ],
    data: said.pause,
    send: (at, values, headers) => legsAskPause({ path: onLeg(at), body: said.pause(values), headers }),
  },
  ResumeLeg: {
    fields: () => [],
    note: t('resumeNote'),
    data: () => ({}),
    send: (at, _values, headers) => legsResume({ path: onLeg(at), body: {}, headers }),
  },
  AnswerItems: {
    fields: () => [{ kind: 'answers', name: 'answers', label: t('answers'), hint: t('answersHint'), options: wordsOf('item', ANSWERS) }],
    send: (at, values, headers) =>
      legsAnswerItems({
        path: onLeg(at),
        body: {
          answers: rows(values, 'answers').flatMap((row) => {
            const answer = ANSWERS.find((code) => code === row['answer']);
            return answer === undefined ? [] : [{ itemId: row['itemId'] ?? '', answer, basis: orNull(row, 'basis') }];
          }),
        },
        headers,
      }),
  },
  GiveGuidance: {
    fields: () => [area('text', t('guidance'), { hint: t('guidanceHint') })],
    data: said.text,
    send: (at, values, headers) => legsGuide({ path: onLeg(at), body: said.text(values), headers }),
  },
  ReportLeg: {
    note: t('reportNote'),
    fields: ({ legId }) => [
      area('measures', t('measures')),
      area('effect', t('effect')),
      area('text', t('reportText')),
      { kind: 'date', name: 'completedOn', label: t('completedOn') },
      { kind: 'evidence', name: 'evidence', label: t('proof'), hint: t('proofHint'), legId, proof: true },
    ],
    send: (at, values, headers) =>
      legsReport({
        path: onLeg(at),
        body: {
          text: one(values, 'text'),
          measures: one(values, 'measures'),
          effect: one(values, 'effect'),
          completedOn: one(values, 'completedOn'),
          evidence: many(values, 'evidence'),
        },
        headers,
      }),
  },
  FirstReviewLeg: {
    rests: true,
    fields: () => [
      {
        kind: 'choice',
        name: 'passed',
        label: t('firstReviewResult'),
        options: [
          { value: 'yes', label: t('passes') },
          { value: 'no', label: t('passesNot') },
        ],
      },
      area('reason', t('reason'), { when: (values) => one(values, 'passed') === 'no' }),
      area('remark', t('remark'), { when: (values) => one(values, 'passed') === 'yes', optional: true }),
    ],
    data: said.firstReview,
    send: (at, values, headers) => legsFirstReview({ path: onLeg(at), body: said.firstReview(values), headers }),
  },
  SignLeg: {
    rests: true,
    note: t('signNote'),
    fields: () => [
      { kind: 'text', name: 'documentNumber', label: t('lateNumber'), hint: t('lateHint'), max: 100, optional: true },
      area('lateReason', t('lateReason'), { max: 500, when: (values) => one(values, 'documentNumber') !== '' }),
    ],
    data: said.signature,
    send: (at, values, headers) => legsSign({ path: onLeg(at), body: said.signature(values), headers }),
  },
  GiveOpinion: {
    rests: true,
    fields: () => [
      {
        kind: 'choice',
        name: 'agrees',
        label: t('opinionResult'),
        options: [
          { value: 'yes', label: t('agrees') },
          { value: 'no', label: t('disagrees') },
        ],
      },
      area('text', t('opinionText')),
    ],
    data: said.opinion,
    send: (at, values, headers) => legsOpinion({ path: onLeg(at), body: said.opinion(values), headers }),
  },
  RectifyOnTheSpot: {
    note: t('onTheSpotNote'),
    fields: ({ finding, legId }) => [
      {
        kind: 'unit',
        name: 'rectifyingUnitId',
        label: t('rectifyingUnit'),
        kinds: ['village', 'town', 'department', 'company'],
      },
      { kind: 'text', name: 'personPresent', label: t('personPresent'), max: 60 },
      { kind: 'people', name: 'inspectors', label: t('inspectors'), hint: t('inspectorsHint'), unitId: finding.team.id, atLeast: 2 },
      area('text', t('onTheSpotText')),
      { kind: 'evidence', name: 'evidence', label: t('proof'), hint: t('proofBothHint'), legId, proof: true },
    ],
    send: (at, values, headers) =>
      onTheSpotOnTheSpot({
        path: onLeg(at),
        body: {
          rectifyingUnitId: one(values, 'rectifyingUnitId'),
          personPresent: one(values, 'personPresent'),
          inspectors: many(values, 'inspectors'),
          text: one(values, 'text'),
          evidence: many(values, 'evidence'),
        },
        headers,
      }),
  },
} satisfies Readonly<Record<string, CommandSpec>>;

/** Legs of the finding by unit and line, for choices. */
export const legOptions = ({ finding, legId }: Occasion) =>
  finding.legs
    .filter((leg) => leg.legId !== legId)
    .map((leg) => ({ value: leg.legId, label: t('legName', { unit: leg.unit.name, line: word('line', leg.line) }) }));
