import type { LocalDate } from '@app/kernel';

/** Asks of a calendar; pure data behind it. Years that are not published are computed and marked provisional (R42). */
export type WorkCalendar = Readonly<{
  /** Changes whenever a year's data changes. Example: `2004-2026:1,2027-2040:p`; a year outside it is computed, `p`. */
  version: string;
  /** The version of the years from one day to another; this is what a due time keeps. Example: `2020:1,2021:p`. */
  versionFor: (from: LocalDate, to: LocalDate) => string;
  isWorkingDay: (day: LocalDate) => boolean;
  isProvisional: (day: LocalDate) => boolean;
  /** Name of the holiday or swapped day, for the derivation; null on plain days. */
  nameOf: (day: LocalDate) => string | null;
}>;
