import { assertNever, stampOf, weekday, yearOf, type Decider, type LocalDate } from '@app/kernel';
import type { NamedDay } from '@app/worktime';
import type { CalendarYearCommand, LoadCalendarYear } from './calendar-year.commands';
import type { CalendarYearEvent } from './calendar-year.events';
import { reject } from './calendar.errors';

export type CalendarYearState =
  | Readonly<{ status: 'built-in' }>
  | Readonly<{ status: 'loaded'; version: number; holidays: readonly NamedDay[]; swappedWorkdays: readonly NamedDay[] }>;

/** Whatever is moved about, these days of the sun are off in every arrangement. */
const ALWAYS_OFF = ['01-01', '05-01', '10-01', '10-02', '10-03'];

const sorted = (days: readonly NamedDay[]): readonly NamedDay[] =>
  [...days].map(({ day, name }) => ({ day, name: name.trim() })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
const same = (a: readonly NamedDay[], b: readonly NamedDay[]): boolean =>
  a.length === b.length && a.every(({ day, name }, n) => day === b[n]?.day && name === b[n]?.name);

const check = ({ data, by }: LoadCalendarYear): void => {
  const { year, holidays, swappedWorkdays, reference } = data;
  if (!by.roles.includes('admin')) reject('calendar-only-admin');
  if (!Number.isInteger(year) || year < 2000 || year > 2099) reject('calendar-year-unknown');
  if (reference.trim() === '') reject('calendar-reference-missing');
  const seen = new Set<LocalDate>();
  for (const { day } of [...holidays, ...swappedWorkdays]) {
    if (yearOf(day) !== year) reject('calendar-day-of-another-year', { day, year });
    if (seen.has(day)) reject('calendar-day-twice', { day });
    seen.add(day);
  }
  for (const { day } of swappedWorkdays) {
    if (weekday(day) !== 0 && weekday(day) !== 6) reject('calendar-swap-not-on-weekend', { day });
  }
  const off = new Set(holidays.map(({ day }) => day.slice(5)));
  const missing = ALWAYS_OFF.find((day) => !off.has(day));
  if (missing !== undefined) reject('calendar-incomplete', { day: missing });
};

const decide = (command: CalendarYearCommand, state: CalendarYearState): readonly CalendarYearEvent[] => {
  switch (command.type) {
    case 'LoadCalendarYear': {
      check(command);
      const { year, reference } = command.data;
      const holidays = sorted(command.data.holidays);
      const swappedWorkdays = sorted(command.data.swappedWorkdays);
      if (state.status === 'loaded' && same(state.holidays, holidays) && same(state.swappedWorkdays, swappedWorkdays)) return [];
      const version = state.status === 'loaded' ? state.version + 1 : 2;
      const { at, on, by } = command;
      return [
        {
          type: 'CalendarYearLoaded',
          data: { year, version, holidays, swappedWorkdays, reference: reference.trim(), at, on, by: stampOf(by) },
        },
      ];
    }
    default:
      return assertNever(command.type);
  }
};

const evolve = (_: CalendarYearState, { data }: CalendarYearEvent): CalendarYearState => ({
  status: 'loaded',
  version: data.version,
  holidays: data.holidays,
  swappedWorkdays: data.swappedWorkdays,
});

export const calendarYearDecider: Decider<CalendarYearState, CalendarYearCommand, CalendarYearEvent> = {
  initial: { status: 'built-in' },
  decide,
  evolve,
};
