import { addDays, instant, localDate, stampOf, SYSTEM, type Actor, type LocalDate, type PersonId } from '@app/kernel';
import { specFor } from '@app/testing';
import type { NamedDay } from '@app/worktime';
import type { ConfirmCalendarYear, DeclineCalendarYear, LoadCalendarYear, ProposeCalendarYear } from './calendar-year.commands';
import { calendarYearDecider } from './calendar-year.decider';
import type { CalendarYearDeclined, CalendarYearLoaded, CalendarYearProposed } from './calendar-year.events';

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

describe('A year loaded by two people', () => {
  const someone = (name: string, ...roles: Actor['roles']): Actor => ({ ...admin, personId: name as PersonId, roles });
  const [first, second, head] = [someone('first', 'admin'), someone('second', 'admin'), someone('head', 'office-head')];
  const arrangement = { year: 2027, holidays, swappedWorkdays, reference: '国办发明电〔2026〕8号' };
  const propose = (data: Partial<ProposeCalendarYear['data']> = {}, by: Actor = first): ProposeCalendarYear => ({
    type: 'ProposeCalendarYear',
    data: { ...arrangement, alone: false, ...data },
    ...{ by, at, on },
  });
  const proposed: CalendarYearProposed = { type: 'CalendarYearProposed', data: { ...arrangement, at, on, by: stampOf(first) } };
  const confirm = (by: Actor): ConfirmCalendarYear => ({ type: 'ConfirmCalendarYear', data: { year: 2027 }, by, at, on });
  const decline = (reason: string, by: Actor): DeclineCalendarYear => ({
    type: 'DeclineCalendarYear',
    data: { year: 2027, reason },
    ...{ by, at, on },
  });

  it('is proposed by one, as complete as a loaded one, and once', () => {
    given().when(propose()).then(proposed);
    given(proposed).when(propose()).thenNothing();
    given(loaded(2)).when(propose()).thenNothing();
    given()
      .when(propose({ holidays: [] }))
      .thenRejects('calendar-incomplete');
    given().when(propose({}, head)).thenRejects('calendar-only-admin');
  });

  it('holds when a second one confirms it, who is named beside the first', () => {
    given(proposed)
      .when(confirm(second))
      .then(loaded(2, { by: stampOf(second), proposedBy: first.personId }));
    given(proposed)
      .when(confirm(head))
      .then(loaded(2, { by: stampOf(head), proposedBy: first.personId }));
    given(proposed).when(confirm(first)).thenRejects('calendar-second-person');
    given(proposed)
      .when(confirm(someone('clerk', 'office')))
      .thenRejects('calendar-confirm-not-yours');
    given().when(confirm(second)).thenRejects('calendar-nothing-proposed');
    given(proposed, loaded(2)).when(confirm(second)).thenRejects('calendar-nothing-proposed');
  });

  it('is declined with a reason, by either of them', () => {
    const declined: CalendarYearDeclined = {
      type: 'CalendarYearDeclined',
      data: { year: 2027, reason: '少一天', at, on, by: stampOf(second) },
    };
    given(proposed).when(decline(' 少一天 ', second)).then(declined);
    given(proposed).when(decline(' ', second)).thenRejects('rule-reason-missing');
    given(proposed, declined).when(confirm(second)).thenRejects('calendar-nothing-proposed');
  });

  it('is loaded by one person where there is nobody else, and says so', () =>
    given()
      .when(propose({ alone: true }))
      .then(loaded(2, { by: stampOf(first), alone: true })));
});
