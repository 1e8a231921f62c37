import { sqlMigration } from './sql-migration';

/** Workbooks of units that came back. Not read models: what they lead to are commands to findings. Personal numbers are replaced already. */
export const RoundTrips0102 = sqlMigration(
  102,
  'round trips',
  `
create table round_trip (
  round_trip_id text primary key,
  unit_id text not null,
  actor jsonb not null,
  file_name text not null,
  file_hash text not null,
  state text not null check (state in ('reading', 'ready', 'running', 'done', 'refused', 'cancelled')),
  exported_at text collate "C",
  rows_total integer not null default 0,
  rows_done integer not null default 0,
  counts jsonb,
  selection_id text,
  failure jsonb,
  created_at text collate "C" not null,
  changed_at text collate "C" not null
);
create index round_trip_unit on round_trip (unit_id, created_at desc, round_trip_id);
create index round_trip_open on round_trip (state) where state in ('reading', 'running');
create table round_trip_row (
  round_trip_id text not null references round_trip on delete cascade,
  n integer not null,
  sheet_row integer,
  number text not null,
  finding_id text,
  leg_id text,
  -- Of the finding when the row was previewed; what the commands rest on.
  revision text,
  -- Of workbook, row and what was filled in: recognises a row that was taken already.
  fingerprint text,
  state text not null,
  reasons jsonb not null,
  since jsonb not null,
  cells jsonb not null,
  confirm_personal boolean not null,
  steps jsonb not null,
  primary key (round_trip_id, n)
);
create index round_trip_row_taken on round_trip_row (fingerprint) where state = 'done';
create index round_trip_row_state on round_trip_row (round_trip_id, state, n);
create index round_trip_row_finding on round_trip_row (round_trip_id, finding_id);
`,
);
