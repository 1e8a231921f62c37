import { BUILT_IN_BOOK, CalendarService, loadedYear } from '@app/calendar';
import { InMemoryEventStore } from '@app/event-store';
import { addDays, instantFromMs, localDate, msOf, instantAt, type Instant } from '@app/kernel';
import { DEFAULT_RULES, type CalendarYear, type NamedDay, type RuleBook, type WorkCalendar } from '@app/worktime';

/** A year whose end was not published when the product was built: it is loaded on the way. */
export const START = instantAt(localDate('2026-03-02'), '08:00');
export const START_MS = msOf(START);
export const YEAR_MS = 365 * 86_400_000;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** The time that counts: of the database while nobody has set it wrong. */
export const trueTime = (elapsedMs: number): Instant => instantFromMs(START_MS + Math.floor(elapsedMs));

const run = (name: string, from: string, count: number): readonly NamedDay[] =>
  Array.from({ length: count }, (_, n) => ({ day: addDays(localDate(from), n), name }));

/** As an administrator might load it: not what was supposed. */
export const PUBLISHED_2027: CalendarYear = loadedYear({
  year: 2027,
  version: 2,
  holidays: [
    ...run('元旦', '2027-01-01', 3),
    ...run('春节', '2027-02-05', 8),
    ...run('清明', '2027-04-03', 3),
    ...run('劳动节', '2027-05-01', 5),
    ...run('国庆节', '2027-10-01', 7),
  ],
  swappedWorkdays: [...run('春节', '2027-01-31', 1), ...run('春节', '2027-02-14', 1)],
});

export const CALENDARS: Readonly<{ before: WorkCalendar; after: WorkCalendar }> = {
  before: BUILT_IN_BOOK.calendar,
  after: new CalendarService(new InMemoryEventStore()).calendarWith(PUBLISHED_2027),
};

/** What comes with the product, and a clock in hours for what is urgent. */
export const RULES: RuleBook = {
  version: '1',
  rules: [
    ...DEFAULT_RULES,
    { id: 'urgent', version: 1, kind: 'rectify', seriousness: 'major', days: 48, unit: 'hours', from: localDate('2020-01-01'), to: null },
    {
      id: 'urgent-triage',
      version: 1,
      kind: 'sign',
      seriousness: 'major',
      days: 6,
      unit: 'hours',
      from: localDate('2020-01-01'),
      to: null,
    },
  ],
};
