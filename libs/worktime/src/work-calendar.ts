import type { LocalDate } from '@app/kernel';

/** Asks of a calendar; pure data behind it. Years that are not published are computed and marked provisional (R42). */
export type WorkCalendar = Readonly<{
  /** Changes whenever a year's data changes; stored with every due time. Example: `2020:1,2021:p`. */
  version: string;
  isWorkingDay: (day: LocalDate) => boolean;
  isProvisional: (day: LocalDate) => boolean;
  /** Name of the holiday or swapped day, for the derivation; null on plain days. */
  nameOf: (day: LocalDate) => string | null;
}>;
