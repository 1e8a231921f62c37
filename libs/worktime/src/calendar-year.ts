import { addDays, localDate, type LocalDate } from '@app/kernel';

export type NamedDay = Readonly<{ day: LocalDate; name: string }>;

/** One year's calendar as data. */
export type CalendarYear = Readonly<{
  year: number;
  /** `p` for a computed year, else the number of the edition that was published or loaded: `1`, `2` … */
  version: string;
  source: 'published' | 'provisional';
  /** Days off by decree, weekends among them included or not: both read the same. */
  holidays: readonly NamedDay[];
  /** Saturdays and Sundays that are worked (调休上班). */
  swappedWorkdays: readonly NamedDay[];
}>;

/** The three festivals that follow the moon; they need a table of lunar months, which whoever loads the data brings along. */
export type LunarDays = Readonly<{ springFestival: LocalDate; dragonBoat: LocalDate; midAutumn: LocalDate }>;

export const PROVISIONAL_VERSION = 'p';

const dayOf = (year: number, month: number, day: number): LocalDate =>
  localDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

/** 清明 by the usual formula, right for 2000–2099. */
export const qingmingOf = (year: number): LocalDate => {
  const y = year % 100;
  return dayOf(year, 4, Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4));
};

const run = (first: LocalDate, count: number, name: string): readonly NamedDay[] =>
  Array.from({ length: count }, (_, n) => ({ day: addDays(first, n), name }));

/**
 * A year nobody has published yet (R42): weekends and the fixed statutory days, no swapped days.
 * From 2025 the eve of the Spring Festival and 2 May are statutory days too. Without `lunar` the moon's festivals are missing.
 */
export const provisionalYear = (year: number, lunar: LunarDays | null = null): CalendarYear => {
  const since2025 = year >= 2025;
  const springFestival =
    lunar === null ? [] : since2025 ? run(addDays(lunar.springFestival, -1), 4, '春节') : run(lunar.springFestival, 3, '春节');
  return {
    year,
    version: PROVISIONAL_VERSION,
    source: 'provisional',
    holidays: [
      ...run(dayOf(year, 1, 1), 1, '元旦'),
      ...springFestival,
      ...run(qingmingOf(year), 1, '清明'),
      ...run(dayOf(year, 5, 1), since2025 ? 2 : 1, '劳动节'),
      ...(lunar === null ? [] : run(lunar.dragonBoat, 1, '端午')),
      ...(lunar === null ? [] : run(lunar.midAutumn, 1, '中秋')),
      ...run(dayOf(year, 10, 1), 3, '国庆节'),
    ],
    swappedWorkdays: [],
  };
};
