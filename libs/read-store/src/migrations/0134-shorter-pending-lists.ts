import { sqlMigration } from './sql-migration';

/**
 * What these indexes put off is sorted in by whoever finds the list full: with lists of four megabytes that was a tenth of a second, for
 * which everybody who waited for the read models stood still. Shorter lists are sorted in a few milliseconds at a time.
 */
export const ShorterPendingLists0134 = sqlMigration(
  134,
  'shorter-pending-lists',
  `
alter index finding_list_grams set (gin_pending_list_limit = 512);
alter index figure_fact_recorded set (gin_pending_list_limit = 512);
alter index figure_fact_business set (gin_pending_list_limit = 512);
`,
);
