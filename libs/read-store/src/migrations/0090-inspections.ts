import { sqlMigration } from './sql-migration';

/** Inspection tasks, and the way from a village to its findings. */
export const Inspections0090 = sqlMigration(
  90,
  'inspections',
  `
create table inspection (
  inspection_id text primary key,
  team_id text not null,
  members text[] not null,
  villages text[] not null,
  -- Both days included.
  from_day text collate "C" not null,
  to_day text collate "C" not null,
  source jsonb not null,
  manner text not null,
  note text,
  planned_by text not null,
  planned_at text collate "C" not null,
  ended_at text collate "C",
  end_reason text,
  revision bigint not null
);
create index inspection_days on inspection (from_day, inspection_id);
create index inspection_members on inspection using gin (members);
create index inspection_villages on inspection using gin (villages);

create index finding_list_village on finding_list (village_id, due_sort) where village_id is not null;
`,
);
