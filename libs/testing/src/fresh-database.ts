import { createHash, randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** Taken while the template is made, so that test processes that start together make it once. */
const TEMPLATE_LOCK = 7_101_500_003;

const serverUrl = (): string => {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined || url === '') throw new Error('TEST_DATABASE_URL is not set: run this suite through jest with its global set-up');
  return url;
};

const urlOf = (database: string): string => {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.toString();
};

const onServer = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
  // Loaded only when asked for: most suites that use this library need no database.
  const { Client: PgClient } = await import('pg');
  const client = new PgClient({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Follows from what the migrations do, so that a server that outlives the run never offers an old schema. */
const templateName = async (): Promise<string> => {
  const { MIGRATIONS } = await import('@app/read-store');
  const hash = createHash('sha1');
  for (const migration of MIGRATIONS) {
    const instance = new migration();
    hash.update(`${instance.name ?? migration.name}\n`);
    // A migration's SQL is what it asks of its query runner.
    const recorder = { query: async (sql: string) => void hash.update(sql) };
    await instance.up(recorder as never).catch(() => hash.update('not plain SQL'));
  }
  return `qingling_template_${hash.digest('hex').slice(0, 16)}`;
};

const ensureTemplate = async (client: Client, name: string): Promise<void> => {
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount !== 0) return;
    await client.query(`drop database if exists "${name}" with (force)`);
    await client.query(`create database "${name}"`);
    const { runMigrations } = await import('@app/read-store');
    await runMigrations(urlOf(name));
    await client.query(`alter database "${name}" with is_template true allow_connections false`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
};

export type FreshDatabase = Readonly<{ url: string; drop: () => Promise<void> }>;

/** A database of one's own with all migrations applied; `drop` also ends whatever is still connected to it. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const template = await templateName();
  const name = `qingling_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  await onServer(async (client) => {
    await ensureTemplate(client, template);
    await client.query(`create database "${name}" template "${template}" strategy file_copy`);
  });
  return {
    url: urlOf(name),
    drop: async () => {
      await onServer((client) => client.query(`drop database if exists "${name}" with (force)`));
    },
  };
};

/** A database without any table, for tests of the migrations themselves. */
export const emptyDatabase = async (): Promise<FreshDatabase> => {
  const name = `qingling_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  await onServer((client) => client.query(`create database "${name}"`));
  return {
    url: urlOf(name),
    drop: async () => {
      await onServer((client) => client.query(`drop database if exists "${name}" with (force)`));
    },
  };
};

/** Forgets all events and checkpoints of a test database, for suites that use one database for many tests. */
export const forgetEvents = async ({ url }: Pick<FreshDatabase, 'url'>): Promise<void> => {
  const { Client: PgClient } = await import('pg');
  const client = new PgClient({ connectionString: url });
  await client.connect();
  try {
    // As a replica, the session is not stopped by the trigger that keeps events from everybody else.
    await client.query('set session_replication_role = replica; truncate events, checkpoint');
  } finally {
    await client.end();
  }
};
