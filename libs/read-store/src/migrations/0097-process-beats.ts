import { sqlMigration } from './sql-migration';

/**
 * Processes that say from time to time that they live, by the clock of the database: what has stopped to say so is gone, or hangs.
 * Not a read model: it is not rebuilt, and what is in it may be lost.
 */
export const ProcessBeats0097 = sqlMigration(
  97,
  'process-beats',
  `
create table process_beat (
  id uuid primary key,
  process text not null,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now(),
  detail jsonb not null
);
`,
);
