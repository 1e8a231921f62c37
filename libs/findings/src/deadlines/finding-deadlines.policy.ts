import { addDays, endOfDay, instantAt, localDateOf, type Instant } from '@app/kernel';
import { END_OF_WORK, hoursOf, type DueTime, type WorkCalendar } from '@app/worktime';
import { legsOf, type FindingState } from '../domain/finding.state';
import { deadlineKey, type DeadlineKey, type DeadlineKind, type OpenDeadline } from '../domain/finding.types';
import { hoursAhead, reminderAt } from '../domain/reminder-times';

/** A clock of a finding; one that stands (R19, R21) knocks at nothing but moves with its calendar. */
export type Clock = OpenDeadline & Readonly<{ running: boolean }>;

/** Every clock of a finding as it is now, by key. */
export const clocksOf = (state: FindingState): readonly Clock[] => {
  if (state.phase === 'absent') return [];
  const running = Object.values(state.core.deadlines).map((open): Clock => ({ ...open, running: true }));
  const standing =
    state.phase !== 'assigned'
      ? []
      : legsOf(state.work).flatMap((leg): readonly Clock[] => {
          const kind: DeadlineKind = leg.duty === 'guides' ? 'guide' : 'rectify';
          const key = deadlineKey(kind, leg.legId);
          if (leg.stage === 'passed' || state.core.deadlines[key] !== undefined || (leg.duty === 'guides' && leg.guided)) return [];
          return [{ key, kind, legId: leg.legId, unitId: leg.unitId, due: leg.due, running: false }];
        });
  return [...running, ...standing].sort((a, b) => (a.key < b.key ? -1 : 1));
};

/** Working days before the due time at which a reminder is given. A clock of a day or two gets fewer: its start is reminder enough. */
const REMINDERS: Readonly<Record<DeadlineKind, readonly number[]>> = {
  triage: [],
  sign: [],
  rectify: [3, 1],
  guide: [1],
  opinion: [1],
  review: [1],
  verify: [1],
  ruling: [1],
  stage: [3, 1],
  instruction: [1],
  pause: [1],
};

/** The reminders a read model keeps account of. */
export const REMINDER_DAYS = [3, 1] as const;

/** The queue knocks once more a minute after the due time: whatever kept the first knock from its effect may be over. */
const AGAIN_AFTER_MS = 60_000;

export type Knock = Readonly<{ key: DeadlineKey; dueAt: Instant; before: number; at: Instant; which: 'before' | 'at' | 'after' }>;

/** Of a clock in hours the last reminder comes this many hours before. */
const LAST_HOURS = 2;

/** What `before` counts, of the reminders a clock gives: working days; of a clock in hours the hours left at half of its time, and two. */
const remindersOf = (kind: DeadlineKind, due: Pick<DueTime, 'steps'>): readonly number[] => {
  const hours = hoursOf(due);
  if (hours === null || REMINDERS[kind].length === 0) return REMINDERS[kind];
  const half = Math.floor(hours / 2);
  return [...(half > LAST_HOURS ? [half] : []), ...(hours > LAST_HOURS ? [LAST_HOURS] : [])];
};

/** The latest due time whose reminder comes by then: beyond it no reminder needs to be looked for. Clocks in days end with the work of a day. */
export const latestDueWithReminderBy = (by: Instant, before: number, calendar: WorkCalendar): Instant => {
  let day = addDays(localDateOf(by), before);
  while (reminderAt({ at: instantAt(day, END_OF_WORK), day, steps: [] }, before, calendar) <= by) day = addDays(day, 1);
  return endOfDay(addDays(day, -1));
};

export type KnockingClock = Readonly<{
  key: DeadlineKey;
  kind: DeadlineKind;
  due: Pick<DueTime, 'at' | 'day' | 'steps'>;
  /** When this due time began to hold; a reminder from before that would be of no use. */
  since: Instant;
  /** Reminders that were given, and whether the due time has passed with its effect. */
  given: readonly number[];
  passed: boolean;
}>;

/** What a clock whose due time has come is knocked at with. */
export const knockWhenDue = (key: DeadlineKey, dueAt: Instant): Knock => ({ key, dueAt, before: 0, at: dueAt, which: 'at' });

/** The knocks a running clock still has to come, oldest first. */
export const knocksOf = (clock: KnockingClock, now: Instant, calendar: WorkCalendar): readonly Knock[] => {
  const { key, kind, due, since, given, passed } = clock;
  const reminders = remindersOf(kind, due).flatMap((before): readonly Knock[] => {
    if (given.includes(before) || now >= due.at) return [];
    const at = reminderAt(due, before, calendar);
    return at <= since ? [] : [{ key, dueAt: due.at, before, at, which: 'before' }];
  });
  if (passed) return reminders;
  const again = new Date(Date.parse(due.at) + AGAIN_AFTER_MS).toISOString() as Instant;
  return [...reminders, knockWhenDue(key, due.at), { key, dueAt: due.at, before: 0, at: again, which: 'after' }];
};

type HourlyClock = Readonly<{ kind: DeadlineKind; due: DueTime; since: Instant | null; isGiven: (before: number) => boolean }>;

/** When a clock in hours has its next reminder to give; null where it has none, and for clocks in days, whose calendar tells. */
export const nextHourly = ({ kind, due, since, isGiven }: HourlyClock): Instant | null => {
  if (hoursOf(due) === null) return null;
  const ahead = remindersOf(kind, due).filter((before) => !isGiven(before));
  const times = ahead.map((before) => hoursAhead(due.at, before)).filter((at) => since === null || at > since);
  return times.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
};

/** Of a clock in hours the reminders that are over and done with when the next one is known; null for clocks in days. */
export const givenHourly = (kind: DeadlineKind, due: DueTime, next: Instant | null): readonly number[] | null =>
  hoursOf(due) === null ? null : remindersOf(kind, due).filter((before) => next === null || hoursAhead(due.at, before) < next);
