import { assertNever, stampOf, weekday, yearOf, type Decider, type LocalDate, type PersonId } from '@app/kernel';
import type { NamedDay } from '@app/worktime';
import type { CalendarYearCommand, LoadCalendarYear, ProposeCalendarYear } from './calendar-year.commands';
import type { CalendarYearEvent, CalendarYearLoaded } from './calendar-year.events';
import { reject } from './calendar.errors';

type Arrangement = Readonly<{ holidays: readonly NamedDay[]; swappedWorkdays: readonly NamedDay[]; reference: string }>;
export type CalendarYearState = Readonly<{
  /** Null: what comes with the product. */
  loaded: (Arrangement & Readonly<{ version: number }>) | null;
  proposed: (Arrangement & Readonly<{ by: PersonId }>) | null;
}>;

/** Whatever is moved about, these days of the sun are off in every arrangement. */
const ALWAYS_OFF = ['01-01', '05-01', '10-01', '10-02', '10-03'];

const sorted = (days: readonly NamedDay[]): readonly NamedDay[] =>
  [...days].map(({ day, name }) => ({ day, name: name.trim() })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
const sameDays = (a: readonly NamedDay[], b: readonly NamedDay[]): boolean =>
  a.length === b.length && a.every(({ day, name }, n) => day === b[n]?.day && name === b[n]?.name);
const same = (a: Arrangement | null, b: Arrangement): boolean =>
  a !== null && sameDays(a.holidays, b.holidays) && sameDays(a.swappedWorkdays, b.swappedWorkdays);

const check = ({ data, by }: LoadCalendarYear | ProposeCalendarYear): Arrangement => {
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
  return { holidays: sorted(holidays), swappedWorkdays: sorted(swappedWorkdays), reference: reference.trim() };
};

type Confirmed = Pick<CalendarYearLoaded['data'], 'proposedBy' | 'alone'>;
const actOf = ({ at, on, by }: CalendarYearCommand) => ({ at, on, by: stampOf(by) });
const loaded = (
  command: CalendarYearCommand,
  { loaded: before }: CalendarYearState,
  of: Arrangement,
  how: Confirmed,
): CalendarYearEvent => {
  const { holidays, swappedWorkdays, reference } = of;
  const version = (before?.version ?? 1) + 1;
  const { year } = command.data;
  return { type: 'CalendarYearLoaded', data: { year, version, holidays, swappedWorkdays, reference, ...how, ...actOf(command) } };
};

/** What waits for a second person, for one who may decide on it. */
const mustWait = ({ by }: CalendarYearCommand, { proposed }: CalendarYearState): NonNullable<CalendarYearState['proposed']> => {
  if (!by.roles.includes('admin') && !by.roles.includes('office-head')) reject('calendar-confirm-not-yours');
  return proposed ?? reject('calendar-nothing-proposed');
};

const decide = (command: CalendarYearCommand, state: CalendarYearState): readonly CalendarYearEvent[] => {
  const { year } = command.data;
  switch (command.type) {
    case 'LoadCalendarYear': {
      const given = check(command);
      return same(state.loaded, given) ? [] : [loaded(command, state, given, {})];
    }
    case 'ProposeCalendarYear': {
      const given = check(command);
      if (same(state.proposed ?? state.loaded, given)) return [];
      if (command.data.alone) return [loaded(command, state, given, { alone: true })];
      return [{ type: 'CalendarYearProposed', data: { year, ...given, ...actOf(command) } }];
    }
    case 'ConfirmCalendarYear': {
      const { by: proposedBy, ...given } = mustWait(command, state);
      if (proposedBy === command.by.personId) reject('calendar-second-person');
      return [loaded(command, state, given, { proposedBy })];
    }
    case 'DeclineCalendarYear': {
      mustWait(command, state);
      const reason = command.data.reason.trim();
      if (reason === '') reject('rule-reason-missing');
      return [{ type: 'CalendarYearDeclined', data: { year, reason, ...actOf(command) } }];
    }
    default:
      return assertNever(command);
  }
};

const evolve = (state: CalendarYearState, event: CalendarYearEvent): CalendarYearState => {
  switch (event.type) {
    case 'CalendarYearProposed': {
      const { holidays, swappedWorkdays, reference, by } = event.data;
      return { ...state, proposed: { holidays, swappedWorkdays, reference, by: by.personId } };
    }
    case 'CalendarYearDeclined':
      return { ...state, proposed: null };
    case 'CalendarYearLoaded': {
      const { version, holidays, swappedWorkdays, reference } = event.data;
      return { loaded: { version, holidays, swappedWorkdays, reference }, proposed: null };
    }
    default:
      return assertNever(event);
  }
};

export const calendarYearDecider: Decider<CalendarYearState, CalendarYearCommand, CalendarYearEvent> = {
  initial: { loaded: null, proposed: null },
  decide,
  evolve,
};
