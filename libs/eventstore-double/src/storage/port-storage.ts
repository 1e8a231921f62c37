import { randomUUID } from 'node:crypto';
import { ConcurrencyConflict, StoreUnavailable, type EventBatch, type EventStore } from '@app/event-store';
import { StorageUnavailable, type LogRecord, type LogStorage, type NewRecord, type RecordBatch } from './log-storage';
import { portEventOf, portStreamOf, recordOf } from './stored-record';

export type PortStorageOptions = Readonly<{
  /** Says no by an error (StorageUnavailable): asked before each append. */
  mayWrite?: () => void;
  /** What else ends with the storage. */
  onClose?: () => Promise<void>;
}>;

const FIRST_WINDOW = 64n;
const LAST_WINDOW = 4_096n;
/** No store numbers higher; clients may ask for more (2^64 - 1 is their end of the log). */
const HIGHEST = 2n ** 63n - 2n;
const FOLLOW_BATCH = 500;

const within = (n: bigint): bigint => {
  if (n < 0n) return 0n;
  return n > HIGHEST ? HIGHEST : n;
};

const storageErrorOf = (error: unknown): unknown => {
  if (error instanceof StoreUnavailable) return new StorageUnavailable('the log cannot be reached for now', { cause: error });
  // The engine is the one writer: then an append of which it did not know the outcome arrived late.
  if (error instanceof ConcurrencyConflict) return new StorageUnavailable('the stream has grown meanwhile', { cause: error });
  return error;
};

const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw storageErrorOf(error);
  }
};

const batchOf = ({ events, position, live }: EventBatch): RecordBatch => ({ records: events.map(recordOf), position, live });

/** The log in the event store of the product: one event of the port for each record, streams and revisions one to one. */
export class PortStorage implements LogStorage {
  /** Ids of the port: 64 random bits for this life and a counter, so that neighbours lie beside each other in its index. */
  private readonly life = randomUUID().slice(0, 18);
  private lastId = 0;

  constructor(
    private readonly port: EventStore,
    private readonly options: PortStorageOptions = {},
  ) {}

  async append(stream: string, at: bigint, records: readonly NewRecord[]): Promise<bigint> {
    this.options.mayWrite?.();
    const events = records.map((record) => portEventOf(stream, record, this.nextId()));
    const appended = await guarded(() => this.port.append(portStreamOf(stream), at === 0n ? 'no-stream' : at - 1n, events));
    return appended.position;
  }

  async readStream(stream: string, from: bigint, limit: number): Promise<readonly LogRecord[]> {
    if (limit < 1) return [];
    return (await guarded(() => this.port.readStream(portStreamOf(stream), within(from), limit))).map(recordOf);
  }

  /** Gallops past the end, then halves: few looks even into a long stream. */
  async lastRevision(stream: string): Promise<bigint> {
    const name = portStreamOf(stream);
    const holds = async (revision: bigint): Promise<boolean> => (await guarded(() => this.port.readStream(name, revision, 1))).length === 1;
    let there = -1n;
    let notThere = 0n;
    while (await holds(notThere)) {
      there = notThere;
      notThere = notThere * 2n + 1n;
    }
    while (notThere - there > 1n) {
      const middle = (there + notThere) / 2n;
      if (await holds(middle)) there = middle;
      else notThere = middle;
    }
    return there;
  }

  async readAll(after: bigint, limit: number): Promise<readonly LogRecord[]> {
    if (limit < 1) return [];
    return (await guarded(() => this.port.readAll(within(after), limit))).map(recordOf);
  }

  /** The port reads forwards only: windows of positions, taken from the end, grow until enough lies in them. */
  async readAllBackwards(before: bigint, limit: number): Promise<readonly LogRecord[]> {
    if (limit < 1) return [];
    const found: LogRecord[] = [];
    const end = (await this.head()) + 1n;
    let upper = before < end ? within(before) : end;
    let window = BigInt(limit) < FIRST_WINDOW ? BigInt(limit) : FIRST_WINDOW;
    while (upper > 1n && found.length < limit) {
      const lower = upper - 1n > window ? upper - 1n - window : 0n;
      const events = await guarded(() => this.port.readAll(lower, Number(upper - 1n - lower)));
      for (let i = events.length - 1; i >= 0 && found.length < limit; i -= 1) {
        const event = events[i];
        if (event !== undefined && event.position < upper) found.push(recordOf(event));
      }
      upper = lower + 1n;
      if (window < LAST_WINDOW) window *= 2n;
    }
    return found;
  }

  head(): Promise<bigint> {
    return guarded(() => this.port.head());
  }

  async *subscribe(after: bigint, signal: AbortSignal): AsyncGenerator<RecordBatch, void, void> {
    try {
      for await (const batch of this.port.subscribe(within(after), signal, undefined, FOLLOW_BATCH)) yield batchOf(batch);
    } catch (error) {
      throw storageErrorOf(error);
    }
  }

  async close(): Promise<void> {
    await this.port.close();
    await this.options.onClose?.();
  }

  private nextId(): string {
    const count = (this.lastId += 1).toString(16).padStart(16, '0');
    return `${this.life}-${count.slice(0, 4)}-${count.slice(4)}`;
  }
}
