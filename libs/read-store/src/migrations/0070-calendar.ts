import { sqlMigration } from './sql-migration';

export const Calendar0070 = sqlMigration(
  70,
  'calendar',
  `
create table calendar_year (
  year int not null,
  version int not null,
  holidays jsonb not null,
  swapped_workdays jsonb not null,
  reference text not null,
  loaded_by text not null,
  loaded_at timestamptz not null,
  event_position bigint not null,
  primary key (year, version)
);

create table deadline_rule (
  rule_id text not null,
  version int not null,
  kind text not null,
  from_day date not null,
  to_day date,
  rule jsonb not null,
  reason text not null,
  event_position bigint not null,
  primary key (rule_id, version)
);
`,
);
