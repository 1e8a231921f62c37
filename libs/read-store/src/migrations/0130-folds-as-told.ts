import { sqlMigration } from './sql-migration';

/**
 * What a read model keeps of a finding as one document is written and read as a whole: as text it costs the server neither taking
 * apart nor putting together, and the large ones are not packed anew with every event. Twice the room for half the processor time.
 */
export const FoldsAsTold0130 = sqlMigration(
  130,
  'folds-as-told',
  `
alter table finding_view alter column view type json using view::json;
alter table finding_view alter column view set storage external;
alter table finding_clock alter column fold type json using fold::json;
alter table finding_clock alter column fold set storage external;
alter table figure_fold alter column fold type json using fold::json;
alter table figure_fold alter column fold set storage external;
alter table finding_event alter column params type json using params::json;
`,
);
