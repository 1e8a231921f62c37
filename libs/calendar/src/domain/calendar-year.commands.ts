import type { Actor, Instant, LocalDate, Message } from '@app/kernel';
import type { NamedDay } from '@app/worktime';

export type LoadCalendarYear = Message<
  'LoadCalendarYear',
  { year: number; holidays: readonly NamedDay[]; swappedWorkdays: readonly NamedDay[]; reference: string }
> &
  Readonly<{ by: Actor; at: Instant; on: LocalDate }>;

export type CalendarYearCommand = LoadCalendarYear;
