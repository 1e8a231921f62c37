import { detectPersonal, redact, secrecyMark } from '@app/privacy';
import { ProblemError } from '../platform/problem';

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** Fields that hold personal numbers by their nature; they are sealed or hashed, not searched. */
const SEALED = new Set(['idNumber', 'phone', 'bankCard', 'mailbox', 'login', 'password', 'present', 'wanted']);
const PEOPLE: ReadonlySet<Json> = new Set(['household', 'person']);
const isSealed = (key: string, { kind }: { readonly [key: string]: Json }): boolean =>
  SEALED.has(key) || (key === 'name' && kind !== undefined && PEOPLE.has(kind));
/** Digits of an id or of a file's hash may look like a telephone number or a bank card. */
const ID_OR_HASH = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$/i;

const visit = (value: Json, path: string, onText: (text: string, path: string) => string): Json => {
  if (typeof value === 'string') return ID_OR_HASH.test(value) ? value : onText(value, path);
  if (Array.isArray(value)) return value.map((v: Json, i) => visit(v, `${path}[${i}]`, onText));
  if (value === null || typeof value !== 'object') return value;
  const fields = value as { readonly [key: string]: Json };
  return Object.fromEntries(
    Object.entries(fields).map(([key, v]) => [key, isSealed(key, fields) ? v : visit(v, path === '' ? key : `${path}.${key}`, onText)]),
  );
};

/**
 * R39 and R40 on everything that is typed: a mark of secrecy is refused; ID numbers, phones and bank cards in free text
 * are shown masked, and replaced when the writer confirms (`X-Redact-Personal-Data: confirmed`).
 */
export const withoutPersonalNumbers = <T>(body: T, confirmed: boolean): T => {
  const found: { field: string; kind: string; masked: string }[] = [];
  const clean = visit(body as Json, '', (text, field) => {
    if (secrecyMark(text) !== null) {
      throw new ProblemError(422, 'secrecy-mark', {
        zh: '内容带有密级标志，不能录入，请按保密规定线下办理。',
        en: 'The content bears a mark of secrecy and may not go in; handle it offline by the rules of secrecy.',
      });
    }
    const hits = detectPersonal(text);
    found.push(...hits.map(({ kind, masked }) => ({ field, kind, masked })));
    return hits.length === 0 ? text : redact(text);
  });
  if (found.length > 0 && !confirmed) {
    throw new ProblemError(
      422,
      'personal-data-found',
      {
        zh: '文字里有身份证号、电话或银行卡号。确认后将以遮盖形式代替，请带上 X-Redact-Personal-Data: confirmed 重发。',
        en: 'The text holds ID numbers, phones or bank cards. Send again with X-Redact-Personal-Data: confirmed to have them masked.',
      },
      { found },
    );
  }
  return clean as T;
};
