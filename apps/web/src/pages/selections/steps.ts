import zh from '../../i18n/zh/actions.json';
import selections from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { wordsOf } from '../../i18n/words';
import { claimed, coded, one, orNull, type Command, type CommandSpec, type FieldSpec, type Values } from '../finding/actions/fields';
import { FINDING_COMMANDS } from '../finding/actions/finding.commands';
import { ANSWERS, area, LEG_COMMANDS, onDay } from '../finding/actions/legs.commands';
import { REVIEW_COMMANDS } from '../finding/actions/review.commands';

const t = textsOf(zh);
const s = textsOf(selections);

type Form = Readonly<{
  fields: () => readonly FieldSpec[];
  data: (values: Values) => Readonly<Record<string, unknown>>;
  note?: string;
  grave?: boolean;
}>;
/** A step that many rows take at once: one form for all of them, and what it says. */
export type StepForm = Form & Readonly<{ of: 'leg' | 'finding' }>;
type Alike = CommandSpec & Form;

const aside = ({ note, grave }: CommandSpec): Pick<Form, 'note' | 'grave'> => ({
  ...(note === undefined ? {} : { note }),
  ...(grave === undefined ? {} : { grave }),
});
/** The form of one finding as it is: it asks nothing that only one finding could answer. */
const alike = (of: StepForm['of'], { fields, data, ...spec }: Alike): StepForm => ({ of, fields, data, ...aside({ fields, ...spec }) });
const onLeg = (spec: Alike): StepForm => alike('leg', spec);
const onFinding = (spec: Alike): StepForm => alike('finding', spec);
const answered = (values: Values): boolean => !['', 'done'].includes(one(values, 'answer'));

/** In the order of the work. What is chosen from one finding (its files, its other legs, its villages) is not asked of many. */
export const STEPS = {
  AcceptFinding: onFinding(FINDING_COMMANDS.AcceptFinding),
  TransferFinding: { of: 'finding', fields: () => [], data: () => ({}), note: s('transferNote') },
  DismissFinding: onFinding(FINDING_COMMANDS.DismissFinding),
  LinkFinding: onFinding(FINDING_COMMANDS.LinkFinding),
  SignForLeg: { of: 'leg', fields: () => [onDay], data: claimed, note: t('signForNote') },
  AssignLeg: {
    ...aside(LEG_COMMANDS.AssignLeg),
    of: 'leg',
    fields: () => [{ kind: 'text', name: 'assignee', label: t('assignee'), max: 100 }],
    data: (values) => ({ villageId: null, assignee: one(values, 'assignee') }),
  },
  PlanLeg: onLeg(LEG_COMMANDS.PlanLeg),
  RecordProgress: onLeg(LEG_COMMANDS.RecordProgress),
  AnswerItems: {
    of: 'leg',
    fields: () => [
      { kind: 'choice', name: 'answer', label: s('everyItem'), options: wordsOf('item', ANSWERS) },
      area('basis', t('basis'), { max: 500, when: answered }),
    ],
    data: (values) => ({ every: { answer: coded(values, 'answer', ANSWERS), basis: answered(values) ? one(values, 'basis') : null } }),
  },
  ReportLeg: {
    ...aside(LEG_COMMANDS.ReportLeg),
    of: 'leg',
    fields: () => [
      area('measures', t('measures'), { hint: s('proofThere') }),
      area('effect', t('effect')),
      area('text', t('reportText')),
      { kind: 'date', name: 'completedOn', label: t('completedOn') },
    ],
    data: (values) => ({
      measures: one(values, 'measures'),
      effect: one(values, 'effect'),
      text: one(values, 'text'),
      completedOn: one(values, 'completedOn'),
    }),
  },
  FirstReviewLeg: onLeg(LEG_COMMANDS.FirstReviewLeg),
  SignLeg: onLeg(LEG_COMMANDS.SignLeg),
  GiveGuidance: onLeg(LEG_COMMANDS.GiveGuidance),
  GiveOpinion: onLeg(LEG_COMMANDS.GiveOpinion),
  AskExtension: onLeg(LEG_COMMANDS.AskExtension),
  AskPause: onLeg(LEG_COMMANDS.AskPause),
  ResumeLeg: onLeg(LEG_COMMANDS.ResumeLeg),
  ReturnLeg: onLeg(LEG_COMMANDS.ReturnLeg),
  ObjectToRuling: onLeg(LEG_COMMANDS.ObjectToRuling),
  ReplyToInstruction: { of: 'finding', fields: () => [area('text', t('reply'))], data: (values) => ({ text: one(values, 'text') }) },
  RuleOnReturn: onLeg(REVIEW_COMMANDS.RuleOnReturn),
  GrantExtension: {
    of: 'leg',
    fields: () => [
      { kind: 'date', name: 'until', label: t('grantUntil'), hint: s('untilAsked'), optional: true },
      area('reason', t('reason')),
    ],
    data: (values) => ({ until: orNull(values, 'until'), reason: one(values, 'reason') }),
  },
  RefuseExtension: onLeg(REVIEW_COMMANDS.RefuseExtension),
  GrantPause: {
    of: 'leg',
    fields: () => [
      { kind: 'date', name: 'until', label: t('pausedUntil'), hint: s('untilAsked'), optional: true },
      area('text', t('pauseBasis'), { hint: t('pauseBasisHint') }),
    ],
    data: (values) => ({ until: orNull(values, 'until'), text: one(values, 'text') }),
  },
  RefusePause: onLeg(REVIEW_COMMANDS.RefusePause),
  PassLeg: onLeg(REVIEW_COMMANDS.PassLeg),
  SendLegBack: {
    ...aside(REVIEW_COMMANDS.SendLegBack),
    of: 'leg',
    fields: () => [area('reason', t('sendBackReason'))],
    data: REVIEW_COMMANDS.SendLegBack.data,
  },
  VerifyFinding: onFinding(REVIEW_COMMANDS.VerifyFinding),
  ClearFinding: onFinding(REVIEW_COMMANDS.ClearFinding),
  PassStage: onFinding(REVIEW_COMMANDS.PassStage),
  LookBack: onFinding(REVIEW_COMMANDS.LookBack),
  RecordUpperClearance: onFinding(FINDING_COMMANDS.RecordUpperClearance),
  WithdrawFinding: onFinding(FINDING_COMMANDS.WithdrawFinding),
} as const satisfies Partial<Readonly<Record<Command, StepForm>>>;
export type Step = keyof typeof STEPS;

export const isStep = (command: string): command is Step => command in STEPS;
export const formOf = (step: Step): StepForm => STEPS[step];
