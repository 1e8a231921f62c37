import { rejecterFor, type Bilingual } from '@app/kernel';

export type PrivacyErrorCode = 'purpose-missing' | 'subject-erased' | 'sealed-unreadable' | 'master-key-broken' | 'master-key-other';

export const PRIVACY_ERRORS: Readonly<Record<PrivacyErrorCode, Bilingual>> = {
  'purpose-missing': {
    zh: '查看完整信息须填写用途（至少 2 个字）。',
    en: 'Reading this in full needs a purpose of at least two characters.',
  },
  'subject-erased': { zh: '该对象的个人信息已销毁。', en: 'The personal data of this subject has been erased.' },
  'sealed-unreadable': {
    zh: '个人信息无法解密：内容被改动，或不属于该对象。',
    en: 'The personal data cannot be opened: it was altered or belongs to another subject.',
  },
  'master-key-broken': { zh: '主密钥文件已损坏：{file} 应为 32 字节。', en: 'The master key is damaged: {file} should hold 32 bytes.' },
  'master-key-other': {
    zh: '主密钥与数据库不符，请恢复原来的密钥文件：{file}。',
    en: 'The master key is not the one this database was written with: restore the former {file}.',
  },
};
export const reject = rejecterFor<PrivacyErrorCode>(PRIVACY_ERRORS);
