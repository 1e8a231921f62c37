import { sqlMigration } from './sql-migration';

export const Checkpoints0002 = sqlMigration(
  2,
  'checkpoints',
  `
create extension if not exists pg_trgm;

create table checkpoint (
  name text primary key,
  kind text not null check (kind in ('projection', 'policy')),
  version int not null,
  "position" bigint not null,
  -- Set while the reader stands still before an event it cannot take.
  stopped_at bigint,
  stopped_because text
) with (fillfactor = 50);
`,
);
