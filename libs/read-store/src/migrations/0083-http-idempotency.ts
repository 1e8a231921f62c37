import { sqlMigration } from './sql-migration';

/**
 * First answers to writes, by account and Idempotency-Key. Not a read model: it is not rebuilt.
 * `request_hash` is keyed and over method, path and body, so that the same key with another request is refused.
 */
export const HttpIdempotency0083 = sqlMigration(
  83,
  'HttpIdempotency',
  `
  CREATE TABLE http_idempotency (
    account_id text NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    status integer,
    headers jsonb,
    body jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, key)
  );
  CREATE INDEX http_idempotency_age ON http_idempotency (created_at);
  `,
);
