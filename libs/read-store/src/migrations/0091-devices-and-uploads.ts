import { sqlMigration } from './sql-migration';

/** Phones that keep a store of their own, and files that arrive piece by piece. Not read models: they are not rebuilt. */
export const DevicesAndUploads0091 = sqlMigration(
  91,
  'devices-and-uploads',
  `
create table device (
  id uuid primary key,
  account_id uuid not null references account (id),
  label text not null,
  -- The server's part of the key of the phone's store, wrapped with the master key; gone with the withdrawal.
  sealed_secret text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text
);
create index device_account on device (account_id);

create table upload (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- As it may be shown; personal numbers in it are masked.
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  received bigint not null default 0,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- When it became evidence; kept for a while, so that the same request sent again finds it.
  used_at timestamptz
);
create index upload_account on upload (account_id);
create index upload_age on upload (changed_at);
`,
);
