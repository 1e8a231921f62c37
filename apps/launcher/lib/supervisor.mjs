import { fork } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mainOf, ROOT } from './places.mjs';
import { end, isAlive, until } from './processes.mjs';
import { isDiskFull, Refusal } from './refusal.mjs';

const READY_MS = 120_000;
const LOG_BYTES = 50 * 1024 * 1024;
/** So long after it said that it is ready, a process is taken to be sound, and its next restart is quick. */
const SOUND_MS = 5_000;
const FIRST_WAIT_MS = 200;
const LAST_WAIT_MS = 30_000;

/** Keeps one process of the product running: starts it again, ever more slowly, when it ends unasked. */
export class Supervised {
  #child = null;
  #stopping = false;
  #failures = 0;
  #readyAt = null;

  constructor(app, { env, instance, say }) {
    this.app = app;
    this.env = env;
    this.instance = instance;
    this.say = say;
    this.logFile = path.join(instance.places.logs, `${app}.log`);
  }

  get ready() {
    return this.#readyAt !== null && this.#child !== null;
  }

  start() {
    const out = this.#openLog();
    this.#readyAt = null;
    const child = fork(mainOf(this.app), [`--data-dir=${this.instance.places.dataDir}`], {
      cwd: ROOT,
      // Threads of Node would each keep freed memory of their own: an import then holds a fifth more. Large pieces go back to the system at
      // once: among small ones they leave gaps, and each import of a process would hold more than the one before.
      env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', ...this.env },
      detached: true,
      execArgv: [],
      stdio: ['ignore', out, out, 'ipc'],
    });
    if (out !== 'ignore') closeSync(out);
    this.#child = child;
    this.instance.setPid(this.app, child.pid);
    child.on('message', (message) => {
      if (message?.type === 'ready') this.#readyAt ??= performance.now();
    });
    child.once('error', () => undefined);
    child.once('exit', (code, signal) => {
      this.#child = null;
      if (!this.#stopping) void this.#again(signal ?? `code ${code}`);
    });
  }

  /** Without space for a log the process runs without one. */
  #openLog() {
    try {
      if (existsSync(this.logFile) && statSync(this.logFile).size > LOG_BYTES) renameSync(this.logFile, `${this.logFile}.1`);
      return openSync(this.logFile, 'a', 0o600);
    } catch (error) {
      if (isDiskFull(error)) return 'ignore';
      throw error;
    }
  }

  async #again(how) {
    const wasSound = this.#readyAt !== null && performance.now() - this.#readyAt > SOUND_MS;
    this.#failures = wasSound ? 1 : this.#failures + 1;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (this.#failures - 1), LAST_WAIT_MS);
    this.say(
      `${this.app} 意外退出（${how}），${wait / 1000} 秒后重启 · ended unasked (${how}), starting again in ${wait / 1000} s; log: ${this.logFile}`,
    );
    await delay(wait, undefined, { ref: false });
    if (!this.#stopping && this.#child === null) this.start();
  }

  /** Waits until `condition` (by default: the process says so) holds; a Refusal when it ends or stays silent first. */
  async waitUntilReady(condition = () => this.ready) {
    const failed = () => this.#failures >= 2;
    const up = await until(async () => this.#stopping || failed() || (await condition()), READY_MS, 50);
    if (up && !failed()) return;
    throw new Refusal(`${this.app} 未能启动，详见 ${this.logFile}。`, `The ${this.app} did not start; see ${this.logFile}.`);
  }

  async stop() {
    this.#stopping = true;
    const pid = this.#child?.pid;
    if (pid) {
      await end(pid, [
        ['SIGTERM', 20_000],
        ['SIGKILL', 5_000],
      ]);
    }
    this.instance.setPid(this.app, null);
  }

  /** With other surroundings, such as a database that moved to another port. */
  async restart(env) {
    await this.stop();
    this.env = env;
    this.#stopping = false;
    this.start();
  }
}

/** Looks every quarter of a second whether a process that is nobody's child any more still runs; `onGone` may start another. */
export const watch = (pidOf, onGone) => {
  let busy = false;
  const timer = setInterval(async () => {
    const pid = pidOf();
    if (busy || !pid || isAlive(pid)) return;
    busy = true;
    await onGone().finally(() => (busy = false));
  }, 250);
  return () => clearInterval(timer);
};
