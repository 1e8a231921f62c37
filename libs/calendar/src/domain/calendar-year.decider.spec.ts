import { addDays, instant, localDate, stampOf, SYSTEM, type Actor, type LocalDate } from '@app/kernel';
import { specFor } from '@app/testing';
import type { NamedDay } from '@app/worktime';
import type { LoadCalendarYear } from './calendar-year.commands';
import { calendarYearDecider } from './calendar-year.decider';
import type { CalendarYearLoaded } from './calendar-year.events';

const admin: Actor = { ...SYSTEM, roles: ['admin'] };
const at = instant('2026-11-10T02:00:00Z');
const on = localDate('2026-11-10');
const run = (name: string, from: string, count: number): readonly NamedDay[] =>
  Array.from({ length: count }, (_, n) => ({ day: addDays(localDate(from), n), name }));
const holidays = [
  ...run('元旦', '2027-01-01', 3),
  ...run('春节', '2027-02-05', 8),
  ...run('劳动节', '2027-05-01', 5),
  ...run('国庆节', '2027-10-01', 7),
];
const swappedWorkdays = run('春节', '2027-01-31', 1);
const load = (data: Partial<LoadCalendarYear['data']> = {}, by: Actor = admin): LoadCalendarYear => ({
  type: 'LoadCalendarYear',
  data: { year: 2027, holidays, swappedWorkdays, reference: '国办发明电〔2026〕8号', ...data },
  by,
  at,
  on,
});
const loaded = (version: number, data: Partial<CalendarYearLoaded['data']> = {}): CalendarYearLoaded => ({
  type: 'CalendarYearLoaded',
  data: { year: 2027, version, holidays, swappedWorkdays, reference: '国办发明电〔2026〕8号', at, on, by: stampOf(admin), ...data },
});
const given = specFor(calendarYearDecider);
const day = (text: string): LocalDate => localDate(text);

describe('Loading the calendar of a year', () => {
  it('makes the second edition, since the first comes with the product', () => given().when(load()).then(loaded(2)));

  it('puts the days into order', () =>
    given()
      .when(load({ holidays: [...holidays].reverse() }))
      .then(loaded(2)));

  it('again with the same days changes nothing', () =>
    given(loaded(2))
      .when(load({ reference: 'other' }))
      .thenNothing());

  it('with other days makes the next edition', () => {
    const fewer = holidays.filter((h) => h.day !== '2027-10-07');
    return given(loaded(2))
      .when(load({ holidays: fewer }))
      .then(loaded(3, { holidays: fewer }));
  });

  it('is for administrators', () => given().when(load({}, SYSTEM)).thenRejects('calendar-only-admin'));

  it('takes days of that year, once each, and swaps weekends only', () => {
    given()
      .when(load({ year: 1999 }))
      .thenRejects('calendar-year-unknown');
    given()
      .when(load({ year: 2028 }))
      .thenRejects('calendar-day-of-another-year');
    given()
      .when(load({ swappedWorkdays: [{ day: day('2027-01-01'), name: 'x' }] }))
      .thenRejects('calendar-day-twice');
    given()
      .when(load({ swappedWorkdays: [{ day: day('2027-01-11'), name: 'x' }] }))
      .thenRejects('calendar-swap-not-on-weekend');
    given()
      .when(load({ reference: ' ' }))
      .thenRejects('calendar-reference-missing');
  });

  it('refuses an arrangement without a holiday that every year has', () =>
    given()
      .when(load({ holidays: holidays.filter((h) => h.day !== '2027-10-02') }))
      .thenRejects('calendar-incomplete'));
});
