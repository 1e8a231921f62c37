import { sqlMigration } from './sql-migration';

/**
 * Imports under way. Not read models: an import is a process of its own; what it leads to are commands to a list.
 * Rows are kept as understood, with personal numbers already replaced.
 */
export const Imports0060 = sqlMigration(
  60,
  'Imports',
  `
  create table import_job (
    import_id text primary key,
    unit_id text not null,
    actor jsonb not null,
    file_name text not null,
    file_hash text not null,
    file_kind text not null,
    file_size bigint not null,
    state text not null check (state in ('received', 'reading', 'ready', 'committing', 'committed', 'refused', 'cancelled')),
    options jsonb not null,
    understood jsonb,
    rows_total integer not null default 0,
    rows_done integer not null default 0,
    counts jsonb,
    target jsonb,
    failure jsonb,
    created_at text collate "C" not null,
    changed_at text collate "C" not null
  );
  create index import_job_unit on import_job (unit_id, created_at desc);
  create index import_job_open on import_job (state) where state in ('received', 'reading', 'committing');
  create index import_job_hash on import_job (file_hash);
  create table import_row (
    import_id text not null references import_job on delete cascade,
    n integer not null,
    sheet_rows integer[] not null,
    number_core text,
    content_core text not null,
    frame_source text,
    frame_batch text,
    fingerprint text not null,
    content jsonb,
    confirm_personal boolean not null,
    errors integer not null,
    warnings integer not null,
    remarks jsonb not null,
    -- Sealed under a key of the import.
    cells text,
    -- read · added · known · differs
    state text not null default 'read',
    row_id text,
    primary key (import_id, n)
  );
  `,
);
