import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownedDirectory, settleHome } from './postgres-home.mjs';
import { commandLine, end, freePort, isAlive, until } from './processes.mjs';
import { Refusal, refusalFor } from './refusal.mjs';

const START_MS = 60_000;
/** Fast shutdown first, an immediate one (recovered from the log at the next start) when that takes too long. */
const STOP_STEPS = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];
/** Without these a machine with no locale makes an ASCII database, and trigrams of Chinese text come out empty. */
const INITDB_FLAGS = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--auth=scram-sha-256'];
const ENVIRONMENT = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

/** Lines 1 and 4 are process id and port; line 8 reads `ready` once connections are accepted. */
const readPidFile = (cluster) => {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? '').trim() === 'ready' };
  } catch {
    return null;
  }
};

const isServerOf = (pid, cluster) => {
  if (!isAlive(pid)) return false;
  const line = commandLine(pid);
  return line === '' ? process.platform === 'win32' : line.includes('postgres') && line.includes(cluster);
};

const connect = async (url) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const answers = async (url, cluster) => {
  try {
    const client = await connect(url);
    const { rows } = await client.query('show data_directory').finally(() => client.end());
    return path.resolve(rows[0].data_directory) === cluster;
  } catch {
    return false;
  }
};

const run = (program, args, options) =>
  new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

const troubleIn = (text, what) => {
  const known = refusalFor({ message: text });
  if (known) return known;
  const reason = (/(?:FATAL|PANIC|error): +(.*)/i.exec(text)?.[1] ?? text.trim().split('\n').at(-1) ?? '').slice(0, 300);
  return new Refusal(`内置 PostgreSQL 无法${what.zh}：${reason}`, `The embedded PostgreSQL could not ${what.en}: ${reason}`);
};

/** Made beside its final place and moved there when complete, so that an interrupted attempt leaves nothing half done. */
const initialise = async ({ bin, cluster, user: osUser }, name, password) => {
  const partial = `${cluster}.partial`;
  ownedDirectory(partial, osUser);
  const secret = `${cluster}.${randomBytes(6).toString('hex')}.pw`;
  try {
    writeFileSync(secret, `${password}\n`, { mode: 0o600, flag: 'wx' });
    if (osUser.uid !== undefined) chownSync(secret, osUser.uid, osUser.gid);
    const args = [`--pgdata=${partial}`, `--username=${name}`, `--pwfile=${secret}`, ...INITDB_FLAGS];
    const { code, output } = await run(path.join(bin, 'initdb'), args, { ...osUser, cwd: '/', env: ENVIRONMENT });
    if (code !== 0) throw troubleIn(output, { zh: '初始化', en: 'be initialised' });
  } finally {
    rmSync(secret, { force: true });
  }
  renameSync(partial, cluster);
};

/** One attempt to start; resolves to the process id, or to null when the port was taken meanwhile. */
const launch = async ({ bin, cluster, user: osUser }, port, settings, logFile) => {
  const before = existsSync(logFile) ? statSync(logFile).size : 0;
  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  });
  const out = openSync(logFile, 'a', 0o600);
  let gone = null;
  // A session of its own: Ctrl-C reaches the launcher alone, which stops things in order.
  const child = spawn(path.join(bin, 'postgres'), ['-D', cluster, '-p', String(port), ...flags.flatMap(([k, v]) => ['-c', `${k}=${v}`])], {
    ...osUser,
    cwd: '/',
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  child.once('error', (error) => (gone = error));
  child.once('exit', () => (gone ??= new Error('exited')));
  const up = () => {
    const state = readPidFile(cluster);
    return state?.pid === child.pid && state.ready;
  };
  await until(() => gone || up(), START_MS);
  child.unref();
  if (!gone && up()) return child.pid;
  if (!gone) await end(child.pid, STOP_STEPS);
  const said = readFileSync(logFile, 'utf8').slice(before);
  if (/Address already in use|could not bind/.test(said)) return null;
  throw troubleIn(said || String(gone?.message ?? 'no answer'), { zh: '启动', en: 'start' });
};

const ensureDatabase = async (base, name) => {
  const client = await connect(`${base}/postgres`);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};

/**
 * Starts the PostgreSQL that npm brought, or adopts the one that already runs on this data directory.
 *
 * - `dataDir`: directory of the cluster (made when missing); `remembered`: the `outside` of an earlier start, if any
 * - `port`: preferred; another free one is taken when it is busy
 * - `user`, `password`: superuser of the cluster, fixed at the first start
 * - `database`: made when missing (default `postgres`)
 * - `settings`: server parameters, `{ fsync: 'off' }`
 * - `logFile`: default `<dataDir>.log`; `log`: receives progress sentences
 *
 * → `{ url, pid, port, cluster, outside, adopted, initialised, stop() }`; rejects with a Refusal.
 */
export const startEmbeddedPostgres = async (options) => {
  const { dataDir, user, password, database = 'postgres', settings = {}, log = () => undefined } = options;
  mkdirSync(path.dirname(path.resolve(dataDir)), { recursive: true, mode: 0o711 });
  const home = settleHome({ dataDir, remembered: options.remembered ?? null, log });
  const logFile = options.logFile ?? `${path.resolve(dataDir)}.log`;
  const initialised = !existsSync(path.join(home.cluster, 'PG_VERSION'));
  if (initialised) await initialise(home, user, password);

  const baseOf = (port) => `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  let running = await takeOver(home.cluster, baseOf, log);
  const adopted = running !== null;
  for (let attempt = 0; running === null && attempt < 5; attempt += 1) {
    const port = await freePort(attempt === 0 ? options.port : undefined);
    const pid = await launch(home, port, settings, logFile);
    if (pid !== null) running = { pid, port };
  }
  if (running === null) throw new Refusal('找不到可用的内部端口。', 'No free inner port was found for the database.');

  const { pid, port } = running;
  const stop = async () => {
    await end(pid, STOP_STEPS);
  };
  try {
    if (database !== 'postgres') await ensureDatabase(baseOf(port), database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `${baseOf(port)}/${database}`, pid, port, cluster: home.cluster, outside: home.outside, adopted, initialised, stop };
};

/** What a crash left running on this cluster: adopted when it answers, ended when it does not; → { pid, port } or null. */
const takeOver = async (cluster, baseOf, log) => {
  const left = readPidFile(cluster);
  if (!left) return null;
  if (!isServerOf(left.pid, cluster)) {
    // The id may belong to a stranger by now; PostgreSQL would refuse to start because of it.
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
    return null;
  }
  await until(() => readPidFile(cluster)?.ready || !isAlive(left.pid), 10_000);
  const state = readPidFile(cluster);
  if (state?.ready && (await answers(`${baseOf(state.port)}/postgres`, cluster))) {
    log(`adopted the running server, process ${state.pid}`);
    return { pid: state.pid, port: state.port };
  }
  log(`ending a server that does not answer, process ${left.pid}`);
  await end(left.pid, STOP_STEPS);
  return null;
};
