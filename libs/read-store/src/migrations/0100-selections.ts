import { sqlMigration } from './sql-migration';

/**
 * Selections under way. Not read models: a selection is a process of its own, what was confirmed of it is a stream, and what it leads
 * to are commands to findings. Losing these tables loses previews and results by row, and no fact.
 */
export const Selections0100 = sqlMigration(
  100,
  'Selections',
  `
  create table selection_job (
    selection_id text primary key,
    unit_id text not null,
    actor jsonb not null,
    runner jsonb,
    title text not null,
    step text not null,
    said jsonb,
    state text not null check (state in ('preparing', 'ready', 'sampling', 'running', 'done', 'blocked', 'cancelled')),
    even_if_changed boolean not null default false,
    created_at text collate "C" not null,
    changed_at text collate "C" not null
  );
  create index selection_job_unit on selection_job (unit_id, created_at desc);
  create index selection_job_open on selection_job (state) where state in ('preparing', 'running');
  create table selection_row (
    selection_id text not null references selection_job on delete cascade,
    -- Numbers leave room for the legs of a finding that was named without one.
    n integer not null,
    finding_id text not null,
    leg_id text,
    looked boolean not null default false,
    draft integer not null default 0,
    left_out boolean not null default false,
    own jsonb,
    intents jsonb,
    on_day text,
    revision bigint,
    events text[] not null default '{}',
    -- waiting · done · unchanged · refused · left-out
    state text not null default 'waiting',
    refusal jsonb,
    done_revision bigint,
    done_position bigint,
    -- Of the sample: open · passed · failed
    verdict text,
    verdict_text text,
    verdict_method text,
    verdict_by jsonb,
    primary key (selection_id, n)
  );
  create index selection_row_finding on selection_row (selection_id, finding_id);
  -- What a sample left without having passed goes into the next one.
  create index selection_row_sampled on selection_row (finding_id) where verdict is not null;
  `,
);
