import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Answer } from './child';
import { holder, type Question } from './role';
import type { OpenContext, Options, Outcome } from './types';

const TYPESCRIPT = path.resolve(__dirname, '..', 'typescript.cjs');
const CHILD = path.join(__dirname, 'child.ts');
const CLOSE_WITHIN_MS = 5_000;

/** One driver or one server, wherever it runs. */
export abstract class Holder {
  constructor(readonly name: string) {}

  protected abstract ask(question: Question): Promise<unknown>;
  abstract close(): Promise<void>;

  open(role: 'driver' | 'server', module: string, context: OpenContext): Promise<unknown> {
    return this.ask({ ask: 'open', role, module, context });
  }

  async work(work: string, params: Options): Promise<Outcome> {
    return (await this.ask({ ask: 'work', work, params })) as Outcome;
  }

  /** Throws when the last work left anything behind that it should not have. */
  async check(): Promise<void> {
    await this.ask({ ask: 'check' });
  }

  /** Seconds of processor time used so far. */
  async cpu(): Promise<number> {
    return (await this.ask({ ask: 'cpu' })) as number;
  }
}

/** In this process, to see that the code of a case runs; no way to measure anything. */
export class InThisProcess extends Holder {
  private readonly answer = holder();

  protected ask(question: Question): Promise<unknown> {
    return this.answer(question);
  }

  async close(): Promise<void> {
    await this.ask({ ask: 'close' });
  }
}

/** A process of its own, which ends when this one does. */
export class InOwnProcess extends Holder {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Readonly<{ resolve: (value: unknown) => void; reject: (error: Error) => void }>>();
  private count = 0;
  private gone: Error | null = null;

  constructor(name: string) {
    super(name);
    // For a profile of every process: BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=DIR'.
    const own = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [];
    this.child = fork(CHILD, [], {
      execArgv: ['--no-warnings', ...own, '--require', TYPESCRIPT],
      // As the launcher starts the product.
      env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', ...process.env },
      serialization: 'advanced',
      // A group of its own: Ctrl-C reaches the harness alone, which writes down what was measured.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', ({ id, value, error }: Answer) => {
      const one = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) one?.resolve(value);
      else one?.reject(new Error(`${name}: ${error}`));
    });
    const end = (why: string): void => {
      this.gone ??= new Error(`${name}: ${why}`);
      for (const { reject } of this.waiting.values()) reject(this.gone);
      this.waiting.clear();
    };
    this.child.once('error', (error) => end(error.message));
    this.child.once('exit', (code, signal) => end(`the process ended (${signal ?? String(code)})`));
  }

  async close(): Promise<void> {
    const exited = new Promise<void>((resolve) => (this.gone === null ? this.child.once('exit', () => resolve()) : resolve()));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), CLOSE_WITHIN_MS);
    await this.ask({ ask: 'close' }).catch(() => undefined);
    if (this.child.connected) this.child.disconnect();
    await exited;
    clearTimeout(timer);
  }

  protected ask(question: Question): Promise<unknown> {
    if (this.gone !== null) return Promise.reject(this.gone);
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send({ id, question });
    });
  }
}
