import type { RecordedEvent } from './event-store.port';

export type TailLimits = Readonly<{ maxEvents: number; maxBytes: number }>;

/** The newest events of the log in memory, without a gap from one position to another. */
export class Tail {
  private events: { event: RecordedEvent; bytes: number }[] = [];
  private bytes = 0;
  private beginsAfter: bigint;
  private seenTo: bigint;
  private lastEvent: bigint;

  /** `head`: position of the last event there is; what comes after it follows by `add`. */
  constructor(
    head: bigint,
    private readonly limits: TailLimits,
  ) {
    this.beginsAfter = head;
    this.seenTo = head;
    this.lastEvent = head;
  }

  /** Everything up to and including this position is known; where a subscription goes on after a break. */
  get upTo(): bigint {
    return this.seenTo;
  }

  /** Position of the last event that is known. */
  get last(): bigint {
    return this.lastEvent;
  }

  /** False when it was known already. */
  add(event: RecordedEvent, bytes: number): boolean {
    if (event.position <= this.seenTo) return false;
    this.events.push({ event, bytes });
    this.bytes += bytes;
    this.seenTo = event.position;
    this.lastEvent = event.position;
    if (this.events.length > 2 * this.limits.maxEvents || this.bytes > 2 * this.limits.maxBytes) this.trim();
    return true;
  }

  /** There is nothing to show up to here. */
  pass(position: bigint): boolean {
    if (position <= this.seenTo) return false;
    this.seenTo = position;
    return true;
  }

  /** Events after a position, or null when some of them are gone from memory. */
  after(position: bigint, limit: number): readonly RecordedEvent[] | null {
    if (position < this.beginsAfter) return null;
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.events[middle];
      if (at !== undefined && at.event.position <= position) low = middle + 1;
      else high = middle;
    }
    return this.events.slice(low, low + limit).map(({ event }) => event);
  }

  /** Half of what it may hold at most goes at once, so that no event costs a move of all others. */
  private trim(): void {
    let count = 0;
    while (count < this.events.length && (this.events.length - count > this.limits.maxEvents || this.bytes > this.limits.maxBytes)) {
      this.bytes -= this.events[count]?.bytes ?? 0;
      count += 1;
    }
    const gone = this.events.splice(0, count);
    this.beginsAfter = gone.at(-1)?.event.position ?? this.beginsAfter;
  }
}
