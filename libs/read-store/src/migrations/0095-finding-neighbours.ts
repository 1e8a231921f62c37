import { sqlMigration } from './sql-migration';

/** The way from a finding to those of the same town and category: open ones first, the newest first. */
export const FindingNeighbours0095 = sqlMigration(
  95,
  'finding-neighbours',
  `
create index finding_list_near on finding_list
  (town_id, category, (stage in ('cleared', 'long-term', 'dismissed', 'withdrawn', 'linked')), filed_at desc);
`,
);
