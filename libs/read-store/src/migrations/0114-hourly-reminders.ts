import { sqlMigration } from './sql-migration';

/** Reminders of clocks in hours hang on no calendar: when the next one is due stands in the row, so that it is found without counting. */
export const HourlyReminders0114 = sqlMigration(
  114,
  'HourlyReminders',
  `
  alter table finding_deadline add column remind_at timestamptz;
  create index finding_deadline_hourly on finding_deadline (remind_at) where running and remind_at is not null;
  `,
);
