import { sqlMigration } from './sql-migration';

/**
 * Every filter of the ledger finds its first page along an index in the order of the page, however many findings there are: a filter
 * without one walks through all rows where few of them match. Of the lists behind figures the same holds in the order of numbers.
 */
export const ListsAtSize0107 = sqlMigration(
  107,
  'lists-at-size',
  `
create index finding_list_seriousness on finding_list (seriousness, due_sort);
create index finding_list_status on finding_list (status, due_sort);
create index finding_list_source on finding_list (source_kind, due_sort);
create index finding_list_kind on finding_list (kind, due_sort) where kind <> 'finding';
create index finding_list_parent on finding_list (parent_id) where parent_id is not null;
create index finding_list_flags on finding_list using gin (flags);
create index finding_leg_due on finding_leg (due_at, ((finding_id || '/' || leg_id) collate "C"));
create index finding_leg_running on finding_leg (unit_path, due_at) where running;
create index figure_fact_numbers on figure_fact (basis, number, finding_id, part) where to_day is null;
`,
);
