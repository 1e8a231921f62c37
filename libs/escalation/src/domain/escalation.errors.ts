import { rejecterFor, type Bilingual } from '@app/kernel';

export const ESCALATION_ERRORS = {
  'rung-by-rule-only': { zh: '督办建议由规则产生，不由人提出。', en: 'Rungs are proposed by rule, not by people.' },
  'rung-not-found': { zh: '没有这条督办建议。', en: 'There is no such rung.' },
  'rung-not-yours': { zh: '这一级督办不由您决定。', en: 'This rung is not yours to decide.' },
  'rung-avoidance': { zh: '不能对本单位发起或决定督办。', en: 'Nobody decides on a rung against their own unit.' },
  'rung-decided': { zh: '这条督办建议已经有了决定。', en: 'This rung was decided already.' },
  'rung-lapsed': { zh: '这条督办建议已经失效。', en: 'This rung has lapsed.' },
  'rung-ground-gone': {
    zh: '该条线已不再超期未办（已报完成、已移交、已延期或停钟），不能发出。',
    en: 'The leg is no longer overdue (handed in, moved, given more time, or its clock stands).',
  },
  'rung-of-another-unit': {
    zh: '这条督办建议不属于该单位，不能合并在同一份文书发出。',
    en: 'This rung is of another unit and cannot go out on the same notice.',
  },
  'rungs-required': { zh: '请至少选择一条督办建议。', en: 'Choose at least one rung.' },
  'rung-chosen-twice': { zh: '同一条督办建议被选择了两次。', en: 'The same rung was chosen twice.' },
  'rungs-chosen-otherwise': { zh: '这一次合并发出已经有了别的内容。', en: 'This choice of rungs was made with other contents.' },
  'rungs-not-found': { zh: '没有这次合并发出。', en: 'There is no such choice of rungs.' },
  'rung-text-required': { zh: '请填写内容。', en: 'A text is required.' },
  'rung-reason-required': { zh: '请说明理由。', en: 'A reason is required.' },
  'rung-addressee-required': { zh: '请至少选择一个发送对象。', en: 'At least one addressee is required.' },
  'rung-reply-day-invalid': { zh: '回复日期不能早于今天。', en: 'The day of the answer cannot lie in the past.' },
  'rung-not-issued': { zh: '该督办尚未发出。', en: 'This rung was not issued.' },
  'rung-answered': { zh: '该督办已经回复过了。', en: 'This rung was answered already.' },
  'interview-recorded': { zh: '该约谈已经有了记录。', en: 'This interview was recorded already.' },
  'interview-day-in-future': { zh: '约谈日期不能晚于今天。', en: 'An interview cannot lie in the future.' },
  'interview-next-day-invalid': { zh: '下次跟进日期须晚于约谈日期。', en: 'The next date must lie after the interview.' },
  'interview-people-required': { zh: '请填写约谈人和被约谈人。', en: 'Who held the interview and who was met are required.' },
  'ladder-rule-not-yours': { zh: '只有系统管理员可以维护督办阶梯规则。', en: 'Only an administrator may change the rules of the ladder.' },
  'ladder-rule-starts-too-early': {
    zh: '规则最早自明日起生效：已超期的事项不改变原有阶梯。',
    en: 'A rule begins tomorrow at the earliest: what is overdue keeps its ladder.',
  },
  'ladder-rule-starts-before-current': {
    zh: '新版本须晚于现行版本的生效日期{day}。',
    en: 'A new version must begin after the current one, which began on {day}.',
  },
  'ladder-rule-step-fixed': { zh: '规则所属的级别不能更改，请另立规则。', en: 'The step of a rule cannot change; make another rule.' },
  'ladder-rule-days-invalid': { zh: '天数须为1至365之间的整数。', en: 'The days must be a whole number from 1 to 365.' },
  'ladder-rule-addressee-required': { zh: '请至少选择一个发送对象。', en: 'At least one addressee is required.' },
  'ladder-rule-reason-required': { zh: '须说明理由或依据。', en: 'A reason or basis must be given.' },
  'ladder-rule-not-in-force': { zh: '该规则没有可停用的现行版本。', en: 'The rule has no version in force that could be ended.' },
} as const satisfies Record<string, Bilingual>;
export type EscalationErrorCode = keyof typeof ESCALATION_ERRORS;
export const reject = rejecterFor<EscalationErrorCode>(ESCALATION_ERRORS);
