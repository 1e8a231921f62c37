import { sqlMigration } from './sql-migration';

export const Deadlines0075 = sqlMigration(
  75,
  'deadlines',
  `
-- What the clocks of each finding follow from: the fold of its events.
create table finding_clock (
  finding_id text primary key,
  fold jsonb not null
);

create table finding_deadline (
  finding_id text collate "C" not null,
  key text collate "C" not null,
  kind text not null,
  leg_id text,
  unit_id text not null,
  -- False: the clock stands (under review, under return) and knocks at nothing.
  running boolean not null,
  due_at timestamptz not null,
  -- The due time with its derivation, as in the event.
  due jsonb not null,
  -- When this due time began to hold.
  since timestamptz,
  provisional boolean not null,
  calendar_version text not null,
  first_year int not null,
  last_year int not null,
  reminded_3 boolean not null,
  reminded_1 boolean not null,
  passed boolean not null,
  primary key (finding_id, key)
);
create index finding_deadline_to_pass on finding_deadline (due_at, finding_id, key) where running and not passed;
create index finding_deadline_to_remind on finding_deadline (due_at, finding_id, key) where running and not (reminded_3 and reminded_1);
create index finding_deadline_years on finding_deadline (last_year, first_year);

create table moved_due_time (
  finding_id text collate "C" not null,
  revision bigint not null,
  key text not null,
  because text not null,
  moved_at timestamptz not null,
  from_due jsonb,
  to_due jsonb not null,
  -- Id of the event that loaded a year's calendar.
  caused_by text,
  primary key (finding_id, revision)
);
create index moved_due_time_cause on moved_due_time (caused_by, moved_at desc);
`,
);
