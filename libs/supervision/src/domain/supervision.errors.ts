import { rejecterFor, type Bilingual } from '@app/kernel';

/** Every refusal of 挂牌督办: a stable code and a sentence in both languages. */
export const SUPERVISION_ERRORS = {
  'supervision-not-found': { zh: '没有这个挂牌督办，或者您无权查看。', en: 'There is no such case of supervision, or you may not see it.' },
  'supervision-not-yours': { zh: '您不能办理这个挂牌督办事项。', en: 'This step of supervision is not yours to take.' },
  'supervision-avoidance': {
    zh: '回避：本单位的人不能决定本单位的挂牌和摘牌。',
    en: 'Avoidance: nobody decides on the supervision of their own unit.',
  },
  'supervision-open-already': { zh: '该对象已有未办结的挂牌督办。', en: 'There is an open case of supervision about this subject.' },
  'supervision-not-proposed': { zh: '没有等待决定的挂牌建议。', en: 'There is no proposal that waits for a decision.' },
  'supervision-not-listed': { zh: '该对象目前没有挂牌。', en: 'The subject is not under supervision.' },
  'supervision-reason-required': { zh: '请写明理由。', en: 'A reason is required.' },
  'supervision-text-required': { zh: '请填写内容。', en: 'A text is required.' },
  'supervision-leader-unknown': { zh: '责任领导须是在任的包镇或分管领导。', en: 'The responsible leader must hold a leader’s post today.' },
  'supervision-deadline-invalid': { zh: '摘牌期限不能早于明天。', en: 'The deadline must be tomorrow or later.' },
  'supervision-cadence-invalid': {
    zh: '报告周期为 1 至 {most} 天。',
    en: 'The cadence of reports is 1 to {most} days.',
  },
  'supervision-criteria-required': { zh: '至少要有一条摘牌条件。', en: 'At least one criterion for the removal is required.' },
  'supervision-criteria-invalid': {
    zh: '摘牌条件与对象不符：单位用件数条件，问题用销号条件。',
    en: 'A criterion does not fit the subject: figures are of units, a clearance is of a finding.',
  },
  'supervision-period-unknown': { zh: '没有这一期报告。', en: 'No report of this period was asked for.' },
  'supervision-report-given': { zh: '第 {period} 期报告已经报送。', en: 'The report of period {period} was given already.' },
  'supervision-answers-required': { zh: '请逐条说明摘牌条件如何达到。', en: 'Say of each criterion how it is met.' },
  'supervision-removal-asked': { zh: '摘牌申请已经提出，等待领导决定。', en: 'The removal was asked for and waits for a leader.' },
  'supervision-removal-not-asked': { zh: '没有等待决定的摘牌申请。', en: 'No removal waits for a decision.' },
  'supervision-unmet-required': {
    zh: '有 {unmet} 条摘牌条件按当日数据未达到；仍要摘牌须写明理由。',
    en: '{unmet} criteria are not met by the figures of the day; removing all the same requires a reason.',
  },
  'supervision-unit-unknown': { zh: '没有这个单位，或者不能挂牌。', en: 'There is no such unit, or it cannot be put under supervision.' },
  'supervision-rule-only-admin': { zh: '挂牌规则由系统管理员设定。', en: 'Rules of supervision are set by administrators.' },
  'supervision-rule-reason-required': { zh: '请写明设定规则的依据。', en: 'The reason for the rule is required.' },
  'supervision-rule-starts-in-the-past': { zh: '规则不能从过去的日子起生效。', en: 'A rule cannot begin in the past.' },
  'supervision-rule-starts-before-current': {
    zh: '新版规则不能早于现行版的生效日 {day}。',
    en: 'A version cannot begin before the present one, {day}.',
  },
  'supervision-rule-not-in-force': { zh: '该规则没有在执行。', en: 'This rule is not in force.' },
  'supervision-rule-threshold-invalid': { zh: '每百个对象的件数须大于 0。', en: 'The threshold per 100 must be above 0.' },
  'supervision-rule-minimum-invalid': {
    zh: '最少检查对象数不能低于 {least}。',
    en: 'At least {least} subjects must have been examined.',
  },
  'supervision-rule-window-invalid': { zh: '回看天数为 {least} 至 {most} 天。', en: 'The look-back window is {least} to {most} days.' },
} as const satisfies Record<string, Bilingual>;
export type SupervisionErrorCode = keyof typeof SUPERVISION_ERRORS;
export const reject = rejecterFor<SupervisionErrorCode>(SUPERVISION_ERRORS);
