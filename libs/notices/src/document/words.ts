import { localTimeOf, type LocalDate } from '@app/kernel';
import type { NoticeKind, NoticeReference, NoticeRow } from '../domain/notice.types';

/** `2020年4月21日`. */
export const dayWords = (day: LocalDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(date)}日`;
};

export const TITLES: Readonly<Record<NoticeKind, string>> = {
  assignment: '问题整改交办单',
  'rectification-notice': '限期整改通知单',
  'urging-notice': '催办通知',
  'supervision-letter': '督办函',
  'correction-notice': '更正通知',
};

const RECTIFICATIONS: Readonly<Record<NoticeRow['rectification'], string>> = {
  immediate: '立行立改',
  'time-limited': '限期整改',
  staged: '分阶段整改',
};
export const rectificationWords = ({ rectification }: NoticeRow): string => RECTIFICATIONS[rectification];

/** `2020年5月20日 17:30（15个工作日）`. */
export const dueWords = ({ dueAt, dueOn, term }: NoticeRow): string =>
  `${dayWords(dueOn)} ${localTimeOf(dueAt)}${term === null ? '' : `（${term}）`}`;

/** `《限期整改通知单》（限改〔2020〕0001号，2020年4月21日）`. */
export const referenceWords = ({ kind, number, issuedOn }: NoticeReference): string =>
  `《${TITLES[kind]}》（${number}，${dayWords(issuedOn)}）`;

const PHOTO_PHASES: Readonly<Record<string, string>> = { before: '整改前', after: '整改后' };
/** `QL-2020-000001，大泽山镇北树园村，整改前，2020年7月6日`. */
export const photoCaption = (number: string, place: string, phase: string, day: LocalDate | null): string =>
  [number, place, PHOTO_PHASES[phase] ?? phase, day === null ? '' : dayWords(day)].filter((part) => part !== '').join('，');

const DIGITS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** 一 … 十: a notice has no more parts. */
export const ordinal = (index: number): string => DIGITS[index] ?? String(index + 1);
