import { rejecterFor, type Bilingual } from '@app/kernel';

export const EVIDENCE_ERRORS = {
  'evidence-too-large': { zh: '文件超过 {max} MB。', en: 'The file is larger than {max} MB.' },
  'evidence-type-unsupported': {
    zh: '只接受照片（JPEG、PNG、WebP、HEIC）、PDF、Word（.docx）、Excel（.xlsx）和 MP4，按内容判断。',
    en: 'Only photos (JPEG, PNG, WebP, HEIC), PDF, .docx, .xlsx and MP4 are taken, judged by content.',
  },
  'evidence-empty-invalid': { zh: '文件是空的。', en: 'The file is empty.' },
  'evidence-picture-unreadable': { zh: '照片无法读取，可能已损坏。', en: 'The picture cannot be read; it may be damaged.' },
  'evidence-file-unknown': { zh: '文件不在证据库中。', en: 'The file is not in the evidence store.' },
  'evidence-hash-mismatch': {
    zh: '收到的文件与发送方的校验值不符，已丢弃，请重新上传。',
    en: 'What arrived does not match the sender’s hash; it was discarded, upload it again.',
  },
  'upload-absent': { zh: '没有这个上传，或者已经过期清除。', en: 'There is no such upload, or it has expired.' },
  'upload-incomplete': {
    zh: '文件还没有传完：已收 {received}，共 {size} 字节。',
    en: 'The file has not arrived whole: {received} of {size} bytes.',
  },
  'upload-limit': { zh: '未用的上传太多（最多 {max} 个），请先完成或等待清除。', en: 'Too many unused uploads, at most {max}.' },
} as const satisfies Record<string, Bilingual>;

export type EvidenceErrorCode = keyof typeof EVIDENCE_ERRORS;
export const rejectEvidence = rejecterFor<EvidenceErrorCode>(EVIDENCE_ERRORS);
