import { sqlMigration } from './sql-migration';

/** What changed between two days is found by the days on which facts began and ended, not by looking through all of them. */
export const FigureChanges0046 = sqlMigration(
  46,
  'figure-changes',
  `
create index figure_fact_began on figure_fact (basis, from_day);
create index figure_fact_ended on figure_fact (basis, to_day) where to_day is not null;
`,
);
