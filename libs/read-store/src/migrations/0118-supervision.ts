import { sqlMigration } from './sql-migration';

/** 挂牌督办: cases, one row for each, with what is looked for; and the versions of rules that were set. */
export const Supervision0118 = sqlMigration(
  118,
  'Supervision',
  `
create table supervision_case (
  supervision_id text not null,
  round int not null,
  state text not null,
  subject_kind text not null,
  subject_id text not null,
  unit_ids text[] not null,
  report_due text collate "C",
  changed_at text collate "C" not null,
  view jsonb not null,
  revision bigint not null,
  primary key (supervision_id, round)
);
create index supervision_case_state on supervision_case (state, changed_at);
create index supervision_case_subject on supervision_case (subject_kind, subject_id);
create index supervision_case_units on supervision_case using gin (unit_ids);
create index supervision_case_due on supervision_case (report_due) where report_due is not null;
create table supervision_rule (
  rule_id text not null,
  version int not null,
  rule jsonb not null,
  reason text not null,
  primary key (rule_id, version)
);
`,
);
