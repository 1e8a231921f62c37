import { sqlMigration } from './sql-migration';

/**
 * Numbers given out, and which list a row belongs to. Not read models: they are not rebuilt, because a number that was given
 * is never given again, whether its step succeeded or not.
 */
export const NumberRegister0050 = sqlMigration(
  50,
  'NumberRegister',
  `
  create table number_taken (
    series text not null,
    n integer not null,
    command_id text not null,
    taken_for text not null,
    taken_at text collate "C" not null,
    outcome text not null default 'taken' check (outcome in ('taken', 'used', 'void')),
    because text,
    primary key (series, n),
    unique (series, command_id)
  );
  -- A row of a source stands in one list only, whoever imports it, at whatever time.
  create table list_row_claim (
    row_id text primary key,
    list_id text not null
  );
  create index list_row_claim_list on list_row_claim (list_id);
  `,
);
