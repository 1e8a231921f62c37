import { sqlMigration } from './sql-migration';

/** 线下办理占位: that something is handled outside the system, and nothing of what it says. */
export const Placeholders0038 = sqlMigration(
  38,
  'placeholders',
  `
create table placeholder (
  placeholder_id text primary key,
  number text collate "C" not null unique,
  unit_id text not null,
  source text not null,
  status text not null,
  registered_at text collate "C" not null,
  registered_on text collate "C" not null,
  registered_by text not null,
  settled_at text collate "C",
  settled_on text collate "C",
  document_number text,
  withdrawn_at text collate "C",
  withdrawn_on text collate "C",
  withdrawal_ground text,
  withdrawal_document text,
  revision bigint not null
);
create index placeholder_unit on placeholder (unit_id, number);
`,
);
