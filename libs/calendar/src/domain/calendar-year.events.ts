import type { Act, Message } from '@app/kernel';
import type { NamedDay } from '@app/worktime';

/** An administrator entered the arrangement of a year; it holds in place of what was known before, from now on. */
export type CalendarYearLoaded = Message<
  'CalendarYearLoaded',
  {
    year: number;
    /** Editions count from 2: 1 is the one that comes with the product. */
    version: number;
    holidays: readonly NamedDay[];
    swappedWorkdays: readonly NamedDay[];
    /** Number of the circular it was taken from. */
    reference: string;
  } & Act
>;

export type CalendarYearEvent = CalendarYearLoaded;
