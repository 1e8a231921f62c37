import { sqlMigration } from './sql-migration';

/** 督办阶梯: the missed due times with what is reached next, the rungs proposed and decided, and the versions of the rules. */
export const Ladder0116 = sqlMigration(
  116,
  'ladder',
  `
create table ladder_clock (
  finding_id text collate "C" not null,
  leg_id text collate "C" not null,
  unit_id text collate "C" not null,
  due_at text collate "C" not null,
  due_on text collate "C" not null,
  number text not null,
  town_id text not null,
  steps jsonb not null,
  standing text[] not null,
  halted text,
  next_rung text,
  next_days integer,
  revision bigint not null,
  primary key (finding_id, leg_id, unit_id, due_at)
);
create index ladder_clock_next on ladder_clock (next_days, due_on, finding_id, leg_id) where next_rung is not null;
create table ladder_rung (
  rung_id text primary key,
  finding_id text collate "C" not null,
  leg_id text collate "C" not null,
  unit_id text collate "C" not null,
  town_id text collate "C" not null,
  number text not null,
  rung text not null,
  due_at text collate "C" not null,
  due_on text collate "C" not null,
  state text not null,
  rule_id text not null,
  rule_version integer not null,
  overdue_days integer not null,
  addressees jsonb not null,
  reply_days integer,
  proposed_at text collate "C" not null,
  text text,
  reply_by text collate "C",
  changed boolean,
  reason text,
  decided_at text collate "C",
  decided_by text,
  answer text,
  answered_at text collate "C",
  answered_by text,
  answer_late boolean,
  interview jsonb,
  "position" bigint not null,
  revision bigint not null
);
create unique index ladder_rung_position on ladder_rung ("position");
create index ladder_rung_state on ladder_rung (state, "position");
create index ladder_rung_unit on ladder_rung (unit_id, "position");
create index ladder_rung_town on ladder_rung (town_id, "position");
create index ladder_rung_finding on ladder_rung (finding_id, "position");
create table ladder_rule (
  rule_id text collate "C" not null,
  version integer not null,
  rule jsonb not null,
  reason text not null,
  revision bigint not null,
  primary key (rule_id, version)
);
`,
);
