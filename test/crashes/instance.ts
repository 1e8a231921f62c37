import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort, waitUntil } from '@app/testing';
import { readDemoAccounts } from '../../seeds/pingdu/accounts';
import { copyCheckout } from '../launcher/support/checkout';
import { launch, type Launched } from '../launcher/support/launch';
import { Session, type Transport } from './clients';

type InstanceFile = Readonly<{
  outside: string | null;
  pids: Readonly<Record<string, number>>;
  ports: Readonly<Record<string, number>>;
}>;
export type Part = 'api' | 'worker' | 'postgres' | 'postgres, fast' | 'postgres, immediate' | 'backend' | 'launcher';
/** PostgreSQL's own ways to go at once: connections are ended in order, or nothing is. */
const SIGNALS: Partial<Record<Part, NodeJS.Signals>> = { 'postgres, fast': 'SIGINT', 'postgres, immediate': 'SIGQUIT' };
export type Ran = Readonly<{ code: number | null; said: string }>;

const START_MS = 300_000;

/** Children of a process, by the kernel. */
const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);

const endBy = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): boolean => {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
};

/** The demo as people start it, in a checkout and with data of its own, kept running as a service would be. */
export class Instance {
  private running: Launched | null = null;
  private stopping = false;
  private outside: string | null = null;
  private keeping: Promise<void> = Promise.resolve();
  private killed: Launched | null = null;
  /** Sentences of a launcher that ended though nobody had ended it. */
  readonly gaveUp: string[] = [];
  /** How often the launcher was started. */
  starts = 0;

  private constructor(
    private readonly home: string,
    readonly checkout: string,
    readonly port: number,
    private env: Readonly<Record<string, string>>,
  ) {}

  static async open(): Promise<Instance> {
    const home = mkdtempSync(path.join(os.tmpdir(), 'qingling-crashes-'));
    chmodSync(home, 0o755);
    const checkout = copyCheckout(path.join(home, 'checkout'));
    const port = await freePort();
    const instance = new Instance(home, checkout, port, { PORT: String(port) });
    instance.keeping = instance.keep();
    await instance.ready();
    return instance;
  }

  get dataDir(): string {
    return path.join(this.checkout, '.data');
  }
  get transport(): Transport {
    return (address, init) => fetch(`http://127.0.0.1:${this.port}${address}`, init);
  }
  /** Of the embedded server, wherever it listens now. */
  get databaseUrl(): string {
    const password = readFileSync(path.join(this.dataDir, 'keys', 'database.password'), 'utf8').trim();
    return `postgres://qingling:${encodeURIComponent(password)}@127.0.0.1:${this.file().ports['postgres']}/qingling`;
  }

  async signIn(login: string): Promise<Session> {
    const account = readDemoAccounts(this.dataDir).find((one) => one.login === login);
    if (account === undefined) throw new Error(`there is no demo account ${login}`);
    return Session.open(this.transport, login, account.password);
  }

  isReady(): Promise<boolean> {
    return this.transport('/api/health/ready', { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status === 200,
      () => false,
    );
  }
  async ready(): Promise<void> {
    await waitUntil(() => this.isReady(), { timeoutMs: START_MS, everyMs: 50, what: 'the instance' });
  }

  /** Ends a part without a word; false when there was nothing to end. `pick` chooses among several. */
  kill(part: Part, pick: (pids: readonly number[]) => number): boolean {
    if (part === 'launcher') {
      const launched = this.running;
      if (launched === null || this.killed === launched) return false;
      this.killed = launched;
      return endBy(launched.pid);
    }
    const pid = this.file().pids[part === 'api' || part === 'worker' ? part : 'postgres'];
    if (pid === undefined || !this.isOurs(pid)) return false;
    if (part !== 'backend') return endBy(pid, SIGNALS[part]);
    const backends = childrenOf(pid);
    return backends.length > 0 && endBy(pick(backends));
  }

  /** A command of the product. `onPid` is told the process, which may be killed. */
  run(
    args: readonly string[],
    onPid: (pid: number) => void = () => undefined,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...this.env, ...settings };
    return new Promise((resolve) => {
      const options = { cwd: this.checkout, env, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(process.execPath, ['apps/launcher/cli.mjs', ...args], options, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode, said: stdout + stderr }),
      );
      if (child.pid !== undefined) onPid(child.pid);
    });
  }
  /** Ends a command and what it started. */
  killTree(pid: number): void {
    for (const child of childrenOf(pid)) endBy(child);
    endBy(pid);
  }

  /** In order, as Ctrl-C does it. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.running?.interrupt();
    await this.keeping;
    this.outside = this.file().outside;
  }
  /** With further settings, where it is given some. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.env = { ...this.env, ...settings };
    this.stopping = false;
    this.keeping = this.keep();
    await this.ready();
  }

  /** Once it is stopped. */
  remove(): void {
    if (this.outside !== null) rmSync(this.outside, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
  }

  /** The last words of the logs, for whoever looks for the cause. */
  lastWords(lines = 40): string {
    const logs = path.join(this.dataDir, 'logs');
    const ends = readdirSync(logs).map((name) => {
      const text = readFileSync(path.join(logs, name), 'utf8').trimEnd().split('\n');
      return `── ${name}\n${text.slice(-lines).join('\n')}`;
    });
    return [...ends, `── launcher\n${this.running?.said() ?? ''}`].join('\n');
  }

  /** Ids of processes are used again by the system. */
  private isOurs(pid: number): boolean {
    const { outside } = this.file();
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes(this.home) || (outside !== null && line.includes(outside));
    } catch {
      return false;
    }
  }

  file(): InstanceFile {
    return JSON.parse(readFileSync(path.join(this.dataDir, 'instance.json'), 'utf8')) as InstanceFile;
  }

  /** As a service manager does it: what ended is started again. */
  private async keep(): Promise<void> {
    while (!this.stopping) {
      const launched = launch({ checkout: this.checkout, env: this.env });
      this.running = launched;
      this.starts += 1;
      const { code, output } = await launched.ended;
      if (this.stopping || this.killed === launched) continue;
      // Before it was ready it may give up because a part was killed; afterwards it must live with that.
      if (output.includes('READY'))
        this.gaveUp.push(`the launcher ended with ${String(code)}: ${output.trimEnd().split('\n').at(-1) ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    this.running = null;
  }
}
