import { recomputed, type DueTime, type WorkCalendar } from '@app/worktime';

export type MovedDueTime<T> = Readonly<{ row: T; from: DueTime; to: DueTime; moved: boolean }>;

/**
 * Which of these deadlines another calendar touches: moved to another time, or the same time and no longer provisional.
 * A pure function over rows, for the preview before a year is loaded and for the moving itself.
 */
export const touchedBy = <T extends Readonly<{ due: DueTime }>>(rows: readonly T[], calendar: WorkCalendar): readonly MovedDueTime<T>[] =>
  rows.flatMap((row) => {
    const to = recomputed(row.due, calendar);
    return to === row.due ? [] : [{ row, from: row.due, to, moved: to.at !== row.due.at }];
  });
