import { sqlMigration } from './sql-migration';

/** Figures by business date stand beside the published ones, in the same tables and never in the same rows (R15). */
export const FigureBasis0041 = sqlMigration(
  41,
  'figure-basis',
  `
alter table figure_fact add column basis text collate "C" not null default 'recorded';
alter table figure_fact alter column basis drop default;
alter table figure_fact drop constraint figure_fact_pkey, add primary key (finding_id, part, basis, from_day);
drop index figure_fact_behind;
create index figure_fact_recorded on figure_fact using gin (scopes, measures) where basis = 'recorded';
create index figure_fact_business on figure_fact using gin (scopes, measures) where basis = 'business';

-- The day of recording, or the business date.
alter table figure_counter rename column recorded_day to day;
alter table figure_counter add column basis text collate "C" not null default 'recorded';
alter table figure_counter alter column basis drop default;
alter table figure_counter drop constraint figure_counter_pkey, add primary key (basis, scope, measure, day, key_day);
drop index figure_counter_day;
create index figure_counter_day on figure_counter (basis, day);

alter table figure_total add column basis text collate "C" not null default 'recorded';
alter table figure_total alter column basis drop default;
alter table figure_total drop constraint figure_total_pkey, add primary key (basis, scope, measure, key_day);
`,
);
