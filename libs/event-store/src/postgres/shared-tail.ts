import { matches } from '../all-filter';
import type { AllFilter, EventBatch, RecordedEvent } from '../event-store.port';
import { Tail } from '../tail';
import type { WakeUp } from '../wake-up';

/** One page after a position, each event with about what it takes in memory; and the position of the last one there is. */
export type TailReads = Readonly<{
  after: (position: bigint, limit: number) => Promise<readonly Readonly<{ event: RecordedEvent; bytes: number }>[]>;
  head: () => Promise<bigint>;
}>;

const PAGE = 500;
/** As objects they take twice as much; an import appends half a megabyte at a time. */
const LIMITS = { maxEvents: 2_000, maxBytes: 4 * 1024 * 1024 };

/**
 * What was appended last is read once for all subscriptions of the process, however many there are: each of them takes what it wants
 * from memory, in order, at its own pace. One that is further behind reads for itself until it is near.
 */
export class SharedTail {
  private opened: Promise<Tail> | null = null;
  /** What the wake-ups stood at when the last read began that came to the end of the log. */
  private asOf = -1;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;
  /** The last read came to the end of the log. */
  private isComplete = false;

  constructor(
    private readonly reads: TailReads,
    private readonly appended: WakeUp,
    private readonly pollMs: number,
  ) {}

  /** The next batch after a position, or null when it is not in memory. Errors: those of the reads. */
  async next(position: bigint, batchSize: number, filter: AllFilter | undefined): Promise<EventBatch | null> {
    const tail = await this.open();
    // A read that began before the wake-up may not hold what it was about; then the next one does.
    if (this.isStale()) await this.read(tail);
    if (this.isStale()) await this.read(tail);
    const found = tail.after(position, Number.MAX_SAFE_INTEGER);
    if (found === null) return null;
    const events: RecordedEvent[] = [];
    for (const event of found) {
      if (filter === undefined || matches(event, filter)) events.push(event);
      if (events.length === batchSize) return { events, position: event.position, live: false };
    }
    const { upTo } = tail;
    return { events, position: upTo > position ? upTo : position, live: this.isComplete };
  }

  private isStale(): boolean {
    return this.asOf !== this.appended.seen || performance.now() - this.lookedAt >= this.pollMs / 2;
  }

  private open(): Promise<Tail> {
    this.opened ??= this.reads.head().then(
      (head) => new Tail(head, LIMITS),
      (error: unknown) => {
        this.opened = null;
        throw error;
      },
    );
    return this.opened;
  }

  private read(tail: Tail): Promise<void> {
    this.reading ??= this.page(tail).finally(() => (this.reading = null));
    return this.reading;
  }

  private async page(tail: Tail): Promise<void> {
    const [seen, now] = [this.appended.seen, performance.now()];
    const page = await this.reads.after(tail.upTo, PAGE);
    for (const { event, bytes } of page) tail.add(event, bytes);
    this.isComplete = page.length < PAGE;
    if (!this.isComplete) return;
    this.asOf = seen;
    this.lookedAt = now;
  }
}
