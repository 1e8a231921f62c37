import { addDays, localDate, yearOf, type LocalDate } from '@app/kernel';
import type { CellValue } from './sheet';
import { tidy } from './text';

export type DateContext = Readonly<{ listDate: LocalDate; date1904: boolean }>;
export type ReadDate =
  | Readonly<{ kind: 'day'; day: LocalDate; assumed: null | 'year' | 'reading' }>
  | Readonly<{ kind: 'immediate' }>
  | Readonly<{ kind: 'staged' }>
  | Readonly<{ kind: 'duration' }>
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'unreadable' }>;

const UNREADABLE: ReadDate = { kind: 'unreadable' };
const EPOCH_1900 = localDate('1899-12-30');
const EPOCH_1904 = localDate('1904-01-01');
const pad = (n: number): string => String(n).padStart(2, '0');

const makeDay = (year: number, month: number, day: number): LocalDate | null => {
  const text = `${String(year)}-${pad(month)}-${pad(day)}`;
  try {
    return year >= 1990 && year <= 2100 ? localDate(text) : null;
  } catch {
    return null;
  }
};
const on = (day: LocalDate | null, assumed: null | 'year' | 'reading'): ReadDate =>
  day === null ? UNREADABLE : { kind: 'day', day, assumed };

/** The last day of a month. */
export const monthEnd = (year: number, month: number): LocalDate | null => {
  const first = month === 12 ? makeDay(year + 1, 1, 1) : makeDay(year, month + 1, 1);
  return first === null || month < 1 || month > 12 ? null : addDays(first, -1);
};

const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

const readNumber = (value: number, context: DateContext): ReadDate => {
  if (Number.isInteger(value) && value >= 19_900_101 && value <= 21_001_231) {
    return on(makeDay(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100), null);
  }
  // 30 000 is 1982, 75 000 is 2105: outside, a number in a date column is something else.
  if (value >= 30_000 && value < 75_000) return on(addDays(context.date1904 ? EPOCH_1904 : EPOCH_1900, Math.floor(value)), null);
  // A typed "4.21" has become a number.
  const typed = /^(\d{1,2})\.(\d{1,2})$/.exec(String(value));
  return typed ? on(makeDay(yearOf(context.listDate), Number(typed[1]), Number(typed[2])), 'year') : UNREADABLE;
};

const readText = (raw: string, context: DateContext): ReadDate => {
  const text = tidy(raw)
    .replace(/\s+/g, '')
    .replace(/^(于|在|截至|截止)/, '');
  if (/^(-+|\/|—+|无|暂无)?$/.test(text)) return { kind: 'none' };
  if (/^(立即|立行立改|即知即改|即行即改|马上|当场|当日|即时|即刻|随即)/.test(text)) return { kind: 'immediate' };
  if (/^(长期|持续|常态|坚持|分阶段)/.test(text)) return { kind: 'staged' };
  const year = yearOf(context.listDate);
  const month = Number(context.listDate.slice(5, 7));
  const tail = '(?:[日号]?(?:之?前|以前)?(?:完成|整改|办结|到位|完毕)*)';
  const full = new RegExp(
    `^(\\d{4}|\\d{2})[年./-](\\d{1,2})[月./-](\\d{1,2})${tail}(?:T?\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\.\\d+)?Z?)?$`,
  ).exec(text);
  if (full) return on(makeDay(fullYear(full[1] ?? ''), Number(full[2]), Number(full[3])), full[1]?.length === 2 ? 'reading' : null);
  const compact = /^(\d{4})(\d{2})(\d{2})(?:日?前)?$/.exec(text);
  if (compact) return on(makeDay(Number(compact[1]), Number(compact[2]), Number(compact[3])), null);
  const dayOnly = new RegExp(`^(\\d{1,2})[月./-](\\d{1,2})${tail}$`).exec(text);
  if (dayOnly) return on(makeDay(year, Number(dayOnly[1]), Number(dayOnly[2])), 'year');
  const end = /^(?:(\d{4})年?[./-]?)?(\d{1,2})月(?:份)?(?:底|末|月底)?(?:之?前|以前)?(?:完成|整改|办结|到位|完毕)*$/.exec(text);
  if (end) return on(monthEnd(end[1] === undefined ? year : Number(end[1]), Number(end[2])), end[1] === undefined ? 'year' : 'reading');
  const yearMonth = /^(\d{4})[./-](\d{1,2})$/.exec(text);
  if (yearMonth) return on(monthEnd(Number(yearMonth[1]), Number(yearMonth[2])), 'reading');
  if (/^(本|当)?月(底|末)(之?前)?/.test(text)) return on(monthEnd(year, month), 'reading');
  const yearEnd = /^(?:(\d{4})年|今年|本年)?(?:年)?(?:底|末)(?:之?前)?/.exec(text);
  if (yearEnd) return on(makeDay(yearEnd[1] === undefined ? year : Number(yearEnd[1]), 12, 31), 'reading');
  if (
    /^\d{1,3}(个)?(工作日|自然日|日|天|周|个月|小时)(内|之内|以内)?/.test(text) ||
    /^[一二三四五六七八九十两]{1,3}(个)?(工作日|天|周|月|日)(内|之内)?/.test(text)
  ) {
    return { kind: 'duration' };
  }
  return /^\d+(\.\d+)?$/.test(text) ? readNumber(Number(text), context) : UNREADABLE;
};

/** Reads a day or a deadline as people write it. A month without a day means its last day. */
export const readDate = (value: CellValue, context: DateContext): ReadDate => {
  if (value === null) return { kind: 'none' };
  if (typeof value === 'number') return readNumber(value, context);
  if (typeof value === 'string') return readText(value, context);
  return 'day' in value ? { kind: 'day', day: value.day, assumed: null } : UNREADABLE;
};
