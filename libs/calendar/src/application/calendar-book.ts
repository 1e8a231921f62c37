import { assertNever } from '@app/kernel';
import { calendarFrom, DEFAULT_RULES, type CalendarYear, type DeadlineRule, type RuleBook, type WorkCalendar } from '@app/worktime';
import { builtInYears } from '../data/published-years';
import type { CalendarYearEvent, CalendarYearLoaded } from '../domain/calendar-year.events';
import { defaultVersions, withRuleEvent } from '../domain/deadline-rule.decider';
import type { DeadlineRuleEvent } from '../domain/deadline-rule.events';

/** What holds at a moment: the years and rules that come with the product, and in their place what was loaded and set. */
export type CalendarBook = Readonly<{ calendar: WorkCalendar; years: readonly CalendarYear[]; rules: RuleBook }>;

/** A loaded edition in the shape a calendar is made from. */
export const loadedYear = (data: Pick<CalendarYearLoaded['data'], 'year' | 'version' | 'holidays' | 'swappedWorkdays'>): CalendarYear => ({
  year: data.year,
  version: String(data.version),
  source: 'published',
  holidays: data.holidays,
  swappedWorkdays: data.swappedWorkdays,
});

const withYears = (book: CalendarBook, years: readonly CalendarYear[]): CalendarBook => ({ ...book, years, calendar: calendarFrom(years) });

/** The calendar as it would be with one more edition; nothing is stored. */
export const withYear = (book: CalendarBook, year: CalendarYear): CalendarBook =>
  withYears(
    book,
    [...book.years.filter((known) => known.year !== year.year), year].sort((a, b) => a.year - b.year),
  );

export const BUILT_IN_BOOK: CalendarBook = {
  calendar: calendarFrom(builtInYears),
  years: builtInYears,
  rules: { version: '0', rules: DEFAULT_RULES },
};

/** `position` of the event becomes the version of the rule book. */
export const withEvent = (book: CalendarBook, event: CalendarYearEvent | DeadlineRuleEvent, position: bigint): CalendarBook => {
  switch (event.type) {
    // What waits for a second person holds for nobody.
    case 'CalendarYearProposed':
    case 'CalendarYearDeclined':
      return book;
    case 'CalendarYearLoaded':
      return withYear(book, loadedYear(event.data));
    case 'DeadlineRuleSet':
    case 'DeadlineRuleRetired': {
      const { ruleId } = event.data;
      const versions = (rules: readonly DeadlineRule[]) => rules.filter(({ id }) => id === ruleId);
      const mine = versions(book.rules.rules);
      const others = book.rules.rules.filter(({ id }) => id !== ruleId);
      const rules = [...others, ...withRuleEvent(mine.length > 0 ? mine : defaultVersions(ruleId), event)];
      return { ...book, rules: { version: position.toString(), rules } };
    }
    default:
      return assertNever(event);
  }
};
