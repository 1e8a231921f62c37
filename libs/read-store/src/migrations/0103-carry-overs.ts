import { sqlMigration } from './sql-migration';

/** 历史结转: what was cleared before this system. Counters by scope and recorded day, so that boards never count the records. */
export const CarryOvers0103 = sqlMigration(
  103,
  'carry-overs',
  `
create table carry_over (
  carry_over_id text primary key,
  "position" bigint not null unique,
  row_id text not null unique,
  import_id text,
  source_kind text not null,
  source_name text not null,
  source_batch text,
  source_document text,
  number text,
  text text not null,
  category text not null,
  subject_kind text not null,
  subject_label text not null,
  town_id text not null,
  village_id text,
  place_text text not null,
  unit_ids text[] not null,
  found_on text collate "C",
  cleared_on text collate "C",
  said text not null,
  carried_at text collate "C" not null,
  carried_on text collate "C" not null,
  carried_by text not null,
  withdrawn_at text collate "C",
  withdrawn_on text collate "C",
  withdrawn_by text,
  withdrawn_because text,
  scopes text[] not null,
  revision bigint not null
);
create index carry_over_town on carry_over (town_id, "position");
create index carry_over_units on carry_over using gin (unit_ids);
create index carry_over_import on carry_over (import_id, "position");
create table carry_over_count (
  scope text collate "C" not null,
  day text collate "C" not null,
  n integer not null,
  primary key (scope, day)
);
`,
);
