import { sqlMigration } from './sql-migration';

/** A year's calendar is proposed by one person and confirmed by another. */
export const CalendarProposals0115 = sqlMigration(
  115,
  'CalendarProposals',
  `
  alter table calendar_year add column proposed_by text, add column alone boolean not null default false;
  create table calendar_proposal (
    year int primary key,
    holidays jsonb not null,
    swapped_workdays jsonb not null,
    reference text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    revision int not null
  );
  `,
);
