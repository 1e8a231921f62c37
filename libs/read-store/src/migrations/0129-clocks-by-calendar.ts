import { sqlMigration } from './sql-migration';

/** Which calendars the clocks were worked out with is looked up when a worker starts, however many clocks there are. */
export const ClocksByCalendar0129 = sqlMigration(
  129,
  'clocks-by-calendar',
  'create index finding_deadline_calendar on finding_deadline (calendar_version, finding_id, key);',
);
