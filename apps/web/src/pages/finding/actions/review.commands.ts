import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { wordsOf } from '../../../i18n/words';
import {
  legsRule,
  officeJointRuling,
  reviewClear,
  reviewLookBack,
  reviewPassStage,
  reviewReschedule,
  reviewReview,
  reviewRevoke,
  reviewRuleOnExtension,
  reviewRuleOnPause,
  reviewVerify,
} from '../../../api/generated/sdk.gen';
import { coded, many, one, orNull, rows, type CommandSpec, type Occasion, type Row, type Values } from './fields';
import { area, legOptions, onLeg } from './legs.commands';

const t = textsOf(zh);
const RULINGS = ['stays', 'moved', 'untrue'] as const;
const METHODS = ['on-site', 'documents', 'data', 'sample'] as const;
const LOOK_BACKS = ['holds', 'not-thorough', 'relapse'] as const;
const onFinding = ({ finding }: Occasion): Readonly<{ id: string }> => ({ id: finding.findingId });
const asked = ({ finding, legId }: Occasion) => finding.legs.find((leg) => leg.legId === legId)?.extension ?? null;
const askedToPause = ({ finding, legId }: Occasion) => finding.legs.find((leg) => leg.legId === legId)?.pause ?? null;
/** Only what passed can be opened again. */
const passedLegs = (at: Occasion) => {
  const passed = new Set(at.finding.legs.filter(({ stage }) => stage === 'passed').map(({ legId }) => legId));
  return legOptions(at).filter(({ value }) => passed.has(value));
};
const nextStage = ({ finding }: Occasion): number => finding.stages.find((stage) => !stage.passed)?.stage ?? 1;
export const stagesField = { kind: 'text', name: 'text', label: t('stageText'), max: 500 } as const;
export const stagesOf = (list: readonly Row[]): { text: string; checkOn: string }[] =>
  list.flatMap((row) => ((row['text'] ?? '').trim() === '' ? [] : [{ text: (row['text'] ?? '').trim(), checkOn: row['checkOn'] ?? '' }]));
export const stageColumns = [stagesField, { kind: 'date', name: 'checkOn', label: t('checkOn') }] as const;

/** What the forms say, for one row or for many. */
const said = {
  ruling: (values: Values) => {
    const ruling = coded(values, 'ruling', RULINGS);
    return {
      ruling,
      toUnitId: ruling === 'moved' ? orNull(values, 'toUnitId') : null,
      reason: one(values, 'reason'),
      teamNote: ruling === 'untrue' ? orNull(values, 'teamNote') : null,
    };
  },
  until: (values: Values) => ({ until: one(values, 'until'), reason: one(values, 'reason') }),
  pausedUntil: (values: Values) => ({ until: one(values, 'until'), text: one(values, 'text') }),
  reason: (values: Values) => ({ reason: one(values, 'reason') }),
  text: (values: Values) => ({ text: one(values, 'text') }),
  sentBack: (values: Values) => ({ reason: one(values, 'reason'), alsoReopen: many(values, 'alsoReopen') }),
  verified: (values: Values) => ({ method: coded(values, 'method', METHODS), text: one(values, 'text') }),
  lookedBack: (values: Values) => ({
    round: one(values, 'round'),
    result: coded(values, 'result', LOOK_BACKS),
    text: one(values, 'text'),
  }),
} as const;

/** Decisions that rest on what was seen. */
export const REVIEW_COMMANDS = {
  RuleOnReturn: {
    rests: true,
    fields: () => [
      { kind: 'choice', name: 'ruling', label: t('ruling'), options: wordsOf('ruling', RULINGS) },
      {
        kind: 'unit',
        name: 'toUnitId',
        label: t('toUnit'),
        kinds: ['town', 'department', 'company', 'office'],
        when: (values) => one(values, 'ruling') === 'moved',
      },
      area('reason', t('reason')),
      area('teamNote', t('teamNote'), { hint: t('teamNoteHint'), when: (values) => one(values, 'ruling') === 'untrue' }),
    ],
    data: said.ruling,
    send: (at, values, headers) => legsRule({ path: onLeg(at), body: said.ruling(values), headers }),
  },
  RecordJointRuling: {
    rests: true,
    note: t('jointNote'),
    fields: (at) => [
      { kind: 'choice', name: 'leadingLegId', label: t('leadingLeg'), options: legOptions({ ...at, legId: null }) },
      area('text', t('jointText')),
      { kind: 'lines', name: 'participants', label: t('participants'), atLeast: 2, max: 100 },
    ],
    send: (at, values, headers) =>
      officeJointRuling({
        path: onFinding(at),
        body: { text: one(values, 'text'), participants: many(values, 'participants'), leadingLegId: one(values, 'leadingLegId') },
        headers,
      }),
  },
  GrantExtension: {
    rests: true,
    fields: (at) => [
      {
        kind: 'date',
        name: 'until',
        label: t('grantUntil'),
        ...(asked(at) === null ? {} : { hint: t('askedUntil', { day: asked(at)?.until ?? '' }) }),
      },
      area('reason', t('reason')),
    ],
    data: said.until,
    send: (at, values, headers) => reviewRuleOnExtension({ path: onLeg(at), body: { granted: true, ...said.until(values) }, headers }),
  },
  RefuseExtension: {
    rests: true,
    grave: true,
    fields: () => [area('reason', t('reason'))],
    data: said.reason,
    send: (at, values, headers) => reviewRuleOnExtension({ path: onLeg(at), body: { granted: false, ...said.reason(values) }, headers }),
  },
  GrantPause: {
    rests: true,
    note: t('grantPauseNote'),
    fields: (at) => [
      {
        kind: 'date',
        name: 'until',
        label: t('pausedUntil'),
        ...(askedToPause(at) === null ? {} : { hint: t('pauseAskedUntil', { day: askedToPause(at)?.until ?? '' }) }),
      },
      area('text', t('pauseBasis'), { hint: t('pauseBasisHint') }),
    ],
    data: said.pausedUntil,
    send: (at, values, headers) => reviewRuleOnPause({ path: onLeg(at), body: { granted: true, ...said.pausedUntil(values) }, headers }),
  },
  RefusePause: {
    rests: true,
    grave: true,
    fields: () => [area('reason', t('reason'))],
    data: said.reason,
    send: (at, values, headers) => reviewRuleOnPause({ path: onLeg(at), body: { granted: false, ...said.reason(values) }, headers }),
  },
  PassLeg: {
    rests: true,
    fields: () => [area('text', t('reviewText'))],
    data: said.text,
    send: (at, values, headers) => reviewReview({ path: onLeg(at), body: { result: 'passed', ...said.text(values) }, headers }),
  },
  SendLegBack: {
    rests: true,
    grave: true,
    note: t('sendBackNote'),
    fields: (at) => [
      area('reason', t('sendBackReason')),
      ...(passedLegs(at).length === 0
        ? []
        : [
            {
              kind: 'checks',
              name: 'alsoReopen',
              label: t('alsoReopen'),
              hint: t('alsoReopenHint'),
              options: passedLegs(at),
              optional: true,
            } as const,
          ]),
    ],
    data: said.sentBack,
    send: (at, values, headers) => reviewReview({ path: onLeg(at), body: { result: 'sent-back', ...said.sentBack(values) }, headers }),
  },
  VerifyFinding: {
    rests: true,
    fields: () => [
      { kind: 'choice', name: 'method', label: t('method'), options: wordsOf('method', METHODS) },
      area('text', t('verifyText')),
    ],
    data: said.verified,
    send: (at, values, headers) => reviewVerify({ path: onFinding(at), body: said.verified(values), headers }),
  },
  ClearFinding: {
    rests: true,
    note: t('clearNote'),
    fields: () => [area('text', t('clearText'))],
    data: said.text,
    send: (at, values, headers) => reviewClear({ path: onFinding(at), body: said.text(values), headers }),
  },
  RevokeClearance: {
    rests: true,
    grave: true,
    note: t('revokeNote'),
    fields: (at) => [
      area('reason', t('reason')),
      { kind: 'text', name: 'level', label: t('level'), hint: t('levelHint'), max: 100 },
      {
        kind: 'checks',
        name: 'legIds',
        label: t('revokedLegs'),
        hint: t('revokedLegsHint'),
        options: legOptions({ ...at, legId: null }),
        optional: true,
      },
    ],
    send: (at, values, headers) =>
      reviewRevoke({
        path: onFinding(at),
        body: { reason: one(values, 'reason'), level: one(values, 'level'), legIds: many(values, 'legIds') },
        headers,
      }),
  },
  LookBack: {
    rests: true,
    fields: () => [
      { kind: 'text', name: 'round', label: t('round'), hint: t('roundHint'), max: 100 },
      { kind: 'choice', name: 'result', label: t('lookBackResult'), hint: t('lookBackHint'), options: wordsOf('look-back', LOOK_BACKS) },
      area('text', t('lookBackText')),
    ],
    data: said.lookedBack,
    send: (at, values, headers) => reviewLookBack({ path: onFinding(at), body: said.lookedBack(values), headers }),
  },
  PassStage: {
    rests: true,
    fields: () => [area('text', t('stagePassed'))],
    send: (at, values, headers) => reviewPassStage({ path: { ...onFinding(at), stage: nextStage(at) }, body: said.text(values), headers }),
    data: said.text,
  },
  RescheduleStages: {
    rests: true,
    fields: () => [
      {
        kind: 'rows',
        name: 'stages',
        label: t('stages'),
        hint: t('stagesHint'),
        columns: stageColumns,
        atLeast: 1,
        addLabel: t('addStage'),
      },
      area('reason', t('reason'), { max: 500 }),
    ],
    send: (at, values, headers) =>
      reviewReschedule({
        path: onFinding(at),
        body: { stages: stagesOf(rows(values, 'stages')), reason: one(values, 'reason') },
        headers,
      }),
  },
} satisfies Readonly<Record<string, CommandSpec>>;
