import { daysBetween, localDateOf, yearOf, type Instant, type LocalDate } from '@app/kernel';
import type { WorkCalendar } from './work-calendar';

/** Farther off than anybody counts: nothing is said of such a day, and no row costs the counting of centuries. */
const FARTHEST_YEARS = 20;

/** Working days of a year up to each of its days, counted once for each calendar. */
const counted = new WeakMap<WorkCalendar, Map<number, readonly number[]>>();
const countsOf = (year: number, calendar: WorkCalendar): readonly number[] => {
  const years = counted.get(calendar) ?? new Map<number, readonly number[]>();
  counted.set(calendar, years);
  const known = years.get(year);
  if (known !== undefined) return known;
  const counts: number[] = [];
  let sum = 0;
  for (let ms = Date.UTC(year, 0, 1); new Date(ms).getUTCFullYear() === year; ms += 86_400_000) {
    if (calendar.isWorkingDay(new Date(ms).toISOString().slice(0, 10) as LocalDate)) sum += 1;
    counts.push(sum);
  }
  years.set(year, counts);
  return counts;
};

/** Working days of the years since `base` that lie up to and including a day of `base` or later. */
const upTo = (day: LocalDate, base: number, calendar: WorkCalendar): number => {
  let sum = 0;
  for (let year = base; year < yearOf(day); year += 1) sum += countsOf(year, calendar).at(-1) ?? 0;
  return sum + (countsOf(yearOf(day), calendar)[daysBetween(`${day.slice(0, 4)}-01-01` as LocalDate, day)] ?? 0);
};

/**
 * Working days from now to a due time, negative when it has passed, for lists of many rows: each costs the same, however far its
 * day lies. 0 is today, or passed with no working day in between. Null without a due time, and for one that is decades away.
 */
export const workingDaysLeft = (now: Instant, calendar: WorkCalendar): ((due: Instant | null) => number | null) => {
  const today = localDateOf(now);
  return (due) => {
    if (due === null) return null;
    const day = localDateOf(due);
    if (Math.abs(yearOf(day) - yearOf(today)) > FARTHEST_YEARS) return null;
    const base = Math.min(yearOf(day), yearOf(today));
    return upTo(day, base, calendar) - upTo(today, base, calendar);
  };
};
