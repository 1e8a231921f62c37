import { sqlMigration } from './sql-migration';

/** Not a read model: without these keys the personal data in events stays sealed for good. */
export const SubjectKeys0080 = sqlMigration(
  80,
  'subject-keys',
  `
create table subject_key (
  subject_id text primary key,
  -- Which master key wrapped it.
  master_id text not null,
  -- Null once the subject was erased.
  wrapped text,
  created_at timestamptz not null,
  erased_at timestamptz,
  check ((wrapped is null) = (erased_at is not null))
);
`,
);
