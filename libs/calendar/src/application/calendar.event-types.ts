import type { EventTypes } from '@app/event-store';
import type { CalendarYearEvent } from '../domain/calendar-year.events';
import type { DeadlineRuleEvent } from '../domain/deadline-rule.events';

export const CALENDAR_YEAR_TYPES = {
  CalendarYearProposed: { version: 1 },
  CalendarYearDeclined: { version: 1 },
  CalendarYearLoaded: { version: 1 },
} satisfies Record<CalendarYearEvent['type'], EventTypes[string]>;

export const DEADLINE_RULE_TYPES = {
  DeadlineRuleSet: { version: 1 },
  DeadlineRuleRetired: { version: 1 },
} satisfies Record<DeadlineRuleEvent['type'], EventTypes[string]>;

export const CALENDAR_EVENT_TYPES: EventTypes = { ...CALENDAR_YEAR_TYPES, ...DEADLINE_RULE_TYPES };
