import { sqlMigration } from './sql-migration';

/** Nothing but a code goes to an address before its person entered that code; addresses of before are not confirmed either. */
export const MailConfirmation0140 = sqlMigration(
  140,
  'mail-confirmation',
  `
alter table notification_choice
  add column confirmed_at timestamptz,
  -- The code that was mailed last, wrapped with the master key; null once it was used.
  add column sealed_code text,
  add column code_tries integer not null default 0,
  add column code_until timestamptz,
  -- When codes were made in the last day.
  add column codes_at timestamptz[] not null default '{}';

-- Up to which event a restore filled this instance. What follows from those was sent by the instance that was backed up.
create table restored_to (
  only_row boolean primary key default true check (only_row),
  position bigint not null
);
`,
);
