import { rejecterFor, type Bilingual } from '@app/kernel';

/** Every refusal of the list: a stable code and a sentence in both languages. */
export const LIST_ERRORS = {
  'list-not-found': { zh: '没有这份清单。', en: 'There is no such list.' },
  'list-already-drafted': { zh: '这份清单已经有了。', en: 'This list exists already.' },
  'list-not-yours': { zh: '清单由发出单位的督查人员办理。', en: 'A list is for the office of its issuing unit.' },
  'list-discarded': { zh: '这份清单已经作废。', en: 'This list was discarded.' },
  'list-issued': { zh: '清单已经印发，不能再改；新的行请走补充清单。', en: 'The list is issued and frozen; new rows make a supplement.' },
  'list-not-issued': { zh: '清单还没有印发。', en: 'The list has not been issued.' },
  'list-empty': { zh: '清单里没有行。', en: 'The list has no rows.' },
  'list-title-required': { zh: '请填写清单标题。', en: 'The list needs a title.' },
  'list-number-required': { zh: '印发要有文号。', en: 'Issuing needs a number.' },
  'list-reason-required': { zh: '请填写理由。', en: 'A reason is required.' },
  'list-date-in-future': { zh: '清单日期不能晚于今天。', en: 'The date of a list cannot be in the future.' },
  'row-not-found': { zh: '清单里没有这一行。', en: 'The list has no such row.' },
  'row-issued': { zh: '这一行已经印发，不能再改；请在问题上更正。', en: 'This row is issued and frozen; correct the finding instead.' },
  'row-text-required': { zh: '行里没有问题表述。', en: 'The row does not say what the problem is.' },
  'row-unit-invalid': { zh: '行里的单位不存在：{unit}。', en: 'A unit of the row does not exist: {unit}.' },
  'row-category-invalid': { zh: '行里的类别不存在：{category}。', en: 'The category of the row does not exist: {category}.' },
  'row-date-in-future': { zh: '发现日期不能晚于今天。', en: 'A problem cannot be found in the future.' },
  'upper-needs-batch': { zh: '上级反馈的清单要写明批次。', en: 'A list from an upper level needs its batch.' },
} as const satisfies Record<string, Bilingual>;
export type ListErrorCode = keyof typeof LIST_ERRORS;
export const reject = rejecterFor<ListErrorCode>(LIST_ERRORS);
