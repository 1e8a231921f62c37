import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { Refusal } from './refusal.mjs';

const USER = 'qingling';
const DATABASE = 'qingling';

const withClient = async (url, work) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** A server of the operator's own: reachable, recent enough, and able to hold Chinese. Never started or stopped here. */
export const externalDatabase = async (url) => {
  let row;
  try {
    row = await withClient(url, async (client) => {
      const { rows } = await client.query(
        "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
      );
      return rows[0];
    });
  } catch (error) {
    throw new Refusal(
      `DATABASE_URL 的数据库无法连接（${error.code ?? '—'}）。`,
      `The database of DATABASE_URL cannot be reached (${error.code ?? error.message}).`,
    );
  }
  if (row.version < 150000) throw new Refusal('DATABASE_URL 需要 PostgreSQL 15 或更高版本。', 'DATABASE_URL needs PostgreSQL 15 or newer.');
  if (row.encoding !== 'UTF8')
    throw new Refusal('DATABASE_URL 的数据库编码须为 UTF8。', `The database of DATABASE_URL must be encoded in UTF8, not ${row.encoding}.`);
  return { url, pid: null, port: null, embedded: false, stop: async () => undefined };
};

/** The embedded server of this instance, with its places and ports remembered from the last start. */
export const embeddedDatabase = async (instance, note) => {
  const { places, data } = instance;
  const server = await startEmbeddedPostgres({
    dataDir: places.cluster,
    remembered: data.outside,
    port: data.ports.postgres,
    user: USER,
    password: instance.secret('database'),
    database: DATABASE,
    logFile: `${places.logs}/postgres.log`,
    settings: { max_connections: 200, shared_buffers: '128MB' },
    log: note,
  });
  if (server.outside && server.outside !== data.outside) {
    note(
      `数据库用户无法进入本目录，程序或数据放在 ${server.outside} · the database's OS user cannot reach this directory, so its files are in ${server.outside}`,
    );
  }
  instance.keep({ outside: server.outside, ports: { ...data.ports, postgres: server.port }, pids: { ...data.pids, postgres: server.pid } });
  return { ...server, embedded: true };
};

/** Where the embedded database of a running instance is; nothing is started or written. */
export const runningDatabase = (instance) => ({
  url: `postgres://${USER}:${encodeURIComponent(instance.secret('database'))}@127.0.0.1:${instance.data.ports.postgres}/${DATABASE}`,
  stop: async () => undefined,
});

/** Empties the embedded database: a demo that was loaded only in part is of no use to anybody. */
export const startOver = async (database) => {
  const base = new URL(database.url);
  base.pathname = '/postgres';
  await withClient(base.href, async (client) => {
    await client.query(`drop database if exists ${DATABASE} with (force)`);
    await client.query(`create database ${DATABASE}`);
  });
};
