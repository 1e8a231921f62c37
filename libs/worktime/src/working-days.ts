import { addDays, instantAt, localDateOf, type Instant, type LocalDate } from '@app/kernel';
import type { WorkCalendar } from './work-calendar';

/** End of the working day in Shanghai. */
export const END_OF_WORK = '17:30';

/** No decree has ever joined more than two weeks off; a calendar without any working day is a mistake in its data. */
const LONGEST_BREAK_DAYS = 60;

type Steps = Readonly<Record<'1' | '-1', Map<LocalDate, LocalDate>>>;
/** A calendar never changes, and the same few days are asked for again and again. */
const KNOWN = new WeakMap<WorkCalendar, Steps>();
/** Some decades of days. */
const MOST_KNOWN = 20_000;

const knownSteps = (calendar: WorkCalendar, by: 1 | -1): Map<LocalDate, LocalDate> => {
  const steps = KNOWN.get(calendar) ?? { 1: new Map<LocalDate, LocalDate>(), '-1': new Map<LocalDate, LocalDate>() };
  KNOWN.set(calendar, steps);
  const known = steps[by];
  if (known.size >= MOST_KNOWN) known.clear();
  return known;
};

const step = (from: LocalDate, by: 1 | -1, calendar: WorkCalendar): LocalDate => {
  const known = knownSteps(calendar, by);
  const found = known.get(from);
  if (found !== undefined) return found;
  const day = stepped(from, by, calendar);
  known.set(from, day);
  return day;
};

const stepped = (from: LocalDate, by: 1 | -1, calendar: WorkCalendar): LocalDate => {
  let day = addDays(from, by);
  for (let n = 0; !calendar.isWorkingDay(day); n += 1) {
    if (n > LONGEST_BREAK_DAYS) throw new RangeError(`no working day within ${String(LONGEST_BREAK_DAYS)} days of ${from}`);
    day = addDays(day, by);
  }
  return day;
};

/** The day itself if it is worked, else the next one that is. */
export const workingDayFrom = (day: LocalDate, calendar: WorkCalendar): LocalDate =>
  calendar.isWorkingDay(day) ? day : step(day, 1, calendar);

/** The nth working day after `day` (n > 0) or before it (n < 0); `day` itself for 0. */
export const addWorkingDays = (day: LocalDate, n: number, calendar: WorkCalendar): LocalDate => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a number of days: ${String(n)}`);
  let at = day;
  for (let left = Math.abs(n); left > 0; left -= 1) at = step(at, n > 0 ? 1 : -1, calendar);
  return at;
};

/** How many working days lie after `a` up to and including `b`; negative when `b` is earlier. */
export const workingDaysBetween = (a: LocalDate, b: LocalDate, calendar: WorkCalendar): number => {
  if (b < a) return -workingDaysBetween(b, a, calendar);
  let count = 0;
  for (let day = a; day < b;) {
    day = addDays(day, 1);
    if (calendar.isWorkingDay(day)) count += 1;
  }
  return count;
};

/** The day a delivery counts for (R17): after 17:30 or on a day off, the next working day. */
export const effectiveDelivery = (at: Instant, calendar: WorkCalendar): LocalDate => {
  const day = localDateOf(at);
  return at > instantAt(day, END_OF_WORK) ? step(day, 1, calendar) : workingDayFrom(day, calendar);
};
