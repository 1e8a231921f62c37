import { rejecterFor, type Bilingual } from '@app/kernel';

export const NOTIFICATION_ERRORS = {
  'notification-absent': { zh: '没有这条通知。', en: 'There is no such notification.' },
  'choice-changed': { zh: '您的通知设置已在别处改动，请刷新后再试。', en: 'Your choices were changed elsewhere: reload and try again.' },
  'choice-invalid': { zh: '免打扰时段的起止时间不能相同。', en: 'Quiet hours must begin and end at different times.' },
  'mail-address-invalid': { zh: '邮箱地址的格式不对。', en: 'This is no mail address.' },
  'mail-code-invalid': {
    zh: '确认码不对、已过期或已用过；可以重新发送。',
    en: 'The code is wrong, has expired or was used: another one can be sent.',
  },
  'mail-code-too-often': {
    zh: '一天之内最多发 {max} 次确认码，请以后再试。',
    en: 'At most {max} codes are sent in a day: try again later.',
  },
  'mail-not-configured': {
    zh: '没有设置 SMTP_URL 和 MAIL_FROM，本系统不发邮件。',
    en: 'SMTP_URL and MAIL_FROM are not set: this instance sends no mail.',
  },
  'webhook-absent': { zh: '没有这个推送地址。', en: 'There is no such webhook.' },
  'webhook-changed': { zh: '推送地址已在别处改动，请刷新后再试。', en: 'The webhook was changed elsewhere: reload and try again.' },
  'webhook-url-invalid': {
    zh: '推送地址的主机 {host} 不在 WEBHOOK_HOSTS 之内，或协议、端口与之不符。',
    en: 'The host {host} is not among WEBHOOK_HOSTS, or its protocol or port differs.',
  },
  'webhook-limit': { zh: '最多 {max} 个推送地址。', en: 'At most {max} webhooks.' },
  'webhook-secrets-limit': {
    zh: '同时最多两个有效密钥：请先停用旧的。',
    en: 'At most two secrets are valid at a time: retire the old one first.',
  },
  'webhook-last-secret': { zh: '至少要留一个有效密钥。', en: 'One secret must remain.' },
  'dead-letter-absent': { zh: '没有这条发送失败的记录。', en: 'There is no such dead letter.' },
  'reason-required': { zh: '请填写理由。', en: 'A reason is required.' },
} as const satisfies Record<string, Bilingual>;
export type NotificationErrorCode = keyof typeof NOTIFICATION_ERRORS;

export const reject = rejecterFor<NotificationErrorCode>(NOTIFICATION_ERRORS);
