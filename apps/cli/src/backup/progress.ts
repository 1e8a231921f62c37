import type { BackupProgress, RestoreProgress } from '@app/backup';

const PHASES: Readonly<Record<BackupProgress['phase'] | RestoreProgress['phase'], string>> = {
  tables: '数据表 tables',
  events: '事件 events',
  files: '文件 files',
  verifying: '核对备份 verifying',
  comparing: '读回核对 comparing',
  'read-models': '重建读模型 read models',
};
const TERMINAL_EVERY_MS = 500;
const LOG_EVERY_MS = 10_000;

/** One line that moves on a terminal; a line for each phase, and now and then, in a file. */
export class ProgressTeller {
  private phase: string | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private readonly moves = process.stderr.isTTY;

  readonly tell = ({ phase, done, total }: BackupProgress | RestoreProgress): void => {
    const now = performance.now();
    const fresh = phase !== this.phase;
    if (!fresh && now - this.last < (this.moves ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
    if (fresh) this.end();
    this.phase = phase;
    this.last = now;
    const text = `${PHASES[phase]} ${done.toLocaleString('en')}${total === null ? '' : ` / ${total.toLocaleString('en')}`}`;
    process.stderr.write(this.moves ? `\r${text}\u001b[K` : `${text}\n`);
  };

  end(): void {
    if (this.moves && this.phase !== null) process.stderr.write('\n');
    this.phase = null;
  }
}

/** Runs `work` until it ends or somebody presses Ctrl-C; it then ends in order. */
export const interruptible = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
};
