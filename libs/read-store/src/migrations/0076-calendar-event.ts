import { sqlMigration } from './sql-migration';

/** Which event loaded an edition, so that the deadlines it moved can be listed by year. The projection is rebuilt. */
export const CalendarEvent0076 = sqlMigration(
  76,
  'calendar-event',
  `
alter table calendar_year add column event_id text;
create index calendar_year_event on calendar_year (event_id);
`,
);
