import { sqlMigration } from './sql-migration';

/**
 * 通知提醒: what people were told, how they wish to be told, and what still has to go out. Not read models: they are not rebuilt, so
 * that nothing is told twice.
 */
export const Notifications0124 = sqlMigration(
  124,
  'notifications',
  `
create table notification (
  id uuid primary key,
  event_id uuid not null,
  person_id text not null,
  kind text not null,
  params jsonb not null,
  -- Where the pages show what it is about.
  path text not null,
  post_id text,
  -- 乙代甲: whom the person stands in for.
  in_place_of text,
  urgent boolean not null,
  at timestamptz not null,
  -- The person's own mark; nobody else is ever told.
  read_at timestamptz,
  -- The mail that takes it along.
  mail_id uuid,
  unique (event_id, person_id)
);
create index notification_person on notification (person_id, at desc, id desc);
create index notification_unread on notification (person_id) where read_at is null;
create index notification_mail on notification (mail_id) where mail_id is not null;
create index notification_age on notification (at);

create table notification_choice (
  person_id text primary key,
  choice jsonb not null,
  -- Wrapped with the master key.
  sealed_address text,
  revision bigint not null,
  changed_at timestamptz not null
);

create table webhook_endpoint (
  id uuid primary key,
  label text not null,
  url text not null,
  kinds text[] not null,
  paused boolean not null,
  created_at timestamptz not null,
  created_by text not null,
  revision bigint not null
);
-- At most two at a time, so that a receiver can change over.
create table webhook_secret (
  key_id text primary key,
  endpoint_id uuid not null references webhook_endpoint (id) on delete cascade,
  sealed_secret text not null,
  created_at timestamptz not null
);
create index webhook_secret_endpoint on webhook_secret (endpoint_id);

create table outbox (
  id uuid primary key,
  channel text not null,
  person_id text,
  endpoint_id uuid,
  -- Of a webhook, as it is posted; what a mail says is made of its notifications.
  body text,
  -- While a mail still gathers what is to go at its moment.
  open_key text unique,
  state text not null,
  attempts integer not null default 0,
  next_at timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  -- A code without addresses, secrets or what the other side wrote.
  last_error text,
  dropped_by text,
  dropped_because text
);
create index outbox_due on outbox (next_at) where state = 'waiting';
create index outbox_dead on outbox (settled_at desc, id desc) where state = 'dead';
create index outbox_settled on outbox (settled_at) where state in ('sent', 'dropped');
`,
);
