import { addDays, localDate, weekday, type LocalDate } from '@app/kernel';
import { calendarFrom } from '@app/worktime';
import { LegalHoliday, SolarDay } from 'tyme4ts';
import { lunarDays } from './lunar-days';
import { builtInYears, publishedYears } from './published-years';

const calendar = calendarFrom(builtInYears);
const parts = (day: LocalDate): readonly [number, number, number] => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
};
const daysOf = (year: number): readonly LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = localDate(`${String(year)}-01-01`); day <= `${String(year)}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Worked by the circular for 2013 (国办发明电〔2012〕33号); the second source has left them out. */
const LEFT_OUT_THERE: readonly string[] = ['2013-04-07', '2013-10-12'];

/** As somebody else collected the same circulars. */
const isWorkedElsewhere = (day: LocalDate): boolean => {
  const told = LegalHoliday.fromYmd(...parts(day));
  if (told !== null) return told.isWork();
  return LEFT_OUT_THERE.includes(day) || (weekday(day) !== 0 && weekday(day) !== 6);
};

const lunarOf = (day: LocalDate): string => {
  const lunar = SolarDay.fromYmd(...parts(day)).getLunarDay();
  return `${String(lunar.getMonth())}-${String(lunar.getDay())}`;
};

describe('The published years beside a second source', () => {
  it.each(publishedYears.map(({ year }) => year))('agree on every day of %i', (year) => {
    expect(daysOf(year).filter((day) => calendar.isWorkingDay(day) !== isWorkedElsewhere(day))).toStrictEqual([]);
  });
});

describe('The festivals that follow the moon', () => {
  it('fall on the days that another computation gives, in every year that is to be computed', () => {
    const found = [...lunarDays.values()].map(({ springFestival, dragonBoat, midAutumn }) =>
      [springFestival, dragonBoat, midAutumn].map(lunarOf),
    );
    expect(found).toStrictEqual(found.map(() => ['1-1', '5-5', '8-15']));
  });
});
