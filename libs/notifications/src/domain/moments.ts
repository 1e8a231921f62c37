import {
  addDays,
  assertNever,
  instantAt,
  instantFromMs,
  localDateOf,
  localTimeOf,
  msOf,
  weekday,
  type Instant,
  type LocalDate,
} from '@app/kernel';
import { workingDayFrom, type WorkCalendar } from '@app/worktime';
import type { Choice } from './choice';

const MINUTE_MS = 60_000;
/** What comes within a minute goes together. */
const GATHER_MS = 30_000;

const nextMinute = (now: Instant): Instant => instantFromMs(Math.ceil((msOf(now) + GATHER_MS) / MINUTE_MS) * MINUTE_MS);

/** The first moment after `now` at that time of day, on a day that fits. */
const nextAt = (now: Instant, time: string, fits: (day: LocalDate) => boolean): Instant => {
  let day = localDateOf(now);
  while (!fits(day) || instantAt(day, time) <= now) day = addDays(day, 1);
  return instantAt(day, time);
};

const wantedAt = (choice: Choice, now: Instant, calendar: WorkCalendar): Instant => {
  switch (choice.digest) {
    case 'immediate':
      return nextMinute(now);
    case 'daily':
      return nextAt(now, choice.digestAt, (day) => !choice.workingDaysOnly || calendar.isWorkingDay(day));
    case 'weekly':
      return nextAt(now, choice.digestAt, (day) => weekday(day) === choice.digestOn);
    default:
      return assertNever(choice.digest);
  }
};

const inQuiet = (time: string, { from, to }: NonNullable<Choice['quiet']>): boolean =>
  from < to ? time >= from && time < to : time >= from || time < to;

/** The same moment, or the first allowed one after it. */
const allowedFrom = (at: Instant, choice: Choice, calendar: WorkCalendar): Instant => {
  const { quiet, workingDaysOnly } = choice;
  const day = localDateOf(at);
  const worked = workingDaysOnly ? workingDayFrom(day, calendar) : day;
  // A day off ends at midnight, and the quiet hours of the morning after it are looked at like any others.
  if (worked !== day) return allowedFrom(instantAt(worked, '00:00'), choice, calendar);
  if (quiet === null || !inQuiet(localTimeOf(at), quiet)) return at;
  const ends = instantAt(day, quiet.to);
  return allowedFrom(ends > at ? ends : instantAt(addDays(day, 1), quiet.to), choice, calendar);
};

/** When a mail about something that happened now goes out. What goes to one person at one moment is one mail. */
export const mailMoment = (choice: Choice, urgent: boolean, now: Instant, calendar: WorkCalendar): Instant =>
  urgent && choice.urgentAtOnce ? nextMinute(now) : allowedFrom(wantedAt(choice, now, calendar), choice, calendar);
