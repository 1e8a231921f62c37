import type { NoticeId } from '../domain/notice.types';

export const NOTICE_STREAMS = 'notice-';
export const noticeStream = (id: NoticeId): string => `${NOTICE_STREAMS}${id}`;
export const noticeIdOf = (stream: string): NoticeId => stream.slice(NOTICE_STREAMS.length) as NoticeId;
