import { rejecterFor, type Bilingual } from '@app/kernel';

export type CalendarErrorCode =
  | 'calendar-only-admin'
  | 'calendar-year-unknown'
  | 'calendar-day-of-another-year'
  | 'calendar-day-twice'
  | 'calendar-swap-not-on-weekend'
  | 'calendar-incomplete'
  | 'calendar-reference-missing'
  | 'calendar-confirm-not-yours'
  | 'calendar-second-person'
  | 'calendar-nothing-proposed'
  | 'rule-starts-in-the-past'
  | 'rule-starts-before-current'
  | 'rule-kind-fixed'
  | 'rule-days-out-of-range'
  | 'rule-not-in-force'
  | 'rule-reason-missing';

export const CALENDAR_ERRORS: Readonly<Record<CalendarErrorCode, Bilingual>> = {
  'calendar-only-admin': {
    zh: '只有系统管理员可以维护日历和时限规则。',
    en: 'Only an administrator may change the calendar or the deadline rules.',
  },
  'calendar-year-unknown': { zh: '年份须在2000至2099之间。', en: 'The year must lie between 2000 and 2099.' },
  'calendar-day-of-another-year': { zh: '{day}不是{year}年的日期。', en: '{day} is not a day of {year}.' },
  'calendar-day-twice': { zh: '{day}重复出现。', en: '{day} is given twice.' },
  'calendar-swap-not-on-weekend': {
    zh: '{day}不是周六或周日，不能作为调休上班日。',
    en: '{day} is no Saturday or Sunday, so it cannot be worked in exchange.',
  },
  'calendar-incomplete': {
    zh: '缺少法定节假日{day}，安排不完整。',
    en: 'The statutory holiday {day} is missing; the arrangement is incomplete.',
  },
  'calendar-reference-missing': { zh: '须注明放假安排通知的文号。', en: 'The number of the circular must be given.' },
  'calendar-confirm-not-yours': {
    zh: '年度日历由另一名系统管理员或督查办主任确认。',
    en: 'Another administrator or the head of the office confirms a year’s calendar.',
  },
  'calendar-second-person': {
    zh: '谁提交的不能由谁确认，须第二个人确认。',
    en: 'Whoever proposed it does not confirm it; a second person does.',
  },
  'calendar-nothing-proposed': { zh: '这一年没有待确认的日历。', en: 'No calendar of this year is waiting to be confirmed.' },
  'rule-starts-in-the-past': { zh: '规则不能自过去的日期起生效。', en: 'A rule cannot begin in the past.' },
  'rule-starts-before-current': {
    zh: '新版本须晚于现行版本的生效日期{day}。',
    en: 'A new version must begin after the current one, which began on {day}.',
  },
  'rule-kind-fixed': { zh: '规则的时限类别不能更改，请另立规则。', en: 'What a rule is about cannot change; make another rule.' },
  'rule-days-out-of-range': { zh: '天数须为0至3650之间的整数。', en: 'The days must be a whole number from 0 to 3650.' },
  'rule-not-in-force': { zh: '该规则没有可停用的现行版本。', en: 'The rule has no version in force that could be retired.' },
  'rule-reason-missing': { zh: '须说明理由或依据。', en: 'A reason or basis must be given.' },
};

export const reject = rejecterFor(CALENDAR_ERRORS);
