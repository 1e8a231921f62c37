import type { Pool } from 'pg';
import { ConcurrencyConflict, StoreUnavailable, type Appended, type ExpectedRevision } from '../event-store.port';
import type { PreparedEvent } from '../append-arguments';
import { pause } from '../wake-up';
import { isRefusedValue, isTransient, isUnavailable } from './pg-errors';
import { EXPECT } from './schema';

type Waiting = Readonly<{
  stream: string;
  expected: ExpectedRevision;
  events: readonly PreparedEvent[];
  resolve: (appended: Appended) => void;
  reject: (error: Error) => void;
}>;
type AppendRow = Readonly<{ outcome: 'appended' | 'repeated' | 'conflict'; revision: string; position: string }>;

export type AppendQueueOptions = Readonly<{
  /** How long an append is repeated while the server cannot be reached, ms. */
  settleWithinMs: number;
  maxWaiting?: number;
  maxEventsPerCommit?: number;
}>;

const FIRST_RETRY_MS = 20;
const LAST_RETRY_MS = 500;

const numberOf = (expected: ExpectedRevision): string => {
  switch (expected) {
    case 'no-stream':
      return String(EXPECT.noStream);
    case 'any':
      return String(EXPECT.any);
    case 'stream-exists':
      return String(EXPECT.streamExists);
    default:
      return expected.toString();
  }
};

const refusalOf = (stream: string, cause: unknown): Error => {
  if (isRefusedValue(cause)) return new RangeError(`${stream}: the events cannot be stored`, { cause });
  return cause instanceof Error ? cause : new Error(`${stream}: the append failed`, { cause });
};

/** Group commit: appends that arrive while a transaction is in flight form the next one. */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | null = null;
  private closed = false;
  private readonly maxWaiting: number;
  private readonly maxEventsPerCommit: number;

  constructor(
    private readonly pool: Pool,
    private readonly options: AppendQueueOptions,
  ) {
    this.maxWaiting = options.maxWaiting ?? 10_000;
    this.maxEventsPerCommit = options.maxEventsPerCommit ?? 500;
  }

  add(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): Promise<Appended> {
    if (this.closed) return Promise.reject(new StoreUnavailable('the event store is closed'));
    if (this.waiting.length >= this.maxWaiting) return Promise.reject(new StoreUnavailable('too many appends are waiting'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, expected, events, resolve, reject });
      // The next tick of the microtask queue: appends of the same turn share the first commit too.
      this.flushing ??= Promise.resolve().then(() => this.flush());
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.flushing;
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) await this.commit(this.takeGroup());
    this.flushing = null;
  }

  private takeGroup(): readonly Waiting[] {
    let size = 0;
    let count = 0;
    for (const { events } of this.waiting) {
      if (count > 0 && size + events.length > this.maxEventsPerCommit) break;
      size += events.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    try {
      const rows = await this.settle(group);
      group.forEach((one, i) => this.answer(one, rows[i]));
    } catch (error) {
      const only = group.length === 1 ? group[0] : undefined;
      if (error instanceof StoreUnavailable) for (const one of group) one.reject(error);
      else if (only !== undefined) only.reject(refusalOf(only.stream, error));
      // Something in the group is refused; alone, only the culprit fails.
      else for (const one of group) await this.commit([one]);
    }
  }

  /**
   * Repeats the whole group until the outcome is known. That is safe: events whose ids are stored already are
   * answered with the revision they got, also when the first attempt committed and its answer was lost.
   */
  private async settle(group: readonly Waiting[]): Promise<readonly AppendRow[]> {
    const giveUpAt = performance.now() + this.options.settleWithinMs;
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
      try {
        return await this.send(group);
      } catch (error) {
        if (!isUnavailable(error) && !isTransient(error)) throw error;
        if (performance.now() + retryMs > giveUpAt) {
          throw new StoreUnavailable('the event store did not answer; the outcome of the append is unknown', { cause: error });
        }
        await pause(retryMs);
      }
    }
  }

  private async send(group: readonly Waiting[]): Promise<readonly AppendRow[]> {
    const events = group.flatMap((one) => one.events);
    const { rows } = await this.pool.query<AppendRow>({
      name: 'append-events',
      text: 'select outcome, revision, "position" from append_events($1,$2,$3,$4,$5,$6,$7,$8,$9)',
      values: [
        group.map((one) => one.stream),
        group.map((one) => numberOf(one.expected)),
        group.map((one) => one.events.length),
        group.flatMap((one, i) => one.events.map(() => i + 1)),
        events.map((e) => e.id),
        events.map((e) => e.type),
        events.map((e) => e.version),
        events.map((e) => e.data),
        events.map((e) => e.metadata),
      ],
    });
    return rows;
  }

  private answer(one: Waiting, row: AppendRow | undefined): void {
    if (row === undefined) return one.reject(new StoreUnavailable('the event store gave no answer for an append'));
    const revision = BigInt(row.revision);
    if (row.outcome !== 'conflict') return one.resolve({ revision, position: BigInt(row.position) });
    one.reject(new ConcurrencyConflict(one.stream, one.expected, revision < 0n ? 'no-stream' : revision));
  }
}
