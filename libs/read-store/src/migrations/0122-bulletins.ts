import { sqlMigration } from './sql-migration';

/** 工作简报与调度表: the issues with everything they say, and what was corrected of them since. */
export const Bulletins0122 = sqlMigration(
  122,
  'bulletins',
  `
create table bulletin (
  bulletin_id text primary key,
  kind text not null,
  total integer not null,
  content jsonb not null,
  content_hash text not null,
  issued_at text collate "C" not null,
  issued_on text collate "C" not null,
  issued_by text not null,
  command_id text not null unique,
  revision bigint not null,
  unique (kind, total)
);
create index bulletin_by_issue on bulletin (issued_at, bulletin_id);
create table bulletin_correction (
  bulletin_id text not null,
  revision bigint not null,
  kind text not null,
  lines jsonb not null,
  reason text not null,
  known_to text not null,
  corrected_at text collate "C" not null,
  corrected_by text not null,
  printed_in text,
  primary key (bulletin_id, revision)
);
create index bulletin_correction_unprinted on bulletin_correction (kind) where printed_in is null;
`,
);
