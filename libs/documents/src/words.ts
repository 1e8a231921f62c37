import type { LocalDate } from '@app/kernel';

/** Words that stand in the form itself; what a document says is the document's own. */
export const WORDS = {
  signer: '签发人：',
  copies: '抄送：',
  issuedOn: '印发',
  signsHere: '（签名）：',
  cutLine: '沿此虚线裁开',
  slipOf: '文号：',
  noPicture: '（图片无法显示）',
} as const;

/** Seen in place of a character that the fonts have no shape for: the compositor's mark for a missing type. */
export const MISSING_TYPE = '〓';
/** The note under a document in which it stands. */
export const missingNote = (missing: readonly string[]): string =>
  `注：“${MISSING_TYPE}”处为字库未收的字，统一码依次为：${missing.map(codeOf).join('、')}。`;
const codeOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** `2020年7月6日`: in Arabic numerals, without leading zeros. */
export const dayInWords = (day: LocalDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(date)}日`;
};

/** 主送 ends in a wide colon, whether it was typed or not. */
export const addressed = (recipient: string): string => `${recipient.replace(/[：:]\s*$/u, '')}：`;
/** 抄送 ends in a full stop. */
export const copied = (copies: readonly string[]): string => `${WORDS.copies}${copies.join('，')}。`;
