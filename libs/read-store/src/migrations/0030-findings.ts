import { sqlMigration } from './sql-migration';

/**
 * What people read of findings. Moments and days are kept as ISO text under collation "C": they sort as they read,
 * and a rebuild writes the same bytes. Paths are ids from the root joined by '/'.
 */
export const Findings0030 = sqlMigration(
  30,
  'findings',
  `
-- Own picture of the units, fed by the organisation's events, so that a rebuild sees what the live run saw.
create table finding_unit (
  unit_id text primary key,
  name text not null,
  kind text not null,
  path text collate "C" not null,
  -- The unit that stands in its place today (R14); itself while it stands.
  today_id text not null,
  revision bigint not null
);
create index finding_unit_path on finding_unit (path);
create index finding_unit_today on finding_unit (today_id);

-- The fold of each finding: state of the domain and what is only told.
create table finding_view (
  finding_id text primary key,
  view jsonb not null,
  -- Every unit that plays a part, as stated in the events: who must be looked at again when a unit changes.
  unit_ids text[] not null,
  -- The counters this finding stands in.
  counted text[] not null
);
create index finding_view_units on finding_view using gin (unit_ids);

create table finding_list (
  finding_id text primary key,
  number text collate "C" not null,
  kind text not null,
  status text not null,
  stage text not null,
  flags text[] not null,
  source_kind text not null,
  source_name text not null,
  source_batch text,
  manner text not null,
  category text not null,
  seriousness text not null,
  rectification text,
  list_id text,
  list_row text,
  parent_id text,
  relapse_of text,
  self_found boolean not null,
  upper_authority text,
  upper_number text,
  town_id text not null,
  town_name text not null,
  village_id text,
  village_name text,
  place_text text not null,
  team_id text not null,
  team_name text not null,
  department_id text,
  department_name text,
  owner_id text,
  owner_name text,
  team_path text collate "C" not null,
  town_path text collate "C" not null,
  department_path text collate "C",
  owner_path text collate "C",
  -- Paths of every unit with a part in it and of all above them: the filter by subtree.
  unit_paths text[] not null,
  -- The same for the units that may read it (the finding team, the legs' units, assisting, copied, independent): rights.
  reader_paths text[] not null,
  -- Towns whose leaders may read it.
  leader_paths text[] not null,
  text text not null,
  subject_kind text not null,
  subject_label text not null,
  haystack text not null,
  initials text not null,
  grams text[] not null,
  due_at text collate "C",
  due_sort text collate "C" not null,
  next_due_at text collate "C",
  next_due_kind text,
  found_on text collate "C" not null,
  filed_at text collate "C" not null,
  accepted_at text collate "C",
  transferred_at text collate "C",
  cleared_at text collate "C",
  ended_at text collate "C",
  stage_since text collate "C" not null,
  items_total int not null,
  items_open int not null,
  items_done int not null,
  items_untrue int not null,
  items_cannot int not null,
  legs_total int not null,
  legs_passed int not null,
  revision bigint not null,
  changed_at text collate "C" not null,
  "position" bigint not null
);
create index finding_list_due on finding_list (due_sort, finding_id);
create index finding_list_filed on finding_list (filed_at, finding_id);
create index finding_list_number on finding_list (number, finding_id);
create index finding_list_changed on finding_list ("position", finding_id);
create index finding_list_team on finding_list (team_path, due_sort);
create index finding_list_town on finding_list (town_path, due_sort);
create index finding_list_department on finding_list (department_path, due_sort);
create index finding_list_owner on finding_list (owner_path, due_sort) where owner_path is not null;
create index finding_list_list on finding_list (list_id, due_sort) where list_id is not null;
create index finding_list_category on finding_list (category, due_sort);
create index finding_list_stage on finding_list (stage, due_sort);
create index finding_list_units on finding_list using gin (unit_paths);
create index finding_list_readers on finding_list using gin (reader_paths);
create index finding_list_leaders on finding_list using gin (leader_paths);
create index finding_list_grams on finding_list using gin (grams);

create table finding_leg (
  finding_id text not null,
  leg_id text not null,
  -- As the events say, and the unit that answers for it today.
  stated_unit_id text not null,
  unit_id text not null,
  unit_name text not null,
  unit_path text collate "C" not null,
  line text not null,
  duty text not null,
  leads boolean not null,
  stage text not null,
  running boolean not null,
  due_at text collate "C" not null,
  original_due_at text collate "C" not null,
  due jsonb not null,
  delivered_at text collate "C" not null,
  signed_at text collate "C",
  deemed_signed boolean not null,
  submitted_at text collate "C",
  on_time boolean,
  on_time_by_original boolean,
  passed_at text collate "C",
  returned_at text collate "C",
  returned_ground text,
  sent_back boolean not null,
  extensions int not null,
  extension_until text collate "C",
  village_id text,
  assignee text,
  primary key (finding_id, leg_id)
);
create index finding_leg_unit on finding_leg (unit_path, due_at);

create table finding_event (
  "position" bigint primary key,
  finding_id text not null,
  number text not null,
  revision bigint not null,
  event_id text not null,
  type text not null,
  at text collate "C" not null,
  on_day text collate "C" not null,
  person_id text not null,
  unit_id text not null,
  unit_name text not null,
  post_id text,
  in_place_of text,
  leg_id text,
  params jsonb not null
);
create index finding_event_finding on finding_event (finding_id, "position");
create index finding_event_unit on finding_event (unit_id, "position");
create index finding_event_person on finding_event (person_id, "position");

create table inbox_entry (
  finding_id text not null,
  work text not null,
  -- Which leg, instruction or unit of the finding; '' for the finding itself.
  part text not null,
  unit_id text not null,
  unit_path text collate "C" not null,
  unit_name text not null,
  roles text[] not null,
  -- Only this person, where one was named.
  person_id text,
  -- Towns whose leaders it waits for; empty when it waits for a unit.
  leader_paths text[] not null,
  leg_id text,
  due_at text collate "C",
  due_sort text collate "C" not null,
  since_at text collate "C" not null,
  reminded_at text collate "C",
  passed_at text collate "C",
  number text not null,
  stage text not null,
  category text not null,
  seriousness text not null,
  text text not null,
  subject_label text not null,
  town_name text not null,
  primary key (finding_id, work, part)
);
create index inbox_entry_unit on inbox_entry (unit_id, due_sort);
create index inbox_entry_path on inbox_entry (unit_path, due_sort);
create index inbox_entry_leaders on inbox_entry using gin (leader_paths);

-- Exact totals for a filter by one dimension.
create table finding_count (
  dimension text not null,
  key text collate "C" not null,
  stage text not null,
  n int not null,
  primary key (dimension, key, stage)
);
`,
);
