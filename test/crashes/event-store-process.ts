import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort, waitUntil } from '@app/testing';
import { ROOT } from '../launcher/support/checkout';

/** The EventStoreDB double as a server of its own, its events in PostgreSQL. */
export class EventStoreProcess {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly database: string,
    private readonly port: number,
  ) {}

  static async start(database: string): Promise<EventStoreProcess> {
    const server = new EventStoreProcess(database, await freePort());
    await server.up();
    return server;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Ends it without a word and starts it again on its data. */
  async killAndStart(): Promise<void> {
    await this.kill();
    await this.up();
  }
  async kill(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  private async up(): Promise<void> {
    const main = path.join(ROOT, 'dist/apps/eventstore/src/main.js');
    const args = [main, '--port', String(this.port), '--database', this.database];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'pipe' });
    this.child = child;
    let said = '';
    for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitUntil(
      () => {
        if (child.exitCode !== null) throw new Error(`the event store ended: ${said}`);
        return said.includes('READY');
      },
      { timeoutMs: 60_000, everyMs: 25, what: 'the event store' },
    );
  }
}
