import type { Act, Message, PersonId } from '@app/kernel';
import type { NamedDay } from '@app/worktime';

type Arrangement = {
  year: number;
  holidays: readonly NamedDay[];
  swappedWorkdays: readonly NamedDay[];
  /** Number of the circular it was taken from. */
  reference: string;
};

/** One person entered the arrangement of a year; it holds when a second one has confirmed it. A later proposal takes its place. */
export type CalendarYearProposed = Message<'CalendarYearProposed', Arrangement & Act>;
export type CalendarYearDeclined = Message<'CalendarYearDeclined', { year: number; reason: string } & Act>;
/** An arrangement holds in place of what was known before, from now on. */
export type CalendarYearLoaded = Message<
  'CalendarYearLoaded',
  Arrangement & {
    /** Editions count from 2: 1 is the one that comes with the product. */
    version: number;
    /** Who had proposed what `by` confirmed; absent where nobody had. */
    proposedBy?: PersonId;
    /** There was nobody else who could have confirmed it. */
    alone?: true;
  } & Act
>;

export type CalendarYearEvent = CalendarYearProposed | CalendarYearDeclined | CalendarYearLoaded;
