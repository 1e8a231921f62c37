import { sqlMigration } from './sql-migration';

/** 通知文书: what was issued, what became of it, and which findings stand on it. */
export const Notices0120 = sqlMigration(
  120,
  'notices',
  `
create table notice (
  notice_id text primary key,
  "position" bigint not null unique,
  opaque text not null unique,
  kind text not null,
  number text not null unique,
  unit_id text not null,
  issuer_id text not null,
  issued_at text collate "C" not null,
  issued_on text collate "C" not null,
  issued_by text not null,
  content_hash text not null,
  sign_due_at text collate "C" not null,
  feedback_by text collate "C",
  -- As it was issued: everything that is shown and printed of it.
  issued jsonb not null,
  deliveries jsonb not null,
  signed_at text collate "C",
  signed_by text,
  refusal jsonb,
  replies jsonb not null,
  corrections jsonb not null,
  revision bigint not null
);
create index notice_unit on notice (unit_id, "position");
create index notice_issuer on notice (issuer_id, "position");
create table notice_finding (
  finding_id text not null,
  notice_id text not null,
  leg_id text not null,
  "position" bigint not null,
  primary key (finding_id, notice_id, leg_id)
);
`,
);
