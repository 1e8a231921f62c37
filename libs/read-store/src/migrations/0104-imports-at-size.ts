import { sqlMigration } from './sql-migration';

/**
 * What became of the rows of a commit is written down for the exceptions alone: a row in state `read` with `n` up to `rows_settled` was
 * added. Rows get their identity while they are read; `provenance` is the frame it was taken in. Rows stay whole in their pages:
 * packing them would cost more than all the rest, and they live for an hour.
 */
export const ImportsAtSize0104 = sqlMigration(
  104,
  'ImportsAtSize',
  `
  alter table import_job add column rows_settled integer not null default 0, add column provenance jsonb;
  alter table import_row set (toast_tuple_target = 8160);
  `,
);
