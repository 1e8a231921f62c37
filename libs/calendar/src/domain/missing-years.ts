import { yearOf, type LocalDate } from '@app/kernel';
import type { CalendarYear } from '@app/worktime';

/** From this day on the arrangement of the next year is expected: it is published in November or December. */
const EXPECTED_FROM = '11-01';

/** Years whose arrangement should be there by now and is not: this one, and from 1 November the next. */
export const missingYears = (years: readonly CalendarYear[], today: LocalDate): readonly number[] => {
  const year = yearOf(today);
  return [year, ...(today.slice(5) >= EXPECTED_FROM ? [year + 1] : [])].filter(
    (expected) => !years.some((known) => known.year === expected && known.source === 'published'),
  );
};
