import { weekday, yearOf, type LocalDate } from '@app/kernel';
import { provisionalYear, type CalendarYear } from './calendar-year';
import type { WorkCalendar } from './work-calendar';

type Lookup = Readonly<{
  version: string;
  provisional: boolean;
  off: ReadonlyMap<LocalDate, string>;
  swapped: ReadonlyMap<LocalDate, string>;
}>;

const lookupOf = (year: CalendarYear): Lookup => ({
  version: year.version,
  provisional: year.source === 'provisional',
  off: new Map(year.holidays.map(({ day, name }) => [day, name])),
  swapped: new Map(year.swappedWorkdays.map(({ day, name }) => [day, name])),
});

/** `2004-2006:1,2007:2`: neighbours of the same version share an entry. */
const compact = (versions: readonly (readonly [number, string])[]): string => {
  const runs: { from: number; to: number; version: string }[] = [];
  for (const [year, version] of versions) {
    const last = runs.at(-1);
    if (last !== undefined && last.version === version && last.to === year - 1) last.to = year;
    else runs.push({ from: year, to: year, version });
  }
  return runs.map(({ from, to, version }) => `${from === to ? String(from) : `${String(from)}-${String(to)}`}:${version}`).join(',');
};

/** Whether a due time that was worked out with this version would find the same years in the calendar: `2020:1,2021:p`. */
export const isOfCalendar = (version: string, calendar: WorkCalendar): boolean => {
  const years = version.match(/\d{4}(?=[-:])/g) ?? [];
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return false;
  return calendar.versionFor(`${first}-01-01` as LocalDate, `${last}-12-31` as LocalDate) === version;
};

const isWeekend = (day: LocalDate): boolean => weekday(day) === 0 || weekday(day) === 6;

/** A calendar from the years that are known; a year given twice counts as given last. Every other year is computed (R42). */
export const calendarFrom = (years: readonly CalendarYear[]): WorkCalendar => {
  const known = new Map(years.map((year) => [year.year, lookupOf(year)]));
  const computed = new Map<number, Lookup>();
  const lookup = (year: number): Lookup => {
    const found = known.get(year) ?? computed.get(year);
    if (found !== undefined) return found;
    const made = lookupOf(provisionalYear(year));
    computed.set(year, made);
    return made;
  };
  return {
    version: compact([...known].map(([year, { version }]) => [year, version] as const).sort(([a], [b]) => a - b)),
    versionFor: (from, to) => {
      const first = yearOf(from < to ? from : to);
      const last = yearOf(from < to ? to : from);
      return compact(Array.from({ length: last - first + 1 }, (_, n) => [first + n, lookup(first + n).version] as const));
    },
    isWorkingDay: (day) => {
      const { off, swapped } = lookup(yearOf(day));
      return swapped.has(day) || !(off.has(day) || isWeekend(day));
    },
    isProvisional: (day) => lookup(yearOf(day)).provisional,
    nameOf: (day) => {
      const { off, swapped } = lookup(yearOf(day));
      return off.get(day) ?? swapped.get(day) ?? null;
    },
  };
};
