import type { Actor, Instant, LocalDate, Message } from '@app/kernel';
import type { NamedDay } from '@app/worktime';

type Arrangement = Readonly<{ year: number; holidays: readonly NamedDay[]; swappedWorkdays: readonly NamedDay[]; reference: string }>;
type By = Readonly<{ by: Actor; at: Instant; on: LocalDate }>;

/** By one who answers for it alone: set-up and scenarios. People propose and confirm. */
export type LoadCalendarYear = Message<'LoadCalendarYear', Arrangement> & By;
/** `alone`: nobody else could confirm it, so it holds at once and says so. */
export type ProposeCalendarYear = Message<'ProposeCalendarYear', Arrangement & Readonly<{ alone: boolean }>> & By;
/** By a second person: another administrator, or the head of the office. */
export type ConfirmCalendarYear = Message<'ConfirmCalendarYear', Readonly<{ year: number }>> & By;
/** By the second person, or taken back by the first. */
export type DeclineCalendarYear = Message<'DeclineCalendarYear', Readonly<{ year: number; reason: string }>> & By;

export type CalendarYearCommand = LoadCalendarYear | ProposeCalendarYear | ConfirmCalendarYear | DeclineCalendarYear;
