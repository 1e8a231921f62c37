import {
  ConcurrencyConflict,
  EventStore,
  StoreUnavailable,
  type AllFilter,
  type Appended,
  type EventBatch,
  type EventMetadata,
  type EventToAppend,
  type ExpectedRevision,
  type RecordedEvent,
} from './event-store.port';
import { matches } from './all-filter';
import { checkPage, prepareAppend } from './append-arguments';
import { followFrom } from './follow';
import { WakeUp } from './wake-up';

const meets = (expected: ExpectedRevision, actual: bigint | 'no-stream'): boolean => {
  if (expected === 'any') return true;
  if (expected === 'stream-exists') return actual !== 'no-stream';
  return expected === actual;
};

/** For tests: keeps nothing, behaves as the others do. */
export class InMemoryEventStore extends EventStore {
  private readonly log: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();
  private readonly byId = new Map<string, RecordedEvent>();
  private readonly appended = new WakeUp();
  private readonly closing = new AbortController();

  constructor(private readonly options: Readonly<{ maxEventsPerAppend?: number }> = {}) {
    super();
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    const prepared = prepareAppend(stream, expected, events, this.options.maxEventsPerAppend);
    this.refuseWhenClosed();
    const own = this.streams.get(stream) ?? [];
    const actual = own.at(-1)?.revision ?? 'no-stream';
    const stored = prepared.flatMap(({ id }) => this.byId.get(id) ?? []);
    if (stored.length === events.length && stored.every((e) => e.stream === stream)) {
      const last = stored.reduce((a, b) => (b.revision > a.revision ? b : a));
      return { revision: last.revision, position: last.position };
    }
    if (stored.length > 0 || !meets(expected, actual)) throw new ConcurrencyConflict(stream, expected, actual);
    let last: Appended = { revision: -1n, position: 0n };
    for (const event of prepared) {
      last = { revision: BigInt(own.length), position: BigInt(this.log.length + 1) };
      const recorded: RecordedEvent = {
        ...event,
        ...last,
        stream,
        data: JSON.parse(event.data) as unknown,
        metadata: JSON.parse(event.metadata) as EventMetadata,
      };
      own.push(recorded);
      this.log.push(recorded);
      this.byId.set(event.id, recorded);
    }
    this.streams.set(stream, own);
    this.appended.wake();
    return last;
  }

  override async begin(stream: string, events: readonly EventToAppend[]): Promise<Appended | null> {
    return events.some(({ id }) => this.byId.has(id)) || this.streams.has(stream) ? null : this.append(stream, 'no-stream', events);
  }

  async readStream(stream: string, from = 0n, limit = 10_000): Promise<readonly RecordedEvent[]> {
    checkPage(limit);
    this.refuseWhenClosed();
    return (this.streams.get(stream) ?? []).slice(Number(from), Number(from) + limit);
  }

  async heads(streams: readonly string[]): Promise<ReadonlyMap<string, Appended>> {
    this.refuseWhenClosed();
    return new Map(
      streams.flatMap((stream) => {
        const last = this.streams.get(stream)?.at(-1);
        return last === undefined ? [] : [[stream, { revision: last.revision, position: last.position }] as const];
      }),
    );
  }

  async readAll(after: bigint, limit: number, filter: AllFilter = {}): Promise<readonly RecordedEvent[]> {
    checkPage(limit);
    this.refuseWhenClosed();
    const page: RecordedEvent[] = [];
    for (let i = Number(after); i < this.log.length && page.length < limit; i += 1) {
      const event = this.log[i];
      if (event !== undefined && matches(event, filter)) page.push(event);
    }
    return page;
  }

  async head(): Promise<bigint> {
    return BigInt(this.log.length);
  }

  subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize = 500): AsyncIterable<EventBatch> {
    checkPage(batchSize);
    const until = AbortSignal.any([signal, this.closing.signal]);
    return followFrom(this, this.appended, { after, signal: until, filter, batchSize, pollMs: 60_000 });
  }

  async close(): Promise<void> {
    this.closing.abort();
  }

  private refuseWhenClosed(): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
  }
}
