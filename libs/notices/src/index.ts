export { NoticesModule } from './notices.module';
export { NOTICE_POLICIES, NOTICE_PROJECTIONS } from './readers';
export { NOTICE_EVENT_TYPES } from './domain/notice.event-types';
export { NOTICE_ERRORS, type NoticeErrorCode } from './domain/notice.errors';
export * from './domain/notice.types';
export type * from './domain/notice.events';
export { HandleNotice, type HandleNoticeOptions, type NoticeAck, type NoticeIntent } from './application/handle-notice';
export { NoticeAddresses } from './application/notice-addresses';
export type { NoticeRequest } from './application/notice-drafts';
export type { LegGiven } from './application/notice-row';
export { NoticeNumbers } from './application/notice-numbers';
export { NOTICE_FORMATS, NoticeFiles, type NoticeFile, type NoticeFormat } from './application/notice-files';
export { NoticePreviews, type NoticePreview } from './application/notice-previews';
export { documentOf, type DocumentOptions } from './document/notice-document';
export {
  NoticeQueries,
  SIGNATURES,
  type NoticeFilter,
  type NoticeRowShown,
  type NoticeSignature,
  type NoticeWhole,
} from './read-models/notice.queries';
