import { sqlMigration } from './sql-migration';

/** What the directory is read from; every row follows from the streams unit-, person-, post- and category-. */
export const Organisation0010 = sqlMigration(
  10,
  'organisation',
  `
create table org_unit (
  id text primary key,
  name text not null,
  synonyms text[] not null,
  initials text not null,
  kind text not null,
  parent_id text,
  path text not null,
  status text not null check (status in ('active', 'merged', 'dissolved')),
  merged_into text,
  from_date date not null,
  to_date date,
  revision bigint not null
);
create index org_unit_path on org_unit (path text_pattern_ops);

-- Closed history keeps the old name (R14).
create table org_unit_name (
  unit_id text not null,
  from_date date not null,
  name text not null,
  primary key (unit_id, from_date)
);

create table org_person (
  id text primary key,
  name text not null,
  initials text not null,
  phone_masked text,
  phone_sealed text,
  revision bigint not null
);

create table org_post (
  id text primary key,
  unit_id text not null,
  title text not null,
  roles text[] not null,
  receives boolean not null,
  closed_after date,
  revision bigint not null
);

-- Both days included; a last day before the first: it never came to be.
create table org_holding (
  post_id text not null,
  person_id text not null,
  from_date date not null,
  to_date date,
  primary key (post_id, person_id, from_date)
);
create table org_substitute (
  post_id text not null,
  person_id text not null,
  from_date date not null,
  to_date date,
  primary key (post_id, person_id, from_date)
);
create table org_secondment (
  person_id text not null,
  from_unit text not null,
  to_unit text not null,
  from_date date not null,
  to_date date,
  primary key (person_id, to_unit, from_date)
);
create table org_responsibility (
  person_id text not null,
  unit_id text not null,
  from_date date not null,
  to_date date,
  primary key (person_id, unit_id, from_date)
);

create table org_category (
  code text primary key,
  name text not null,
  initials text not null,
  parent text,
  evidence_kinds text[] not null,
  retired_after date,
  revision bigint not null
);
create table org_category_rule (
  code text not null,
  version int not null,
  unit_id text,
  duty text not null,
  leads text not null,
  from_date date not null,
  to_date date,
  primary key (code, version)
);

-- One row: position of the last event in the tables above. Readers keep a picture in memory while it stands.
create table org_version (
  only_row boolean primary key default true check (only_row),
  "position" bigint not null
);
`,
);
