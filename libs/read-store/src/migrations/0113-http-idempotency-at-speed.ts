import { sqlMigration } from './sql-migration';

/**
 * Each write puts a row here and gives it its answer a moment later: keys are compared byte by byte, and a page has room for the answers
 * to the rows it took, so that no index is touched a second time.
 */
export const HttpIdempotencyAtSpeed0113 = sqlMigration(
  113,
  'HttpIdempotencyAtSpeed',
  `
alter table http_idempotency set (fillfactor = 45);
alter table http_idempotency alter column account_id type text collate "C", alter column key type text collate "C";
`,
);
