import { localDate } from '@app/kernel';
import { CALENDAR_2020 } from '../../testing/finding-builders';
import type { Tally } from './figure-definitions';
import { mondayOf, paceOf } from './overview-figures';

const tally = (counts: Readonly<Record<string, number>>): Tally => {
  const by = new Map<string, Map<string, number>>();
  for (const [measure, n] of Object.entries(counts)) {
    const [name = '', key = ''] = measure.split('@');
    by.set(name, (by.get(name) ?? new Map<string, number>()).set(key, n));
  }
  return by;
};
const onFriday = (counts: Readonly<Record<string, number>>) => paceOf(tally(counts), localDate('2020-07-17'), CALENDAR_2020);

describe('The pace', () => {
  it('is that of the last twenty working days, and tells when nothing would remain', () => {
    const { cleared, perWorkingDay, zeroBy } = onFriday({
      open: 10,
      'cleared_by_day@2020-06-18': 100,
      'cleared_by_day@2020-06-19': 5,
      'cleared_by_day_immediate@2020-07-17': 15,
    });
    expect([cleared, perWorkingDay, zeroBy]).toStrictEqual([20, '1.0', '2020-07-31']);
  });

  it('never ends where nothing was cleared, nor at a pace of decades', () => {
    expect(onFriday({ open: 10 }).zeroBy).toBeNull();
    expect(onFriday({ open: 10_000, 'cleared_by_day@2020-07-01': 1 }).zeroBy).toBeNull();
  });

  it('is over where nothing remains', () => {
    const { zeroBy, target, neededPerWorkingDay } = onFriday({ 'cleared_by_day@2020-07-01': 1 });
    expect([zeroBy, target, neededPerWorkingDay]).toStrictEqual(['2020-07-17', null, null]);
  });

  it('is held against the last due day of what is open, rounded up; a day gone by is no target', () => {
    const { target, workingDaysToTarget, neededPerWorkingDay } = onFriday({
      open: 10,
      'open_by_due@2020-07-20': 4,
      'open_by_due_immediate@2020-07-21': 1,
      'open_by_due@2020-07-10': 5,
    });
    expect([target, workingDaysToTarget, neededPerWorkingDay]).toStrictEqual(['2020-07-21', 2, '5.0']);
    expect(onFriday({ open: 3, 'open_by_due@2020-07-10': 3 }).target).toBeNull();
    expect(onFriday({ open: 1, 'open_by_due@2020-07-22': 1 }).neededPerWorkingDay).toBe('0.4');
  });

  it('looks at weeks that begin on Monday', () => {
    expect(['2020-07-13', '2020-07-15', '2020-07-19', '2020-07-20'].map((day) => mondayOf(localDate(day)))).toStrictEqual([
      '2020-07-13',
      '2020-07-13',
      '2020-07-13',
      '2020-07-20',
    ]);
  });
});
