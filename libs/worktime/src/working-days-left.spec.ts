import fc from 'fast-check';
import { addDays, instantAt, type LocalDate } from '@app/kernel';
import { calendarFrom } from './calendar-from';
import { workingDaysBetween } from './working-days';
import { workingDaysLeft } from './working-days-left';

const day = (text: string): LocalDate => text as LocalDate;
const calendar = calendarFrom([]);

describe('Working days left', () => {
  const left = workingDaysLeft(instantAt(day('2020-07-03'), '10:00'), calendar);

  it('are counted after today up to the day of the due time', () => {
    expect(left(instantAt(day('2020-07-03'), '17:30'))).toBe(0);
    expect(left(instantAt(day('2020-07-06'), '17:30'))).toBe(1);
    expect(left(instantAt(day('2020-07-10'), '17:30'))).toBe(5);
  });

  it('are negative when the due time has passed, and unknown without one or decades away', () => {
    expect(left(instantAt(day('2020-06-30'), '17:30'))).toBe(-3);
    expect(left(null)).toBe(null);
    expect(left(instantAt(day('2400-01-03'), '17:30'))).toBe(null);
  });

  it('are those of the calendar, day by day, over years in both directions', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: 0, max: 3_000 }), (days, start) => {
        const today = addDays(day('2015-01-01'), start);
        const due = addDays(today, days);
        const counted = workingDaysLeft(instantAt(today, '09:00'), calendar)(instantAt(due, '17:30'));
        expect(counted).toBe(workingDaysBetween(today, due, calendar) + 0);
      }),
      { numRuns: 50 },
    );
  });
});
