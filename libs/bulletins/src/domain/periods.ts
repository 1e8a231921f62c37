import { addDays, assertNever, daysBetween, localDate, weekday, yearOf, type LocalDate } from '@app/kernel';
import { addWorkingDays, type WorkCalendar } from '@app/worktime';
import type { BulletinKind, BulletinPeriod } from './bulletin.types';

export const LONGEST_PERIOD_DAYS = 366;
const MONTHS = { monthly: 1, quarterly: 3, 'half-yearly': 6, annual: 12 } as const satisfies Partial<Record<BulletinKind, number>>;
/** Working days after its period within which an issue is due. */
const DUE_WITHIN = { bulletin: 2, monthly: 3, quarterly: 5, 'half-yearly': 10, annual: 15 } as const satisfies Record<BulletinKind, number>;

const firstOfMonth = (year: number, month: number): LocalDate =>
  localDate(`${String(year + Math.floor((month - 1) / 12))}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`);

/** The whole months, by so many together, in which a day lies. */
const monthsAround = (day: LocalDate, months: number): BulletinPeriod => {
  const first = Number(day.slice(5, 7)) - ((Number(day.slice(5, 7)) - 1) % months);
  return { from: firstOfMonth(yearOf(day), first), to: addDays(firstOfMonth(yearOf(day), first + months), -1) };
};
const sundayFrom = (day: LocalDate): LocalDate => addDays(day, (7 - weekday(day)) % 7);

/** The period of a kind in which a day lies; of a bulletin the week from Monday. */
export const periodAround = (kind: BulletinKind, day: LocalDate): BulletinPeriod => {
  switch (kind) {
    case 'bulletin':
      return { from: addDays(sundayFrom(day), -6), to: sundayFrom(day) };
    case 'monthly':
    case 'quarterly':
    case 'half-yearly':
    case 'annual':
      return monthsAround(day, MONTHS[kind]);
    default:
      return assertNever(kind);
  }
};

/** Bulletins may be of any period, the others of whole ones. */
export const isPeriodOf = (kind: BulletinKind, { from, to }: BulletinPeriod): boolean => {
  if (from > to || daysBetween(from, to) >= LONGEST_PERIOD_DAYS) return false;
  const whole = periodAround(kind, from);
  return kind === 'bulletin' || (whole.from === from && whole.to === to);
};

/** A period opens and closes by itself; only who issues it is a person. */
export type NextIssue = Readonly<{
  kind: BulletinKind;
  period: BulletinPeriod;
  /** The last day on which the issue is in time. */
  dueOn: LocalDate;
  /** running: its days are not over · ready: may be issued · late: `dueOn` has passed. */
  state: 'running' | 'ready' | 'late';
}>;

/** After the last issue of its kind, or, before there is one, the last period that is over. */
export const nextIssue = (
  kind: BulletinKind,
  lastTo: LocalDate | null,
  days: Readonly<{ today: LocalDate; lastClosedDay: LocalDate; calendar: WorkCalendar }>,
): NextIssue => {
  const { today, lastClosedDay, calendar } = days;
  const period = lastTo === null ? lastOver(kind, lastClosedDay) : after(kind, lastTo);
  const dueOn = addWorkingDays(period.to, DUE_WITHIN[kind], calendar);
  return { kind, period, dueOn, state: period.to > lastClosedDay ? 'running' : today > dueOn ? 'late' : 'ready' };
};
const lastOver = (kind: BulletinKind, lastClosedDay: LocalDate): BulletinPeriod => {
  const around = periodAround(kind, lastClosedDay);
  return around.to <= lastClosedDay ? around : periodAround(kind, addDays(around.from, -1));
};
/** A bulletin follows on, to the end of its week; whole periods of others that nobody issued are made up for one by one. */
const after = (kind: BulletinKind, lastTo: LocalDate): BulletinPeriod => {
  const from = addDays(lastTo, 1);
  return kind === 'bulletin' ? { from, to: sundayFrom(from) } : periodAround(kind, from);
};
