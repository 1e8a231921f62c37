import type { FindingId, Instant } from '@app/kernel';
import { hoursOf } from '@app/worktime';
import type { ClockFold } from './clock-fold';
import type { Sought, WaitingClock } from './deadline.queries';
import { givenHourly, nextHourly } from './finding-deadlines.policy';

const waits = ({ kind, due, given, passed }: WaitingClock, next: Instant | null, { dueBy, now, reminders }: Sought): boolean => {
  if (!passed && due.at <= dueBy) return true;
  if (hoursOf(due) !== null) return next !== null && next <= dueBy && due.at > now;
  const until = (before: number, latest: Instant): boolean => !given.includes(before) && due.at > now && due.at <= latest;
  return (
    ((kind === 'rectify' || kind === 'stage') && until(3, reminders.three)) ||
    (kind !== 'triage' && kind !== 'sign' && until(1, reminders.one))
  );
};

/** What `DeadlineQueries.waiting` finds among the rows of one finding, from its fold: for those who keep no rows. */
export const waitingClocks = (findingId: FindingId, { state, since }: ClockFold, sought: Sought): readonly WaitingClock[] => {
  if (state.phase === 'absent') return [];
  const { deadlines, knocked } = state.core;
  const { three, one } = sought.reminders;
  const latest = [sought.dueBy, three, one].reduce((a, b) => (a > b ? a : b));
  const found: WaitingClock[] = [];
  for (const { key, kind, due } of Object.values(deadlines)) {
    if (due.at > latest && hoursOf(due) === null) continue;
    const isGiven = (before: number): boolean => knocked[`${key}|${due.at}|${String(before)}`] === true;
    const next = nextHourly({ kind, due, since: since[key] ?? null, isGiven });
    const given = givenHourly(kind, due, next) ?? [3, 1].filter(isGiven);
    const clock = { findingId, key, kind, due, since: since[key] ?? sought.now, given, passed: isGiven(0), seen: null };
    if (waits(clock, next, sought)) found.push(clock);
  }
  return found.sort((a, b) => (a.due.at === b.due.at ? (a.key < b.key ? -1 : 1) : a.due.at < b.due.at ? -1 : 1));
};
