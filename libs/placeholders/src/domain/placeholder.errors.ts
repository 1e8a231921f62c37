import { rejecterFor, type Bilingual } from '@app/kernel';

/** Every refusal of the placeholder: a stable code and a sentence in both languages. */
export const PLACEHOLDER_ERRORS = {
  'placeholder-not-found': { zh: '没有这个线下办理占位。', en: 'There is no such placeholder.' },
  'placeholder-already-registered': { zh: '这个线下办理占位已经登记过了。', en: 'This placeholder was registered already.' },
  'placeholder-not-yours': { zh: '线下办理占位由督查办登记和办理。', en: 'Placeholders are for the managing office.' },
  'placeholder-settled': { zh: '已经登记线下办结。', en: 'The placeholder is settled already.' },
  'placeholder-withdrawn': { zh: '这个线下办理占位已经撤销。', en: 'This placeholder was withdrawn.' },
  'placeholder-unit-invalid': {
    zh: '请选一个现有的镇街或部门：{unit}。',
    en: 'Choose a town or department that exists: {unit}.',
  },
  'placeholder-document-required': { zh: '请填写文号。', en: 'A document number is required.' },
  'placeholder-date-in-future': { zh: '发生日不能晚于今天。', en: 'The business date cannot be in the future.' },
} as const satisfies Record<string, Bilingual>;
export type PlaceholderErrorCode = keyof typeof PLACEHOLDER_ERRORS;
export const reject = rejecterFor<PlaceholderErrorCode>(PLACEHOLDER_ERRORS);
