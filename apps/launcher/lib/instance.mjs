import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mainOf, placesIn } from './places.mjs';
import { commandLine, end, isAlive } from './processes.mjs';
import { isDiskFull, Refusal, refusalFor } from './refusal.mjs';

/** How soon a full disk is tried again. */
const LATER_MS = 1_000;

/** Like a recursive mkdir, which never comes back where the kernel answers ENOENT for a directory below an existing one (/proc). */
const makeDirectory = (dir, mode) => {
  if (existsSync(dir) && statSync(dir).isDirectory()) return;
  if (path.dirname(dir) !== dir) makeDirectory(path.dirname(dir), mode);
  mkdirSync(dir, { mode });
};

/** What is known about the instance of one DATA_DIR between starts; written whole and moved into place. */
export class Instance {
  #later = null;

  constructor(dataDir) {
    this.places = placesIn(dataDir);
    this.data = {
      id: randomUUID(),
      kind: null,
      created: null,
      complete: false,
      url: null,
      queue: null,
      outside: null,
      ports: {},
      pids: {},
    };
  }

  /** Opens DATA_DIR, made when missing; a Refusal when it cannot be written. */
  static open(dataDir) {
    const instance = new Instance(dataDir);
    const { places } = instance;
    // Root lends the database to another OS user, who has to pass through here; each thing inside guards itself.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    try {
      makeDirectory(dataDir, mode);
      for (const dir of [places.keys, places.logs]) makeDirectory(dir, 0o700);
      const probe = path.join(dataDir, `.probe-${process.pid}`);
      writeFileSync(probe, 'x');
      rmSync(probe);
    } catch (error) {
      throw (
        refusalFor(error, dataDir) ??
        new Refusal(
          `DATA_DIR 无法使用：${dataDir}（${error.code}）。`,
          `DATA_DIR cannot be used: ${dataDir} (${error.code}); set it to a directory this user can write.`,
        )
      );
    }
    if (existsSync(places.instance)) {
      try {
        Object.assign(instance.data, JSON.parse(readFileSync(places.instance, 'utf8')));
      } catch {
        throw new Refusal(`${places.instance} 已损坏。`, `${places.instance} is damaged: restore it from a backup.`);
      }
    }
    return instance;
  }

  save(changes = {}) {
    Object.assign(this.data, changes);
    const next = `${this.places.instance}.next`;
    writeFileSync(next, `${JSON.stringify(this.data, null, 2)}\n`, { mode: 0o600 });
    renameSync(next, this.places.instance);
  }

  /** Like `save`, for what runs already: a full disk must not end it. What could not be written is written once there is space. */
  keep(changes = {}) {
    try {
      this.save(changes);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.#later ??= setTimeout(() => {
        this.#later = null;
        this.keep();
      }, LATER_MS).unref();
    }
  }

  setPid(name, pid) {
    const { [name]: _old, ...others } = this.data.pids;
    this.keep({ pids: pid ? { ...others, [name]: pid } : others });
  }

  /** A password of this instance, made once and kept in a file only its owner reads. */
  secret(name) {
    const file = path.join(this.places.keys, `${name}.password`);
    if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').trim();
  }

  /** Refuses when a launcher of this DATA_DIR is alive; ends what a dead one left. PostgreSQL is left for adoption. */
  async recover(note) {
    const { launcher, postgres: _kept, ...left } = this.data.pids;
    if (launcher && launcher !== process.pid && isAlive(launcher) && /start\.mjs/.test(commandLine(launcher))) {
      throw new Refusal(
        `该 DATA_DIR 的实例已在运行（进程 ${launcher}，${this.data.url ?? '正在启动'}）。`,
        `An instance of this DATA_DIR is already running (process ${launcher}, ${this.data.url ?? 'starting'}).`,
      );
    }
    for (const [name, pid] of Object.entries(left)) {
      if (!isAlive(pid) || !this.#isOurs(name, commandLine(pid))) continue;
      note(`ending ${name} left by an earlier run, process ${pid}`);
      await end(pid, [
        ['SIGTERM', 10_000],
        ['SIGKILL', 5_000],
      ]);
    }
  }

  /** Process ids are used again by the system: only a command line that names this DATA_DIR is ours. */
  #isOurs(name, line) {
    if (name === 'redis') return line.includes('redis-server') && line.includes(this.places.redis);
    if (name === 'task') return /npm ci/.test(line) || line.includes(`--data-dir=${this.places.dataDir}`);
    return line.includes(mainOf(name)) && line.includes(`--data-dir=${this.places.dataDir}`);
  }
}
