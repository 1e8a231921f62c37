import { localDate, type LocalDate } from '@app/kernel';
import { calendarFrom, isOfCalendar } from './calendar-from';
import { provisionalYear, qingmingOf, type CalendarYear } from './calendar-year';

const named = (name: string, ...days: readonly string[]) => days.map((day) => ({ day: localDate(day), name }));
const y2020: CalendarYear = {
  year: 2020,
  version: '1',
  source: 'published',
  holidays: named('端午', '2020-06-25', '2020-06-26', '2020-06-27'),
  swappedWorkdays: named('端午', '2020-06-28'),
};
const day = (text: string): LocalDate => localDate(text);

describe('A work calendar', () => {
  const calendar = calendarFrom([y2020]);

  it('knows days off by decree, weekends, and weekends that are worked', () => {
    expect(
      ['2020-06-24', '2020-06-25', '2020-06-26', '2020-06-27', '2020-06-28', '2020-06-29'].map((d) => calendar.isWorkingDay(day(d))),
    ).toStrictEqual([true, false, false, false, true, true]);
    expect(calendar.nameOf(day('2020-06-28'))).toBe('端午');
    expect(calendar.nameOf(day('2020-06-29'))).toBeNull();
  });

  it('computes a year that nobody has published and marks it provisional', () => {
    expect(calendar.isProvisional(day('2020-12-31'))).toBe(false);
    expect(calendar.isProvisional(day('2021-01-01'))).toBe(true);
    expect(['2021-01-01', '2021-01-02', '2021-01-04', '2021-04-04', '2021-10-01'].map((d) => calendar.isWorkingDay(day(d)))).toStrictEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('names the versions of the years a span touches', () => {
    expect(calendar.version).toBe('2020:1');
    expect(calendar.versionFor(day('2020-12-01'), day('2021-01-10'))).toBe('2020:1,2021:p');
    expect(calendarFrom([{ ...y2020, year: 2019 }, y2020]).versionFor(day('2019-12-01'), day('2020-01-10'))).toBe('2019-2020:1');
  });

  it('takes the edition of a year that was given last', () => {
    const newer = calendarFrom([y2020, { ...y2020, version: '2', holidays: [], swappedWorkdays: [] }]);
    expect(newer.version).toBe('2020:2');
    expect(newer.isWorkingDay(day('2020-06-25'))).toBe(true);
  });
});

describe('What a due time was worked out with', () => {
  const calendar = calendarFrom([y2020, { ...y2020, year: 2021, version: '12' }]);

  it.each([
    ['2020:1', true],
    ['2020:2', false],
    ['2020:p', false],
    ['2020:1,2021:12', true],
    ['2020-2021:1', false],
    ['2021:12,2022:p', true],
    ['2022:p', true],
    ['2022-2024:p', true],
    ['2021-2022:p', false],
    ['', false],
  ])('is of this calendar or of another: %s', (version, expected) => {
    expect(isOfCalendar(version, calendar)).toBe(expected);
  });

  it('is of the calendar that named it', () => {
    expect(isOfCalendar(calendar.versionFor(day('2019-11-01'), day('2023-02-01')), calendar)).toBe(true);
  });
});

describe('A computed year', () => {
  const lunar = { springFestival: day('2027-02-06'), dragonBoat: day('2027-06-09'), midAutumn: day('2027-09-15') };

  it('has the thirteen statutory days that hold since 2025', () => {
    expect(provisionalYear(2027, lunar).holidays.map((h) => h.day)).toStrictEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ]);
  });

  it('has the eleven that held before', () => {
    const before = { springFestival: day('2020-01-25'), dragonBoat: day('2020-06-25'), midAutumn: day('2020-10-01') };
    expect(provisionalYear(2020, before).holidays).toHaveLength(11);
  });

  it('places 清明 by the sun', () => {
    expect([2016, 2017, 2019, 2020, 2024, 2025, 2026, 2027].map(qingmingOf)).toStrictEqual([
      '2016-04-04',
      '2017-04-04',
      '2019-04-05',
      '2020-04-04',
      '2024-04-04',
      '2025-04-04',
      '2026-04-05',
      '2027-04-05',
    ]);
  });
});
