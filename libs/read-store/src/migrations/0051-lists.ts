import { sqlMigration } from './sql-migration';

/** What people read of lists. Counts of what became of the rows are joined from the findings, never kept here. */
export const Lists0051 = sqlMigration(
  51,
  'Lists',
  `
  create table list (
    list_id text primary key,
    title text not null,
    issuing_unit_id text not null,
    source_kind text not null,
    source_name text not null,
    source_batch text,
    source_document text,
    list_date text collate "C" not null,
    status text not null,
    number text,
    drafted_at text collate "C" not null,
    drafted_by text not null,
    issued_at text collate "C",
    issued_on text collate "C",
    issued_by text,
    supplements integer not null,
    revision bigint not null,
    "position" bigint not null
  );
  create index list_drafted on list (drafted_at desc, list_id);
  create table list_row (
    list_id text not null,
    row_id text not null,
    -- Order of coming: position of the event and place in it.
    seq text collate "C" not null,
    finding_id text not null,
    number text,
    -- Null while it waits; 0 = with the list itself; n = n-th supplement.
    supplement integer,
    missing text[] not null,
    fingerprint text,
    content jsonb not null,
    primary key (list_id, row_id)
  );
  create index list_row_order on list_row (list_id, seq);
  create index list_row_identity on list_row (row_id);
  create index list_row_finding on list_row (finding_id);
  create table list_supplement (
    list_id text not null,
    supplement integer not null,
    number text not null,
    issued_at text collate "C" not null,
    issued_by text not null,
    "rows" integer not null,
    primary key (list_id, supplement)
  );
  `,
);
