import { rejecterFor, type Bilingual } from '@app/kernel';

export type InspectionErrorCode =
  | 'inspection-not-found'
  | 'inspection-exists'
  | 'inspection-not-yours'
  | 'inspection-over'
  | 'inspection-members-required'
  | 'inspection-villages-required'
  | 'inspection-days-invalid'
  | 'inspection-team-unknown'
  | 'inspection-member-unknown'
  | 'inspection-village-unknown'
  | 'examined-not-yours'
  | 'examined-before-inspection'
  | 'examined-days-invalid'
  | 'examined-count-invalid'
  | 'examined-reason-required';

export const INSPECTION_ERRORS: Readonly<Record<InspectionErrorCode, Bilingual>> = {
  'inspection-not-found': { zh: '没有这个检查任务，或者您无权查看。', en: 'There is no such inspection task, or you may not see it.' },
  'inspection-exists': { zh: '该检查任务已经存在。', en: 'This inspection task exists already.' },
  'inspection-not-yours': {
    zh: '检查任务由督查办或本组组长安排。',
    en: 'Inspection tasks are planned by the managing office or the head of the team.',
  },
  'inspection-over': { zh: '该检查任务已经结束，不能再改。', en: 'This inspection task is over and can no longer change.' },
  'inspection-members-required': { zh: '检查任务至少要有一名成员。', en: 'An inspection task needs at least one member.' },
  'inspection-villages-required': { zh: '检查任务至少要有一个村居。', en: 'An inspection task needs at least one village.' },
  'inspection-days-invalid': {
    zh: '起止日期不对：结束不早于开始，也不早于今天，最长 {days} 天。',
    en: 'The days are not valid: the last is neither before the first nor before today, at most {days} days.',
  },
  'inspection-team-unknown': { zh: '没有这个检查组。', en: 'There is no such inspection team.' },
  'inspection-member-unknown': {
    zh: '成员须是在岗的督查人员。',
    en: 'A member must hold a post of an inspector, the office or an independent verifier.',
  },
  'inspection-village-unknown': { zh: '没有这个村居。', en: 'There is no such village.' },
  'examined-not-yours': {
    zh: '检查覆盖数由检查组成员登记，自查覆盖数由本镇街登记。',
    en: 'What was examined is told by the members of the task, and of its own checks by the town.',
  },
  'examined-before-inspection': { zh: '检查还没有开始。', en: 'The inspection has not begun yet.' },
  'examined-days-invalid': {
    zh: '起止日期不对：不能晚于今天，最长 {days} 天。',
    en: 'The days are not valid: not after today, at most {days} days.',
  },
  'examined-count-invalid': { zh: '检查对象数须是不小于 0 的整数。', en: 'The number examined is a whole number from 0 on.' },
  'examined-reason-required': { zh: '更正已登记的数须写明理由。', en: 'Correcting a number requires a reason.' },
};

export const reject = rejecterFor<InspectionErrorCode>(INSPECTION_ERRORS);
