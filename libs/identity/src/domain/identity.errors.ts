import { rejecterFor, type Bilingual } from '@app/kernel';

export type IdentityErrorCode =
  | 'sign-in-failed'
  | 'login-malformed'
  | 'login-taken'
  | 'account-absent'
  | 'account-withdrawn'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-is-login'
  | 'password-common'
  | 'password-unchanged'
  | 'password-wrong'
  | 'token-absent'
  | 'token-name-missing'
  | 'first-administrator-exists'
  | 'device-absent'
  | 'device-withdrawn'
  | 'device-limit'
  | 'fresh-sign-in-required';

export const IDENTITY_ERRORS: Readonly<Record<IdentityErrorCode, Bilingual>> = {
  // One sentence for every reason: nobody learns from it which accounts exist.
  'sign-in-failed': {
    zh: '登录名或密码不正确，或者账号因多次失败被暂时锁定。',
    en: 'The login or the password is wrong, or the account is locked for a while after too many attempts.',
  },
  'login-malformed': {
    zh: '登录名为 3 到 40 个小写字母、数字、点、下划线或连字符，以字母或数字开头。',
    en: 'A login has 3 to 40 lower-case letters, digits, dots, underscores or hyphens and begins with a letter or digit.',
  },
  'login-taken': { zh: '该登录名已被使用。', en: 'This login is taken.' },
  'account-absent': { zh: '没有这个账号。', en: 'There is no such account.' },
  'account-withdrawn': { zh: '该账号已停用。', en: 'This account is withdrawn.' },
  'password-too-short': { zh: '密码至少 10 个字符。', en: 'A password has at least 10 characters.' },
  'password-too-long': { zh: '密码最多 200 个字符。', en: 'A password has at most 200 characters.' },
  'password-is-login': { zh: '密码不能包含登录名。', en: 'A password must not contain the login.' },
  'password-common': { zh: '这个密码太常见，容易被猜到。', en: 'This password is common and easy to guess.' },
  'password-unchanged': { zh: '新密码不能与原密码相同。', en: 'The new password must differ from the old one.' },
  'password-wrong': { zh: '原密码不正确。', en: 'The present password is wrong.' },
  'token-absent': { zh: '没有这个令牌。', en: 'There is no such token.' },
  'token-name-missing': { zh: '请填写令牌用途。', en: 'Say what the token is for.' },
  'first-administrator-exists': {
    zh: '已经有账号，不能再创建第一个管理员。',
    en: 'There are accounts already: the first administrator exists.',
  },
  'device-absent': { zh: '没有这台设备。', en: 'There is no such device.' },
  'device-withdrawn': {
    zh: '这台设备或它的账号已停用，本机保存的内容须清除。',
    en: 'This device or its account is withdrawn; what it keeps must be wiped.',
  },
  'device-limit': {
    zh: '一个账号最多登记 {max} 台设备，请先移除不用的。',
    en: 'An account has at most {max} devices; remove one that is no longer used.',
  },
  'fresh-sign-in-required': {
    zh: '请重新登录后 {minutes} 分钟内再试。',
    en: 'Sign in again and try within {minutes} minutes.',
  },
};
export const reject = rejecterFor<IdentityErrorCode>(IDENTITY_ERRORS);
