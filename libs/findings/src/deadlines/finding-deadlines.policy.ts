import { addDays, endOfDay, instantAt, localDateOf, localTimeOf, type Instant } from '@app/kernel';
import { addWorkingDays, type DueTime, type WorkCalendar } from '@app/worktime';
import { legsOf, type FindingState } from '../domain/finding.state';
import { deadlineKey, type DeadlineKey, type DeadlineKind, type OpenDeadline } from '../domain/finding.types';

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
};

/** The reminders a read model keeps account of. */
export const REMINDER_DAYS = [3, 1] as const;

/** The queue knocks once more a minute after the due time: whatever kept the first knock from its effect may be over. */
const AGAIN_AFTER_MS = 60_000;

export type Knock = Readonly<{ key: DeadlineKey; dueAt: Instant; before: number; at: Instant; which: 'before' | 'at' | 'after' }>;

/** When a reminder is due: as early as the decider takes it. */
export const reminderAt = (due: Pick<DueTime, 'at' | 'day'>, before: number, calendar: WorkCalendar): Instant =>
  instantAt(addWorkingDays(due.day, -before, calendar), localTimeOf(due.at));

/** The latest due time whose reminder comes by then: beyond it no reminder needs to be looked for. */
export const latestDueWithReminderBy = (by: Instant, before: number, calendar: WorkCalendar): Instant => {
  let day = addDays(localDateOf(by), before);
  while (reminderAt({ at: endOfDay(day), day }, before, calendar) <= endOfDay(localDateOf(by))) day = addDays(day, 1);
  return endOfDay(day);
};

export type KnockingClock = Readonly<{
  key: DeadlineKey;
  kind: DeadlineKind;
  due: Pick<DueTime, 'at' | 'day'>;
  /** When this due time began to hold; a reminder from before that would be of no use. */
  since: Instant;
  /** Reminders that were given, and whether the due time has passed with its effect. */
  given: readonly number[];
  passed: boolean;
}>;

/** The knocks a running clock still has to come, oldest first. */
export const knocksOf = (clock: KnockingClock, now: Instant, calendar: WorkCalendar): readonly Knock[] => {
  const { key, kind, due, since, given, passed } = clock;
  const reminders = REMINDERS[kind].flatMap((before): readonly Knock[] => {
    if (given.includes(before) || now >= due.at) return [];
    const at = reminderAt(due, before, calendar);
    return at <= since ? [] : [{ key, dueAt: due.at, before, at, which: 'before' }];
  });
  if (passed) return reminders;
  const again = new Date(Date.parse(due.at) + AGAIN_AFTER_MS).toISOString() as Instant;
  return [
    ...reminders,
    { key, dueAt: due.at, before: 0, at: due.at, which: 'at' },
    { key, dueAt: due.at, before: 0, at: again, which: 'after' },
  ];
};
