import { knocksOf, type DeadlineCommands, type WaitingClock } from '@app/findings';
import type { Instant } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';

/** Every knock of these clocks of one finding that is due by now, as the worker would give it. */
export const knockAt = async (
  deadlines: Pick<DeadlineCommands, 'reach'>,
  clocks: readonly WaitingClock[],
  now: Instant,
  calendar: WorkCalendar,
): Promise<void> => {
  for (const clock of clocks) {
    const due = knocksOf(clock, now, calendar).filter((knock) => knock.at <= now && knock.which !== 'after');
    for (const { key, dueAt, before } of due) await deadlines.reach(clock.findingId, key, dueAt, before);
  }
};
