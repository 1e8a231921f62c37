import { sqlMigration } from './sql-migration';

/** Who may sign in. Not read models: nothing of this follows from events. */
export const Identity0020 = sqlMigration(
  20,
  'identity',
  `
create table account (
  id uuid primary key,
  login text not null unique,
  person_id text not null,
  password_hash text not null,
  status text not null check (status in ('active', 'withdrawn')),
  must_change_password boolean not null,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  password_changed_at timestamptz not null,
  withdrawn_at timestamptz,
  last_login_at timestamptz
);
create index account_person on account (person_id);

create table session (
  -- SHA-256 of the cookie: whoever reads this table cannot sign in with it.
  id_hash text primary key,
  account_id uuid not null references account (id),
  acting_post text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_account on session (account_id);

create table api_token (
  id uuid primary key,
  account_id uuid not null references account (id),
  name text not null,
  token_hash text not null unique,
  scopes text[] not null,
  acting_post text,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- What happened at the door. Written once, never changed.
create table security_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  account_id uuid,
  person_id text,
  ip text,
  detail jsonb not null default '{}'
);
create index security_log_account on security_log (account_id, id);

create function security_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'security_log is append only' using errcode = 'insufficient_privilege';
end $$;
create trigger security_log_append_only before update or delete or truncate on security_log
  for each statement execute function security_log_is_append_only();
`,
);
