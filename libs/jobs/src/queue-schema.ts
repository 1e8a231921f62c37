import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { JobsUnavailable } from './jobs.port';

export const QUEUE_SCHEMA = 'bullmq';

/** Any number that no other lock of the product uses. */
const REPAIR_LOCK = 7_101_500_070;

/** The tables this version of BullMQ works with. */
export const QUEUE_TABLES = [
  'meta',
  'job',
  'job_log',
  'job_dependency',
  'event',
  'metrics',
  'rate_limit',
  'dedup',
  'scheduler',
  'dedup_next',
] as const;

/** A server that swallows what it is sent must not hold up the comparison for ever. */
const clientOf = (connectionString: string): Client => {
  const client = new Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000, query_timeout: 60_000 });
  client.on('error', () => undefined);
  return client;
};

const missing = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query<{ absent: boolean }>(
    `select exists (select from unnest($1::text[]) t(name) where to_regclass($2 || '.' || name) is null)
         or not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $2 and p.proname = 'add_job')
         as absent`,
    [QUEUE_TABLES, QUEUE_SCHEMA],
  );
  return rows[0]?.absent ?? true;
};

/**
 * Brings BullMQ's tables to what this version needs. Where some of them are gone all are made anew: its own migrations look only
 * at a list of what was run once, and alarms can be added again. Processes wait for one another. True when tables were missing.
 * Errors: JobsUnavailable.
 */
export const ensureQueueSchema = async (databaseUrl: string): Promise<boolean> => {
  const client = clientOf(databaseUrl);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [REPAIR_LOCK]);
    const broken = await missing(client);
    if (broken) await client.query(`drop schema if exists ${QUEUE_SCHEMA} cascade`);
    // Not run where nothing is missing and nothing is newer: it takes locks that would wait for busy workers.
    await runMigrations(client, QUEUE_SCHEMA);
    return broken;
  } catch (cause) {
    throw new JobsUnavailable('the tables of the job queue cannot be made in the database', { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** A look without locks, for the regular check. */
export const queueSchemaIsWhole = async (databaseUrl: string): Promise<boolean> => {
  const client = clientOf(databaseUrl);
  try {
    await client.connect();
    return !(await missing(client));
  } catch (cause) {
    throw new JobsUnavailable('the database of the job queue does not answer', { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
};
