import {
  addDays,
  instantAt,
  localDate,
  localDateOf,
  seededRandom,
  stampOf,
  SYSTEM,
  weekday,
  type Actor,
  type LocalDate,
  type SeededRandom,
} from '@app/kernel';
import { dueAfter, recomputed, type NamedDay, type WorkCalendar } from '@app/worktime';
import { calendarYearDecider } from '../domain/calendar-year.decider';
import { BUILT_IN_BOOK, withEvent, type CalendarBook } from './calendar-book';

const SEED = Math.floor(Math.random() * 1e9);
const YEARS = Array.from({ length: 10 }, (_, n) => 2027 + n);
const admin: Actor = { ...SYSTEM, roles: ['admin'] };
const at = instantAt(localDate('2026-12-01'), '10:00');
const daysOf = (year: number): readonly LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = localDate(`${String(year)}-01-01`); day <= `${String(year)}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
};

type Arrangement = Readonly<{ year: number; holidays: readonly NamedDay[]; swappedWorkdays: readonly NamedDay[] }>;

/** An arrangement as nobody has published it: the fixed days, some breaks anywhere, some weekends worked. */
const madeUp = (year: number, random: SeededRandom): Arrangement => {
  const days = daysOf(year);
  const off = new Map(['01-01', '05-01', '10-01', '10-02', '10-03'].map((day) => [localDate(`${String(year)}-${day}`), '法定']));
  for (let breaks = 0; breaks < 6; breaks += 1) {
    const first = random.below(days.length - 9);
    for (const day of days.slice(first, first + 1 + random.below(9))) off.set(day, '调休');
  }
  const weekends = days.filter((day) => (weekday(day) === 0 || weekday(day) === 6) && !off.has(day));
  const swapped = weekends.filter(() => random.chance(0.06)).map((day) => ({ day, name: '补班' }));
  return { year, holidays: [...off].map(([day, name]) => ({ day, name })), swappedWorkdays: swapped };
};

const load = (book: CalendarBook, data: Arrangement): CalendarBook => {
  const command = { type: 'LoadCalendarYear', data: { ...data, reference: '放假安排' }, by: admin, at, on: localDateOf(at) } as const;
  const [event] = calendarYearDecider.decide(command, calendarYearDecider.initial);
  expect(event?.data.by).toStrictEqual(stampOf(admin));
  return event === undefined ? book : withEvent(book, event, 1n);
};

describe(`Ten made-up years, loaded as data, seed ${String(SEED)}`, () => {
  const random = seededRandom(SEED);
  const arrangements = YEARS.map((year) => madeUp(year, random));
  const { calendar, years } = arrangements.reduce(load, BUILT_IN_BOOK);

  it.each(arrangements.map((one) => [one.year, one] as const))('hold on every day of %i', (year, { holidays, swappedWorkdays }) => {
    const has = (list: readonly NamedDay[], day: LocalDate): boolean => list.some((named) => named.day === day);
    const wrong = daysOf(year).filter((day) => {
      const works = has(swappedWorkdays, day) || !(has(holidays, day) || weekday(day) === 0 || weekday(day) === 6);
      return calendar.isWorkingDay(day) !== works || calendar.isProvisional(day);
    });
    expect(wrong).toStrictEqual([]);
    expect(years.find((known) => known.year === year)?.version).toBe('2');
  });

  it('move every due time that rests on them to where it would be had they been known at first', () => {
    const due = (day: LocalDate, known: WorkCalendar, days: number) =>
      dueAfter({ deliveredAt: instantAt(day, '10:00'), days, unit: 'working', calendar: known, rule: { id: 'rectify', version: 1 } });
    let moved = 0;
    const wrong: LocalDate[] = [];
    for (const day of YEARS.flatMap(daysOf)) {
      for (const days of [1, 15]) {
        const before = due(day, BUILT_IN_BOOK.calendar, days);
        const after = recomputed(before, calendar);
        const fresh = due(day, calendar, days);
        if (after.day !== before.day) moved += 1;
        if (after.at !== fresh.at || after.provisional !== fresh.provisional) wrong.push(day);
      }
    }
    expect(wrong).toStrictEqual([]);
    expect(moved).toBeGreaterThan(0);
  });
});
