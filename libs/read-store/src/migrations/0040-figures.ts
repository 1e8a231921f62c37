import { sqlMigration } from './sql-migration';

/**
 * Clearance figures. A counter holds what changed on a day of recording (R15), so that any past day is a sum; a total is the
 * sum so far. Facts are the lists behind the numbers: one row per part of a finding and span of days. Days are ISO text.
 */
export const Figures0040 = sqlMigration(
  40,
  'figures',
  `
create table figure_unit (
  unit_id text primary key,
  name text not null,
  kind text not null,
  path text collate "C" not null,
  today_id text not null,
  revision bigint not null
);
create index figure_unit_path on figure_unit (path);
create index figure_unit_today on figure_unit (today_id);

create table figure_fold (
  finding_id text primary key,
  fold jsonb not null,
  unit_ids text[] not null
);
create index figure_fold_units on figure_fold using gin (unit_ids);

create table figure_fact (
  finding_id text not null,
  part text collate "C" not null,
  from_day text collate "C" not null,
  -- The first day on which it no longer held; null while it holds.
  to_day text collate "C",
  number text collate "C" not null,
  scopes text[] not null,
  measures text[] not null,
  primary key (finding_id, part, from_day)
);
create index figure_fact_behind on figure_fact using gin (scopes, measures);
create index figure_fact_now on figure_fact (finding_id) where to_day is null;

create table figure_counter (
  scope text collate "C" not null,
  measure text collate "C" not null,
  -- '' for measures that have no day of their own.
  key_day text collate "C" not null,
  recorded_day text collate "C" not null,
  delta int not null,
  primary key (scope, measure, recorded_day, key_day)
);

create index figure_counter_day on figure_counter (recorded_day);

create table figure_total (
  scope text collate "C" not null,
  measure text collate "C" not null,
  key_day text collate "C" not null,
  n int not null,
  primary key (scope, measure, key_day)
);
`,
);
