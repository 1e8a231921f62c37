import { rejecterFor, type Bilingual } from '@app/kernel';

/** Every refusal of a carry-over: a stable code and a sentence in both languages. */
export const CARRY_OVER_ERRORS = {
  'carry-over-not-found': { zh: '没有这条历史结转。', en: 'There is no such carry-over.' },
  'carry-over-not-yours': { zh: '历史结转由督查办办理。', en: 'Carry-overs are for the managing office.' },
  'carry-over-withdrawn': { zh: '这条历史结转已经撤销。', en: 'This carry-over was withdrawn.' },
  'carry-over-reason-required': { zh: '请写明撤销的原因。', en: 'Say why it is withdrawn.' },
  'carry-over-not-yet-cleared': {
    zh: '销号日期晚于今天，不是历史结转。',
    en: 'Cleared after today: nothing to carry over.',
  },
  'carry-over-date-in-future': { zh: '发生日不能晚于今天。', en: 'The business date cannot be in the future.' },
} as const satisfies Record<string, Bilingual>;
export type CarryOverErrorCode = keyof typeof CARRY_OVER_ERRORS;
export const reject = rejecterFor<CarryOverErrorCode>(CARRY_OVER_ERRORS);
