import { rejecterFor, type Bilingual } from '@app/kernel';

/** Every refusal of the notice: a stable code and a sentence in both languages. */
export const NOTICE_ERRORS = {
  'notice-not-found': { zh: '没有这份文书。', en: 'There is no such notice.' },
  'notice-already-issued': {
    zh: '这份文书已经印发，不能更改；请另发更正通知。',
    en: 'The notice was issued; only a correction can follow.',
  },
  'notice-not-yours': { zh: '这一步不归您的岗位办理。', en: 'This step is not for your post.' },
  'notice-findings-required': { zh: '请选择要写进文书的问题。', en: 'A notice needs at least one finding.' },
  'notice-finding-twice': { zh: '问题 {number} 在文书里出现了两次。', en: 'Finding {number} stands on the notice twice.' },
  'notice-finding-not-found': { zh: '所选问题不存在，或者不归您办理。', en: 'A chosen finding does not exist or is not for you.' },
  'notice-leg-not-delivered': { zh: '问题 {number} 还没有交办，或者已经办结。', en: 'Finding {number} is not handed over, or is closed.' },
  'notice-leg-of-another-unit': {
    zh: '问题 {number} 的责任单位不是主送单位：一份文书只发一个单位。',
    en: 'Finding {number} is with another unit: a notice goes to one unit.',
  },
  'notice-leg-passed': {
    zh: '问题 {number} 已经复核通过，不能再发文书。',
    en: 'Finding {number} has passed review; no notice can be issued.',
  },
  'notice-leg-guides': {
    zh: '主送单位在问题 {number} 上只负指导责任，不发限期整改通知单。',
    en: 'The unit only guides on finding {number}; it owes no rectification.',
  },
  'notice-inspectors-required': {
    zh: '限期整改通知单要有两名检查人员签名。',
    en: 'A rectification notice is signed by two inspectors.',
  },
  'notice-unit-unknown': { zh: '主送单位不存在或者已经撤并。', en: 'The unit does not exist or was merged.' },
  'notice-person-unknown': { zh: '检查人员或签发人不在名册上。', en: 'An inspector or the signer is not on the register.' },
  'notice-feedback-day-invalid': { zh: '反馈日期不能早于今天。', en: 'The day for the answer cannot be in the past.' },
  'notice-days-invalid': { zh: '检查的起止日期不对。', en: 'The days of the inspection do not fit together.' },
  'notice-text-required': { zh: '请填写内容。', en: 'A text is required.' },
  'notice-reason-required': { zh: '请填写拒收原因。', en: 'The reason of the refusal is required.' },
  'notice-witnesses-required': { zh: '拒收要有两名见证人。', en: 'A refusal needs two witnesses.' },
  'notice-recipient-required': { zh: '请填写接收人。', en: 'Say who received it.' },
  'notice-delivery-time-invalid': {
    zh: '送达时间不能早于印发，也不能晚于现在。',
    en: 'It was delivered neither before it was issued nor after now.',
  },
  'notice-signed': { zh: '文书已经签收，不能再记拒收。', en: 'The notice was signed for; no refusal can follow.' },
  'notice-photos-invalid': { zh: '一份文书最多附 {max} 张照片。', en: 'At most {max} photos go with a notice.' },
  'notice-photo-unsupported': {
    zh: '附页只收整改前、整改后的 JPEG 和 PNG 照片。',
    en: 'Only JPEG and PNG photos from before or after the rectification are annexed.',
  },
  'notice-photo-sensitive': {
    zh: '问题 {number} 只有指定人员可以知情，照片不能附进文书。',
    en: 'Finding {number} is for named handlers only; its photos go on no notice.',
  },
  'notice-evidence-invalid': { zh: '所附材料不属于文书上的问题。', en: 'The evidence belongs to none of the findings on the notice.' },
} as const satisfies Record<string, Bilingual>;
export type NoticeErrorCode = keyof typeof NOTICE_ERRORS;
export const reject = rejecterFor<NoticeErrorCode>(NOTICE_ERRORS);
