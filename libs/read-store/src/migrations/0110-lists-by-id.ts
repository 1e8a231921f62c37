import { sqlMigration } from './sql-migration';

/**
 * The ledger is filtered by the ids of towns, departments and teams; the indexes by their paths were read by nothing. These give rows
 * in the order in which they are due, and what is overdue in the order of filing, without looking at the rows that are not shown.
 */
export const ListsById0110 = sqlMigration(
  110,
  'lists-by-id',
  `
drop index if exists finding_list_team;
drop index if exists finding_list_town;
drop index if exists finding_list_department;
drop index if exists finding_list_owner;
drop index finding_list_seriousness;
create index finding_list_team on finding_list (team_id, due_sort, finding_id) include (filed_at);
create index finding_list_town on finding_list (town_id, due_sort, finding_id) include (filed_at);
create index finding_list_department on finding_list (department_id, due_sort, finding_id) include (filed_at)
  where department_id is not null;
create index finding_list_seriousness on finding_list (seriousness, due_sort, finding_id);
`,
);
