import { StorageUnavailable, type LogRecord, type LogStorage, type NewRecord, type RecordBatch } from '../storage/log-storage';

/** A log in an array, for tests of what stands on it. */
export class ArrayStorage implements LogStorage {
  readonly log: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();
  private readonly grown = new Set<() => void>();
  /** The next append is stored, or not, and fails as if nobody knew. */
  failNext: 'stored' | 'lost' | null = null;

  async append(stream: string, at: bigint, records: readonly NewRecord[]): Promise<bigint> {
    const failure = this.failNext;
    this.failNext = null;
    if (failure === 'lost') throw new StorageUnavailable('lost');
    const own = this.streams.get(stream) ?? [];
    if (BigInt(own.length) !== at) throw new Error(`${stream} ends at ${String(own.length)}, not at ${String(at)}`);
    this.streams.set(stream, own);
    for (const record of records) {
      const stored: LogRecord = { ...record, stream, revision: BigInt(own.length), position: BigInt(this.log.length + 1) };
      own.push(stored);
      this.log.push(stored);
    }
    for (const wake of [...this.grown]) wake();
    if (failure === 'stored') throw new StorageUnavailable('stored, but nobody heard');
    return BigInt(this.log.length);
  }

  async readStream(stream: string, from: bigint, limit: number): Promise<readonly LogRecord[]> {
    return (this.streams.get(stream) ?? []).slice(Number(from), Number(from) + limit);
  }

  async lastRevision(stream: string): Promise<bigint> {
    return BigInt(this.streams.get(stream)?.length ?? 0) - 1n;
  }

  async readAll(after: bigint, limit: number): Promise<readonly LogRecord[]> {
    return this.log.slice(Number(after), Number(after) + limit);
  }

  async readAllBackwards(before: bigint, limit: number): Promise<readonly LogRecord[]> {
    const end = before > BigInt(this.log.length) ? this.log.length : Number(before) - 1;
    return this.log.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
  }

  async head(): Promise<bigint> {
    return BigInt(this.log.length);
  }

  async *subscribe(after: bigint, signal: AbortSignal): AsyncGenerator<RecordBatch> {
    let position = Number(after);
    while (!signal.aborted) {
      const records = this.log.slice(position, position + 100);
      position += records.length;
      if (records.length > 0) yield { records, position: BigInt(position), live: position === this.log.length };
      else await this.growth(signal);
    }
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  private growth(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.grown.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.grown.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
