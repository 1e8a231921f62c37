import { reject, type IdentityErrorCode } from './identity.errors';

export const LOGIN = /^[a-z0-9][a-z0-9._-]{2,39}$/;
const SHORTEST = 10;
const LONGEST = 200;

/** Beginnings of what people choose first; compared without case and without trailing digits and signs. */
const COMMON = new Set([
  'password',
  'passw0rd',
  'p@ssw0rd',
  'p@ssword',
  'admin',
  'administrator',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefgh',
  'abcdefghij',
  'abc',
  'iloveyou',
  'letmein',
  'welcome',
  'woaini',
  'root',
  'user',
  'test',
  'qingling',
  'pingdu',
  'mima',
  'changeme',
]);

const isCommon = (password: string): boolean => {
  const lower = password.toLowerCase();
  const stem = lower.replace(/[^a-z]+$/u, '');
  if (stem === '' ? /^\d+$/.test(lower) : COMMON.has(stem)) return true;
  return new Set(lower).size < 4 || isSequence(lower);
};

/** `1234567890`, `abcdefghij`, also downwards. */
const isSequence = (text: string): boolean => {
  const steps = new Set([...text].slice(1).map((c, i) => c.charCodeAt(0) - text.charCodeAt(i)));
  return steps.size === 1;
};

/** What speaks against a password, null when nothing does. */
export const weaknessOf = (password: string, login: string): IdentityErrorCode | null => {
  const length = [...password].length;
  if (length < SHORTEST) return 'password-too-short';
  if (length > LONGEST) return 'password-too-long';
  if (password.toLowerCase().includes(login.toLowerCase())) return 'password-is-login';
  return isCommon(password) ? 'password-common' : null;
};

export const checkPassword = (password: string, login: string): void => {
  const weakness = weaknessOf(password, login);
  if (weakness !== null) reject(weakness);
};
