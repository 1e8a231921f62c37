import { sqlMigration } from './sql-migration';

/** 简报草稿: what is being written for an issue, one draft for a kind and its period, whoever of the office goes on with it. */
export const BulletinDrafts0136 = sqlMigration(
  136,
  'bulletin-drafts',
  `
create table bulletin_draft (
  kind text not null,
  from_day text collate "C" not null,
  to_day text collate "C" not null,
  content jsonb not null,
  revision integer not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (kind, from_day, to_day)
);
`,
);
