import { sqlMigration } from './sql-migration';

/** What was examined where: findings are set against it. */
export const Examinations0119 = sqlMigration(
  119,
  'Examinations',
  `
create table examination (
  examination_id text primary key,
  inspection_id text,
  unit_id text not null,
  town_id text not null,
  kind text not null,
  n int not null,
  from_day text collate "C" not null,
  to_day text collate "C" not null,
  told_at text collate "C" not null,
  told_by text not null,
  reason text,
  revision bigint not null
);
create index examination_days on examination (to_day, town_id);
create index examination_towns on examination (town_id, to_day);
create index examination_inspection on examination (inspection_id) where inspection_id is not null;
`,
);
