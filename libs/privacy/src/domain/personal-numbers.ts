import { maskBankCard, maskIdNumber, maskPhone } from './masks';

export type PersonalKind = 'id-number' | 'phone' | 'bank-card';
/** `start` and `end` (exclusive) are offsets into the text as it was given. */
export type PersonalNumber = Readonly<{ kind: PersonalKind; start: number; end: number; masked: string }>;

/** First two digits of mainland ID numbers (GB/T 2260), with Hong Kong, Macao and Taiwan residents' cards. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

const isDay = (text: string): boolean => {
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const ms = Date.parse(`${iso}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso) && text >= '18500101';
};

/** 18 characters with a true check digit, or the 15 digits of cards issued before 2000. */
export const isIdNumber = (text: string): boolean => {
  if (!PROVINCES.has(text.slice(0, 2))) return false;
  if (/^\d{15}$/.test(text)) return isDay(`19${text.slice(6, 12)}`);
  if (!/^\d{17}[\dXx]$/.test(text) || !isDay(text.slice(6, 14))) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return CHECKS[sum % 11] === text[17]?.toUpperCase();
};

/** 16 to 19 digits that pass Luhn and begin as cards of banks do. */
export const isBankCard = (text: string): boolean => {
  if (!/^[3-69]\d{15,18}$/.test(text)) return false;
  let sum = 0;
  for (const [i, digit] of [...text].reverse().entries()) {
    const doubled = Number(digit) * (i % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

export const isPhone = (text: string): boolean => /^(?:(?:00)?86)?1[3-9]\d{9}$/.test(text);

const classify = (number: string): Pick<PersonalNumber, 'kind' | 'masked'> | null => {
  if (isIdNumber(number)) return { kind: 'id-number', masked: maskIdNumber(number) };
  if (isPhone(number)) return { kind: 'phone', masked: maskPhone(number.slice(-11)) };
  return isBankCard(number) ? { kind: 'bank-card', masked: maskBankCard(number) } : null;
};

/** Full-width digits and X become half-width, code unit by code unit, so that offsets stay true. */
const halfWidth = (text: string): string => text.replace(/[０-９Ｘｘ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** Groups of digits that people write as one number: `138 1234 5678`, `370281-19600101-1234`. */
const RUN = /\d+[Xx]?(?:[ \-\u3000\u00a0]\d+[Xx]?)*/g;
const GROUP = /\d+[Xx]?/g;
const LONGEST = 19;

const inRun = (run: string, offset: number): PersonalNumber[] => {
  const groups = [...run.matchAll(GROUP)].map((m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }));
  const found: PersonalNumber[] = [];
  for (let i = 0; i < groups.length; i += 1) {
    let joined = '';
    let best: { last: number; number: PersonalNumber } | null = null;
    for (let j = i; j < groups.length; j += 1) {
      const group = groups[j];
      const first = groups[i];
      if (group === undefined || first === undefined) break;
      joined += group.text;
      if (joined.length > LONGEST) break;
      const known = classify(joined);
      if (known !== null) best = { last: j, number: { ...known, start: offset + first.start, end: offset + group.end } };
    }
    if (best === null) continue;
    found.push(best.number);
    i = best.last;
  }
  return found;
};

/** The shortest number that is looked for has so many digits: most texts are done with here. */
const FEWEST_DIGITS = 11;
const hasDigits = (text: string): boolean => {
  let digits = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19)) digits += 1;
  }
  return digits >= FEWEST_DIGITS;
};

/** ID numbers, mobile phones and bank cards in free text, file names and cells, in order (R40). */
export const detectPersonal = (text: string): readonly PersonalNumber[] =>
  hasDigits(text) ? [...halfWidth(text).matchAll(RUN)].flatMap((m) => (m[0].length < FEWEST_DIGITS ? [] : inRun(m[0], m.index))) : [];

/** The text with every personal number masked. */
export const redact = (text: string): string => {
  let out = '';
  let from = 0;
  for (const { start, end, masked } of detectPersonal(text)) {
    out += text.slice(from, start) + masked;
    from = end;
  }
  return out + text.slice(from);
};
