import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { wordsOf } from '../../../i18n/words';
import {
  evidenceRemove,
  findingsAddItems,
  findingsComment,
  findingsCorrect,
  findingsWithdraw,
  leadersInstruct,
  leadersReply,
  leadersUpperAnswer,
  leadersUpperClearance,
  officeAccept,
  officeDismiss,
  officeLink,
  officeSplit,
} from '../../../api/generated/sdk.gen';
import { coded, many, one, orNull, rows, type CommandSpec, type Occasion, type Values } from './fields';
import { area, legOptions } from './legs.commands';
import { stageColumns, stagesOf } from './review.commands';

const t = textsOf(zh);
const SERIOUSNESS = ['ordinary', 'serious', 'major'] as const;
const RECTIFICATIONS = ['immediate', 'time-limited', 'staged'] as const;
const SUBJECTS = ['household', 'person', 'project', 'village', 'unit', 'facility', 'other'] as const;
const UPPER_ANSWERS = ['dismissed', 'merged', 'extended', 'other'] as const;
const onFinding = ({ finding }: Occasion): Readonly<{ id: string }> => ({ id: finding.findingId });
const unanswered = ({ finding }: Occasion) => finding.instructions.filter(({ reply }) => reply === null);

/** What the forms say, for one row or for many. */
const said = {
  withdrawn: (values: Values) => ({ reason: one(values, 'reason'), documentNumber: orNull(values, 'documentNumber') }),
  dismissed: (values: Values) => ({ reason: one(values, 'reason'), teamNote: orNull(values, 'teamNote') }),
  linked: (values: Values) => ({ to: one(values, 'to'), reason: one(values, 'reason') }),
  accepted: (values: Values) => ({
    rectification: coded(values, 'rectification', RECTIFICATIONS),
    seriousness: coded(values, 'seriousness', SERIOUSNESS),
    reason: orNull(values, 'reason'),
    stages: one(values, 'rectification') === 'staged' ? stagesOf(rows(values, 'stages')) : [],
  }),
  clearedAbove: (values: Values) => ({ documentNumber: one(values, 'documentNumber'), text: one(values, 'text') }),
} as const;

/** What is done to the finding as a whole. */
export const FINDING_COMMANDS = {
  CorrectFinding: {
    rests: true,
    fields: () => [
      area('text', t('correctText'), { optional: true }),
      area('basis', t('basis'), { max: 500, optional: true }),
      { kind: 'choice', name: 'seriousness', label: t('seriousness'), options: wordsOf('seriousness', SERIOUSNESS), optional: true },
      area('suggestedMeasure', t('suggestedMeasure'), { max: 1000, optional: true }),
      area('reason', t('correctReason'), { max: 500 }),
    ],
    send: (at, values, headers) => {
      const changes = {
        ...(one(values, 'text') === '' ? {} : { text: one(values, 'text') }),
        ...(one(values, 'basis') === '' ? {} : { basis: one(values, 'basis') }),
        ...(one(values, 'suggestedMeasure') === '' ? {} : { suggestedMeasure: one(values, 'suggestedMeasure') }),
        ...(one(values, 'seriousness') === '' ? {} : { seriousness: coded(values, 'seriousness', SERIOUSNESS) }),
      };
      return findingsCorrect({ path: onFinding(at), body: { reason: one(values, 'reason'), changes }, headers });
    },
  },
  AddItems: {
    note: t('itemsNote'),
    fields: () => [
      {
        kind: 'rows',
        name: 'items',
        label: t('items'),
        atLeast: 1,
        addLabel: t('addItem'),
        columns: [
          { kind: 'choice', name: 'kind', label: t('subjectKind'), options: wordsOf('subject', SUBJECTS) },
          { kind: 'text', name: 'name', label: t('subjectName'), max: 100 },
          { kind: 'text', name: 'text', label: t('itemText'), max: 500 },
        ],
      },
    ],
    send: (at, values, headers) =>
      findingsAddItems({
        path: onFinding(at),
        body: {
          items: rows(values, 'items')
            .filter((row) => one(row, 'name') !== '')
            .map((row) => ({ subject: { kind: coded(row, 'kind', SUBJECTS), name: one(row, 'name') }, text: one(row, 'text') })),
        },
        headers,
      }),
  },
  RemoveEvidence: {
    grave: true,
    note: t('removeNote'),
    fields: ({ finding }) => [
      {
        kind: 'choice',
        name: 'evidenceId',
        label: t('evidence'),
        options: finding.evidence
          .filter(({ removed }) => !removed)
          .map(({ evidenceId, name, by }) => ({ value: evidenceId, label: t('fileBy', { name, by: by.name }) })),
      },
      area('reason', t('reason'), { max: 500 }),
    ],
    send: (at, values, headers) =>
      evidenceRemove({
        path: { ...onFinding(at), evidenceId: one(values, 'evidenceId') },
        body: { reason: one(values, 'reason') },
        headers,
      }),
  },
  AddComment: {
    fields: (at) => [
      area('text', t('comment')),
      { kind: 'choice', name: 'legId', label: t('aboutLeg'), options: legOptions({ ...at, legId: null }), optional: true },
    ],
    send: (at, values, headers) =>
      findingsComment({ path: onFinding(at), body: { text: one(values, 'text'), legId: orNull(values, 'legId') }, headers }),
  },
  WithdrawFinding: {
    rests: true,
    grave: true,
    fields: () => [
      area('reason', t('reason'), { max: 1000 }),
      { kind: 'text', name: 'documentNumber', label: t('documentNumber'), hint: t('withdrawHint'), max: 100, optional: true },
    ],
    data: said.withdrawn,
    send: (at, values, headers) => findingsWithdraw({ path: onFinding(at), body: said.withdrawn(values), headers }),
  },
  DismissFinding: {
    rests: true,
    grave: true,
    fields: () => [
      area('reason', t('reason'), { max: 1000 }),
      area('teamNote', t('teamNote'), { hint: t('dismissNoteHint'), max: 1000, optional: true }),
    ],
    data: said.dismissed,
    send: (at, values, headers) => officeDismiss({ path: onFinding(at), body: said.dismissed(values), headers }),
  },
  LinkFinding: {
    rests: true,
    note: t('linkNote'),
    fields: () => [{ kind: 'finding', name: 'to', label: t('linkTo'), hint: t('linkToHint') }, area('reason', t('reason'), { max: 1000 })],
    data: said.linked,
    send: (at, values, headers) => officeLink({ path: onFinding(at), body: said.linked(values), headers }),
  },
  AcceptFinding: {
    rests: true,
    fields: () => [
      { kind: 'choice', name: 'rectification', label: t('rectification'), options: wordsOf('rectification', RECTIFICATIONS) },
      { kind: 'choice', name: 'seriousness', label: t('seriousness'), options: wordsOf('seriousness', SERIOUSNESS) },
      {
        kind: 'rows',
        name: 'stages',
        label: t('stages'),
        hint: t('stagesHint'),
        columns: stageColumns,
        atLeast: 1,
        addLabel: t('addStage'),
        when: (values) => one(values, 'rectification') === 'staged',
      },
      area('reason', t('acceptReason'), { max: 1000, optional: true }),
    ],
    data: said.accepted,
    send: (at, values, headers) => officeAccept({ path: onFinding(at), body: said.accepted(values), headers }),
  },
  SplitFinding: {
    rests: true,
    note: t('splitNote'),
    fields: () => [{ kind: 'unit', name: 'towns', label: t('towns'), kinds: ['town'], several: 2 }],
    send: (at, values, headers) => officeSplit({ path: onFinding(at), body: { towns: many(values, 'towns') }, headers }),
  },
  GiveInstruction: {
    fields: () => [
      area('text', t('instruction')),
      {
        kind: 'unit',
        name: 'toUnits',
        label: t('instructedUnits'),
        kinds: ['town', 'department', 'office', 'company', 'team'],
        several: 1,
      },
      { kind: 'date', name: 'replyBy', label: t('replyBy'), hint: t('replyByHint'), optional: true },
      { kind: 'date', name: 'rectifyBy', label: t('rectifyBy'), hint: t('rectifyByHint'), optional: true },
    ],
    send: (at, values, headers) =>
      leadersInstruct({
        path: onFinding(at),
        body: {
          text: one(values, 'text'),
          toUnits: many(values, 'toUnits'),
          replyBy: orNull(values, 'replyBy'),
          rectifyBy: orNull(values, 'rectifyBy'),
        },
        headers,
      }),
  },
  ReplyToInstruction: {
    fields: (at) => [
      {
        kind: 'choice',
        name: 'seq',
        label: t('whichInstruction'),
        options: unanswered(at).map(({ seq, leader, text }) => ({
          value: String(seq),
          label: t('instructionOf', { leader: leader.name, text }),
        })),
      },
      area('text', t('reply')),
    ],
    send: (at, values, headers) =>
      leadersReply({ path: { ...onFinding(at), seq: Number(one(values, 'seq')) }, body: { text: one(values, 'text') }, headers }),
  },
  RecordUpperAnswer: {
    rests: true,
    fields: () => [
      { kind: 'choice', name: 'answer', label: t('upperAnswer'), options: wordsOf('upper-answer', UPPER_ANSWERS) },
      { kind: 'text', name: 'documentNumber', label: t('documentNumber'), max: 100 },
      area('text', t('upperText')),
      { kind: 'date', name: 'due', label: t('upperDue'), when: (values) => one(values, 'answer') === 'extended' },
    ],
    send: (at, values, headers) => {
      const answer = coded(values, 'answer', UPPER_ANSWERS);
      const due = answer === 'extended' ? orNull(values, 'due') : null;
      const body = { answer, documentNumber: one(values, 'documentNumber'), text: one(values, 'text'), due };
      return leadersUpperAnswer({ path: onFinding(at), body, headers });
    },
  },
  RecordUpperClearance: {
    rests: true,
    fields: () => [{ kind: 'text', name: 'documentNumber', label: t('documentNumber'), max: 100 }, area('text', t('upperText'))],
    data: said.clearedAbove,
    send: (at, values, headers) => leadersUpperClearance({ path: onFinding(at), body: said.clearedAbove(values), headers }),
  },
} satisfies Readonly<Record<string, CommandSpec>>;
