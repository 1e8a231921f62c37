import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Client } from 'pg';

/** The launcher's own way to start PostgreSQL, handed in because it is no TypeScript. */
export type StartPostgres = (options: Readonly<Record<string, unknown>>) => Promise<Readonly<{ url: string; stop: () => Promise<void> }>>;

export type BenchDatabase = Readonly<{
  /** A new database; it goes with the server, or at `close`. */
  create: () => Promise<string>;
  settings: readonly string[];
  close: () => Promise<void>;
}>;

const SHOWN = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_connections'] as const;

const overServer = async (url: string, stop: () => Promise<void>): Promise<BenchDatabase> => {
  const on = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const made: string[] = [];
  const settings = await on(async (client) => {
    const show = async (name: string): Promise<string> => {
      const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [name]);
      return rows[0]?.value ?? '?';
    };
    const shown: string[] = [];
    for (const name of SHOWN) shown.push(`${name} ${await show(name)}`);
    return [`PostgreSQL ${(await show('server_version')).split(' ')[0] ?? '?'}: ${shown.join(', ')}`];
  });
  return {
    settings,
    create: async () => {
      const name = `bench_${randomBytes(6).toString('hex')}`;
      await on((client) => client.query(`create database ${name}`));
      made.push(name);
      const its = new URL(url);
      its.pathname = `/${name}`;
      return its.toString();
    },
    close: async () => {
      await on(async (client) => {
        for (const name of made) await client.query(`drop database if exists ${name} with (force)`);
      });
      await stop();
    },
  };
};

/** A server of one's own at `url`, or a new embedded one with the product's settings, durable, in `data` (removed afterwards). */
export const openDatabase = async (
  options: Readonly<{ url?: string | undefined; data: string; startPostgres: StartPostgres }>,
): Promise<BenchDatabase> => {
  if (options.url !== undefined) return overServer(options.url, async () => undefined);
  const server = await options.startPostgres({
    dataDir: options.data,
    user: 'bench',
    password: 'bench',
    settings: { max_connections: 200, shared_buffers: '128MB', fsync: 'on', synchronous_commit: 'on' },
  });
  return overServer(server.url, async () => {
    await server.stop();
    rmSync(options.data, { recursive: true, force: true });
    rmSync(`${options.data}.log`, { force: true });
  });
};
