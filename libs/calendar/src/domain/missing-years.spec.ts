import { localDate } from '@app/kernel';
import { provisionalYear, type CalendarYear } from '@app/worktime';
import { missingYears } from './missing-years';

const published = (year: number): CalendarYear => ({ ...provisionalYear(year), version: '1', source: 'published' });

describe('A year that is missing in the calendar', () => {
  const years = [published(2026), provisionalYear(2027)];

  it('is not asked for before November', () => expect(missingYears(years, localDate('2026-10-31'))).toStrictEqual([]));
  it('is the next one from 1 November on', () => expect(missingYears(years, localDate('2026-11-01'))).toStrictEqual([2027]));
  it('is none once it is loaded', () =>
    expect(missingYears([published(2026), published(2027)], localDate('2026-11-01'))).toStrictEqual([]));
  it('is this one when it began without', () => expect(missingYears(years, localDate('2027-01-01'))).toStrictEqual([2027]));
  it('may be one that nobody even computed', () => expect(missingYears([], localDate('2026-12-01'))).toStrictEqual([2026, 2027]));
});
