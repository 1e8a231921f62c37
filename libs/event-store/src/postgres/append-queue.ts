import { setImmediate as turnOver } from 'node:timers/promises';
import type { Pool } from 'pg';
import { ConcurrencyConflict, StoreUnavailable, type Appended, type ExpectedRevision } from '../event-store.port';
import type { PreparedEvent } from '../append-arguments';
import { isRefusedValue } from './pg-errors';
import { EXPECT } from './schema';
import { settled } from './settled';
import { textArray } from './text-array';

type Outcome = 'appended' | 'repeated' | 'conflict';
type AppendRow = Readonly<{ outcome: Outcome; revision: string; position: string }>;
type Asked = Readonly<{ stream: string; expected: ExpectedRevision; events: readonly PreparedEvent[] }>;
/** `at` is where the events stand; after a conflict, where the stream stands (revision -1n when there is none). */
type Waiting = Asked & Readonly<{ answer: (outcome: Outcome, at: Appended) => void; reject: (error: Error) => void }>;

export type AppendQueueOptions = Readonly<{
  /** How long an append is repeated while the server cannot be reached, ms. */
  settleWithinMs: number;
  maxWaiting?: number;
  maxEventsPerCommit?: number;
}>;

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
    return new Promise((resolve, reject) => {
      const answer = (outcome: Outcome, at: Appended): void => {
        if (outcome !== 'conflict') resolve(at);
        else reject(new ConcurrencyConflict(stream, expected, at.revision < 0n ? 'no-stream' : at.revision));
      };
      this.wait({ stream, expected, events, answer, reject });
    });
  }

  /** Null when the stream or the events are there already. */
  begin(stream: string, events: readonly PreparedEvent[]): Promise<Appended | null> {
    return new Promise((resolve, reject) => {
      const answer = (outcome: Outcome, at: Appended): void => resolve(outcome === 'appended' ? at : null);
      this.wait({ stream, expected: 'no-stream', events, answer, reject });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.flushing;
  }

  private wait(one: Waiting): void {
    if (this.closed) return one.reject(new StoreUnavailable('the event store is closed'));
    if (this.waiting.length >= this.maxWaiting) return one.reject(new StoreUnavailable('too many appends are waiting'));
    this.waiting.push(one);
    this.flushing ??= this.flush();
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      // Whoever was answered by the last commit may append again in this turn: one group takes all of them, instead of one and the rest.
      await turnOver();
      await this.commit(this.takeGroup());
    }
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
  private settle(group: readonly Waiting[]): Promise<readonly AppendRow[]> {
    return settled(() => this.send(group), this.options.settleWithinMs);
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
        textArray(events.map((e) => e.data)),
        textArray(events.map((e) => e.metadata)),
      ],
    });
    return rows;
  }

  private answer(one: Waiting, row: AppendRow | undefined): void {
    if (row === undefined) return one.reject(new StoreUnavailable('the event store gave no answer for an append'));
    one.answer(row.outcome, { revision: BigInt(row.revision), position: BigInt(row.position) });
  }
}
