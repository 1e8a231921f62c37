import { instantAt, instantFromMs, localTimeOf, msOf, type Instant } from '@app/kernel';
import { addWorkingDays, hoursOf, type DueTime, type WorkCalendar } from '@app/worktime';

const HOUR_MS = 3_600_000;
export const hoursAhead = (at: Instant, hours: number): Instant => instantFromMs(msOf(at) - hours * HOUR_MS);

/** When a reminder is due: so many working days before the due time, or hours where the clock runs in hours. */
export const reminderAt = (due: Pick<DueTime, 'at' | 'day' | 'steps'>, before: number, calendar: WorkCalendar): Instant =>
  hoursOf(due) === null ? instantAt(addWorkingDays(due.day, -before, calendar), localTimeOf(due.at)) : hoursAhead(due.at, before);
