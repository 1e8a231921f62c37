import { rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from './build.mjs';
import { embeddedDatabase, externalDatabase, startOver } from './database.mjs';
import { addressOf, environmentFor, localAddressOf } from './environment.mjs';
import { askFirstAdmin } from './first-admin.mjs';
import { install } from './install.mjs';
import { Instance } from './instance.mjs';
import { mainOf } from './places.mjs';
import { isFree } from './processes.mjs';
import { Progress } from './progress.mjs';
import { onPath, startRedis } from './redis.mjs';
import { checkRedis } from './redis-check.mjs';
import { Refusal, refusalFor } from './refusal.mjs';
import { checkNode, readSettings } from './settings.mjs';
import { Supervised, watch } from './supervisor.mjs';
import { runOwn } from './tasks.mjs';

/** How soon a database that could not be started again is tried once more. */
const DATABASE_AGAIN_MS = 1_000;
const USAGE = 'npm start [-- --empty]';

/** True when the api says that it can do its work. The certificate is the operator's own; this asks on this machine. */
const isHealthy = (address) =>
  new Promise((resolve) => {
    const url = new URL('/api/health/ready', address);
    const request = (url.protocol === 'https:' ? https : http).get(url, { rejectUnauthorized: false, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });

/** `npm start`: from a fresh clone to READY, and in order back to nothing. */
export class Launcher {
  progress = new Progress(8);
  instance = null;
  isReady = false;
  #settings = null;
  #admin = null;
  #database = null;
  #redis = null;
  /** What is being started and has to be waited for before it can be stopped. */
  #starting = null;
  #stopping = false;
  #apps = [];
  #unwatch = () => undefined;

  async start(args) {
    const unknown = args.filter((arg) => arg !== '--empty');
    if (unknown.length > 0) throw new Refusal(`不认识的参数 ${unknown.join(' ')}；用法：${USAGE}`, `Unknown argument; usage: ${USAGE}`);
    const wantsEmpty = args.includes('--empty');
    await this.#step('检查环境', 'checking Node, settings, port', (note) => this.#check(wantsEmpty, note));
    if (this.#needsAdmin()) this.#admin = await askFirstAdmin();
    const onPid = (pid) => this.instance.setPid('task', pid);
    await this.#step('安装依赖', 'installing packages', (note) => install({ note, onPid }));
    this.#settings = readSettings(process.env).full;
    if (this.#settings.queue.backend === 'redis') await checkRedis(this.#settings.queue.url);
    await this.#step('编译', 'building', (note) => build({ note, onPid }));
    await this.#step('数据库', 'starting PostgreSQL', (note) => this.#startDatabase(note));
    await this.#step('数据结构', 'migrating', (note) => this.#migrate(note));
    await this.#step('任务队列', 'starting the queue', () => this.#startQueue());
    await this.#step(...this.#firstContents());
    await this.#step('启动服务', 'starting api and worker', () => this.#startApps());
    this.isReady = true;
    this.instance.save({ url: addressOf(this.#settings) });
    this.#keepDatabase();
    this.progress.ready(addressOf(this.#settings));
  }

  /** A step that is not begun once everything is being stopped. */
  async #step(zh, en, work) {
    if (this.#stopping) await new Promise(() => undefined);
    this.#starting = this.progress.step(zh, en, work);
    await this.#starting;
  }

  async #check(wantsEmpty, note) {
    checkNode();
    const { host, port, dataDir } = readSettings(process.env);
    this.instance = Instance.open(dataDir);
    const { data } = this.instance;
    await this.instance.recover(note);
    if (!(await isFree(port, host).catch((error) => this.#refuseHost(error, host)))) {
      throw new Refusal(
        `端口 ${port} 已被占用，请停止占用它的程序或设置 PORT。`,
        `Port ${port} is in use: stop what listens there or set PORT to another one.`,
      );
    }
    const settled = data.complete || data.loading;
    if (wantsEmpty && settled && data.kind === 'demo') {
      throw new Refusal(
        `${dataDir} 中是演示实例；--empty 请另设 DATA_DIR。`,
        `${dataDir} holds the demo: set DATA_DIR to another directory for --empty.`,
      );
    }
    const kind = settled ? data.kind : wantsEmpty ? 'empty' : 'demo';
    this.instance.save({ kind, created: data.created ?? new Date().toISOString(), pids: { ...data.pids, launcher: process.pid } });
  }

  #refuseHost(error, host) {
    throw error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
      ? new Refusal(`HOST ${host} 不是本机地址。`, `HOST ${host} is not an address of this machine.`)
      : (refusalFor(error, `${host}:${error.port ?? ''}`) ?? error);
  }

  #needsAdmin() {
    return this.instance.data.kind === 'empty' && !this.instance.data.complete;
  }

  async #startDatabase(note) {
    const { databaseUrl } = this.#settings;
    this.#database = databaseUrl ? await externalDatabase(databaseUrl) : await embeddedDatabase(this.instance, note);
    if (this.instance.data.loading && this.#database.embedded) {
      note('演示数据上次未载入完，从头再来 · the demo was loaded only in part: starting over');
      await startOver(this.#database);
      for (const file of [this.instance.places.demoAccounts, this.instance.places.scenario]) rmSync(file, { force: true });
      this.instance.save({ loading: false });
    }
    const { adopted, embedded } = this.#database;
    return !embedded ? 'DATABASE_URL' : adopted ? '接管运行中的服务 · adopted' : 'ok';
  }

  /** Runs one command of the product with the surroundings of this instance. */
  async #command(args, { note, input = null }) {
    const env = environmentFor({ settings: this.#settings, database: this.#database, redis: this.#redis });
    const onPid = (pid) => this.instance.setPid('task', pid);
    const marked = [...args, `--data-dir=${this.#settings.dataDir}`];
    const { code, output } = await runOwn(mainOf('cli'), marked, { env, input, onPid, onLine: note });
    if (code === 0) return;
    throw (
      refusalFor({ message: output }) ??
      new Refusal(`命令 ${args[0]} 未完成。`, `The command ${args[0]} did not finish: see the messages above.`)
    );
  }

  async #migrate(note) {
    await this.#command(['migrate'], { note });
  }

  async #startQueue() {
    if (this.#settings.queue.backend === 'redis') return 'REDIS_URL';
    const program = process.env.QUEUE_BACKEND?.trim() === 'postgres' ? null : onPath('redis-server');
    if (!program) {
      this.instance.save({ queue: 'postgres' });
      return 'PostgreSQL';
    }
    const { places, data } = this.instance;
    this.#redis = await startRedis({
      program,
      dir: places.redis,
      password: this.instance.secret('redis'),
      port: data.ports.redis,
      logFile: `${places.logs}/redis.log`,
    });
    this.instance.save({
      queue: 'redis',
      ports: { ...data.ports, redis: this.#redis.port },
      pids: { ...data.pids, redis: this.#redis.pid },
    });
    return 'Redis';
  }

  #firstContents() {
    const { data } = this.instance;
    if (data.complete) return ['数据', 'data', async () => '已有数据 · already there'];
    if (data.kind === 'demo') {
      return [
        '载入演示数据',
        'loading the demo',
        async (note) => {
          this.instance.save({ loading: true });
          await this.#command(['seed', 'pingdu'], { note });
          this.instance.save({ loading: false, complete: true });
        },
      ];
    }
    return [
      '首位管理员',
      'creating the first administrator',
      async (note) => {
        const { county, name, login, password } = this.#admin;
        await this.#command(['create-admin', '--county', county, '--name', name, '--login', login], { note, input: `${password}\n` });
        this.#admin = null;
        this.instance.save({ complete: true });
      },
    ];
  }

  async #startApps() {
    const env = environmentFor({ settings: this.#settings, database: this.#database, redis: this.#redis });
    const options = { env, instance: this.instance, say: (text) => this.progress.note(text) };
    const api = new Supervised('api', options);
    const worker = new Supervised('worker', options);
    this.#apps = [api, worker];
    for (const app of this.#apps) app.start();
    await Promise.all([api.waitUntilReady(() => isHealthy(localAddressOf(this.#settings))), worker.waitUntilReady()]);
  }

  /** A database that dies is started again on its data; the processes connect again, or start again when its port moved. */
  #keepDatabase() {
    if (!this.#database.embedded) return;
    this.#unwatch = watch(
      () => this.#database.pid,
      async () => {
        this.progress.note('数据库意外退出，正在重启 · the database ended unasked, starting it again');
        const before = this.#database.url;
        try {
          this.#database = await embeddedDatabase(this.instance, (text) => this.progress.note(text));
        } catch (error) {
          this.progress.note(refusalFor(error)?.message ?? String(error?.message));
          await delay(DATABASE_AGAIN_MS);
          return;
        }
        if (this.#database.url === before) return;
        const env = environmentFor({ settings: this.#settings, database: this.#database, redis: this.#redis });
        for (const app of this.#apps) await app.restart(env);
      },
    );
  }

  /** Ends api and worker first, then what they use. */
  async stop() {
    this.#stopping = true;
    if (this.isReady) this.progress.note('正在停止 · stopping');
    this.#unwatch();
    await Promise.all(this.#apps.map((app) => app.stop()));
    await this.#starting?.catch(() => undefined);
    await this.#redis?.stop();
    await this.#database?.stop();
    if (this.instance?.data.pids.launcher === process.pid) this.instance.keep({ pids: {}, url: null });
  }
}
