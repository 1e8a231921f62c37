import { sqlMigration } from './sql-migration';

/**
 * Numbers of a series by one way to the database instead of five. A volatile function takes a new snapshot for each statement: what
 * follows the lock sees the numbers that were taken before.
 */
export const TakeNumbers0135 = sqlMigration(
  135,
  'take-numbers',
  `
-- Each command once; answers with the number of each, whenever it was taken.
create function take_numbers(p_series text, p_command_ids text[], p_taken_for text[], p_at text)
returns table (command_id text, n integer) language plpgsql volatile
-- Plans are kept from when the register was small.
set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  -- One at a time per series, over all processes; other series do not wait.
  perform pg_advisory_xact_lock(hashtextextended(p_series, 50));
  insert into number_taken (series, n, command_id, taken_for, taken_at)
    select p_series, (select coalesce(max(t.n), 0) from number_taken t where t.series = p_series) + row_number() over (order by w.at),
           w.command_id, w.taken_for, p_at
    from unnest(p_command_ids, p_taken_for) with ordinality as w (command_id, taken_for, at)
    where not exists (select from number_taken t where t.series = p_series and t.command_id = w.command_id);
  return query
    select t.command_id, t.n from number_taken t where t.series = p_series and t.command_id = any (p_command_ids);
end $$;
`,
);
