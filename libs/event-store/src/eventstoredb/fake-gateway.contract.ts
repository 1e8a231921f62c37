import { matches } from '../all-filter';
import type { PreparedEvent } from '../append-arguments';
import type { AllFilter, EventMetadata, ExpectedRevision, RecordedEvent } from '../event-store.port';
import { WakeUp } from '../wake-up';
import { WrongRevision, type GatewayAppended, type Page, type StoreGateway, type SubscriptionMessage } from './gateway';

const idle = (): Promise<void> => Promise.resolve();

/** A server in memory with the rules of the real one for ids; specs hook into its calls. */
export class FakeGateway implements StoreGateway {
  readonly log: RecordedEvent[] = [];
  readonly appended = new WakeUp();
  subscriptions = 0;
  resets = 0;
  reads = 0;
  /** Before an append is stored, and after it is: a rejection is what the adapter sees. */
  beforeAppend: (attempt: number) => Promise<void> = idle;
  afterAppend: (attempt: number) => Promise<void> = idle;
  beforeRead: (filter?: AllFilter) => Promise<void> = idle;
  beforeMessage: (position: bigint) => Promise<void> = idle;
  /** How many of its last events the server knows by id for `any`. */
  window = 100;
  saysPosition = true;
  /** A subscription begins with the event that it should begin after. */
  repeatsOnSubscribing = false;
  private attempts = 0;

  async append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): Promise<GatewayAppended> {
    this.attempts += 1;
    const attempt = this.attempts;
    await this.beforeAppend(attempt);
    const appended = this.store(stream, expected, events);
    await this.afterAppend(attempt);
    return appended;
  }

  async readStream(stream: string, from: bigint, limit: number): Promise<readonly RecordedEvent[]> {
    await this.beforeRead();
    return this.of(stream)
      .filter((e) => e.revision >= from)
      .slice(0, limit);
  }

  async readStreamBackwards(stream: string, from: bigint | 'end', limit: number): Promise<readonly RecordedEvent[]> {
    await this.beforeRead();
    return this.of(stream)
      .filter((e) => from === 'end' || e.revision <= from)
      .toReversed()
      .slice(0, limit);
  }

  async readAll(after: bigint, limit: number, filter?: AllFilter): Promise<Page> {
    this.reads += 1;
    await this.beforeRead(filter);
    return this.page(this.log.filter((e) => e.position > after && matches(e, filter ?? {})).slice(0, limit));
  }

  async readAllBackwards(limit: number): Promise<Page> {
    await this.beforeRead();
    return this.page(this.log.toReversed().slice(0, limit));
  }

  async *subscribeToAll(after: bigint, signal: AbortSignal): AsyncGenerator<SubscriptionMessage, void, void> {
    this.subscriptions += 1;
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    yield { kind: 'confirmed' };
    const known = this.log.find((e) => e.position === after);
    if (this.repeatsOnSubscribing && known !== undefined) yield { kind: 'event', event: known, bytes: 1_000 };
    for (let position = after; !signal.aborted;) {
      const seen = this.appended.seen;
      const event = this.log.find((e) => e.position > position);
      if (event === undefined) await this.appended.wait(seen, 60_000, signal);
      else {
        await Promise.race([this.beforeMessage(event.position), aborted]);
        if (signal.aborted) return;
        position = event.position;
        yield { kind: 'event', event, bytes: 1_000 };
      }
    }
  }

  reset(): void {
    this.resets += 1;
  }

  async dispose(): Promise<void> {
    await idle();
  }

  private store(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): GatewayAppended {
    const own = this.of(stream);
    const actual = own.at(-1)?.revision ?? -1n;
    const wanted = expected === 'no-stream' ? -1n : expected;
    const candidates = typeof wanted === 'bigint' ? own.filter((e) => e.revision > wanted) : this.log.slice(-this.window);
    const again = events.map(({ id }, i) =>
      typeof wanted === 'bigint' ? candidates[i]?.id === id : candidates.some((e) => e.id === id && e.stream === stream),
    );
    if (again.every(Boolean)) {
      const last = own.findLast((e) => e.id === events.at(-1)?.id);
      if (last !== undefined) return this.answer(last);
    }
    const refused = typeof wanted === 'bigint' ? wanted !== actual : again.some(Boolean) || (wanted === 'stream-exists' && actual < 0n);
    if (refused) throw new WrongRevision(actual < 0n ? 'no-stream' : actual);
    for (const [i, { data, metadata, ...event }] of events.entries()) {
      this.log.push({
        ...event,
        data: JSON.parse(data) as unknown,
        metadata: JSON.parse(metadata) as EventMetadata,
        stream,
        revision: actual + 1n + BigInt(i),
        // Sparse, as in a log of bytes.
        position: BigInt((this.log.length + 1) * 100),
      });
    }
    this.appended.wake();
    return this.answer(this.log.at(-1));
  }

  private answer(last: RecordedEvent | undefined): GatewayAppended {
    return { revision: last?.revision ?? -1n, position: this.saysPosition ? (last?.position ?? 0n) : null };
  }

  private of(stream: string): readonly RecordedEvent[] {
    return this.log.filter((e) => e.stream === stream);
  }

  private page(events: readonly RecordedEvent[]): Page {
    return { events, bytes: events.length * 1_000 };
  }
}
