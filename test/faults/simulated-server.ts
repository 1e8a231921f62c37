import type { AllFilter, EventMetadata, ExpectedRevision, RecordedEvent } from '@app/event-store';
import type { SeededRandom } from '@app/kernel';
import type { PreparedEvent } from '../../libs/event-store/src/append-arguments';
import type { SimulatedNetwork } from './simulated-network';
import { WrongRevision, type GatewayAppended } from '../../libs/event-store/src/eventstoredb/gateway';

const matches = ({ stream, type }: RecordedEvent, { streamPrefixes, eventTypes }: AllFilter = {}): boolean =>
  (streamPrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true) && (eventTypes?.includes(type) ?? true);

/** The log of a server as the protocol has it: sparse positions, repeated appends known as far as the real one knows them. */
export class SimulatedServer {
  readonly log: RecordedEvent[] = [];
  protected readonly streams = new Map<string, RecordedEvent[]>();
  private readonly told = new Set<() => void>();
  private position = 0n;

  /** Of how many of the latest events it knows the ids when nothing exact is expected; a real one knows some hundred thousand. */
  protected readonly remembered: number = 100_000;

  constructor(
    protected readonly random: SeededRandom,
    protected readonly network: SimulatedNetwork,
  ) {}

  /** Errors: WrongRevision. */
  append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): GatewayAppended | Promise<GatewayAppended> {
    const own = this.streams.get(stream) ?? [];
    const actual = own.at(-1)?.revision ?? 'no-stream';
    const repeated = this.repeated(own, expected, events);
    // Where it was before need not be told; whoever must know reads.
    if (repeated !== null) return { revision: repeated.revision, position: this.random.chance(0.5) ? null : repeated.position };
    const meets = expected === 'any' || (expected === 'stream-exists' ? actual !== 'no-stream' : expected === actual);
    if (!meets) throw new WrongRevision(actual);
    return this.store(stream, own, events);
  }

  readStream(stream: string, from: bigint, limit: number): readonly RecordedEvent[] {
    return (this.streams.get(stream) ?? []).slice(Number(from), Number(from) + limit);
  }

  readStreamBackwards(stream: string, from: bigint | 'end', limit: number): readonly RecordedEvent[] {
    const own = this.streams.get(stream) ?? [];
    const upTo = from === 'end' ? own.length : Math.min(own.length, Number(from) + 1);
    return own.slice(Math.max(0, upTo - limit), upTo).reverse();
  }

  readAll(after: bigint, limit: number, filter?: AllFilter): readonly RecordedEvent[] {
    const page: RecordedEvent[] = [];
    for (let i = this.indexAfter(after); i < this.log.length && page.length < limit; i += 1) {
      const event = this.log[i];
      if (event !== undefined && matches(event, filter)) page.push(event);
    }
    return page;
  }

  readAllBackwards(limit: number): readonly RecordedEvent[] {
    return this.log.slice(-limit).reverse();
  }

  /** Is told after each commit; → how to stop listening. */
  onCommit(act: () => void): () => void {
    this.told.add(act);
    return () => void this.told.delete(act);
  }

  protected store(
    stream: string,
    own: RecordedEvent[],
    events: readonly PreparedEvent[],
  ): Readonly<{ revision: bigint; position: bigint }> {
    let last = { revision: -1n, position: 0n };
    for (const { id, type, version, data, metadata } of events) {
      this.position += BigInt(1 + this.random.below(300));
      last = { revision: BigInt(own.length), position: this.position };
      const event: RecordedEvent = {
        id,
        type,
        version,
        data: JSON.parse(data) as unknown,
        metadata: JSON.parse(metadata) as EventMetadata,
        stream,
        ...last,
      };
      own.push(event);
      this.log.push(event);
    }
    this.streams.set(stream, own);
    this.tellAll();
    return last;
  }

  protected tellAll(): void {
    for (const tell of [...this.told]) tell();
  }

  /** The last of the stored events, when this append was taken before as far as the server can tell. */
  protected repeated(own: readonly RecordedEvent[], expected: ExpectedRevision, events: readonly PreparedEvent[]): RecordedEvent | null {
    const exact = expected === 'no-stream' ? 0 : typeof expected === 'bigint' ? Number(expected) + 1 : null;
    const oldest = exact ?? own.findIndex(({ id }) => id === events[0]?.id);
    const there = oldest < 0 ? [] : own.slice(oldest, oldest + events.length);
    const last = there.at(-1);
    if (last === undefined || there.length < events.length || !there.every(({ id }, i) => id === events[i]?.id)) return null;
    return exact !== null || this.log.indexOf(last) >= this.log.length - this.remembered ? last : null;
  }

  private indexAfter(position: bigint): number {
    let low = 0;
    let high = this.log.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.log[middle]?.position ?? 0n) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
