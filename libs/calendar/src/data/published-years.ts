import { localDate, yearOf } from '@app/kernel';
import { provisionalYear, type CalendarYear, type NamedDay } from '@app/worktime';
import published from 'chinese-days/dist/chinese-days.json';
import { lunarDays } from './lunar-days';

/** The edition that comes with the product; editions loaded by an administrator count on from 2. */
const BUILT_IN = '1';

/** The package writes `National Day,国庆节,3`. */
const nameIn = (text: string): string => text.split(',')[1] ?? text;

const daysByYear = (days: Readonly<Record<string, string>>): ReadonlyMap<number, readonly NamedDay[]> => {
  const found = new Map<number, NamedDay[]>();
  for (const [text, name] of Object.entries(days)) {
    const day = localDate(text);
    const list = found.get(yearOf(day)) ?? [];
    list.push({ day, name: nameIn(name) });
    found.set(yearOf(day), list);
  }
  return found;
};

const holidays = daysByYear(published.holidays);
/** The Saturday that the arrangement of 2006 took for its New Year; the package has only days of the year a circular is named after. */
const LEFT_OUT = { '2005-12-31': "New Year's Day,元旦,1" };
const swapped = daysByYear({ ...published.workdays, ...LEFT_OUT });

/** A year has been published when its National Day is there; a few days around New Year may come with the year after. */
const isPublished = (year: number): boolean => (holidays.get(year) ?? []).some(({ day }) => day === `${String(year)}-10-01`);

/** The years whose arrangement the State Council had published when the product was built, oldest first. */
export const publishedYears: readonly CalendarYear[] = [...holidays.keys()]
  .filter(isPublished)
  .sort((a, b) => a - b)
  .map((year) => ({
    year,
    version: BUILT_IN,
    source: 'published',
    holidays: holidays.get(year) ?? [],
    swappedWorkdays: swapped.get(year) ?? [],
  }));

/** Every year the product knows without being told: published ones, then computed ones (R42). Bundled; nothing is ever fetched. */
export const builtInYears: readonly CalendarYear[] = [
  ...publishedYears,
  ...[...lunarDays].filter(([year]) => !isPublished(year)).map(([year, lunar]) => provisionalYear(year, lunar)),
];
