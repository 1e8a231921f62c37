import { InMemoryEventStore, type EventToAppend, type ExpectedRevision } from '@app/event-store';
import { START_MS } from './virtual-year';

/** The store as everybody has it; tells what was stored, and when by the time that counts. */
export class WatchedStore extends InMemoryEventStore {
  readonly storedAt: number[] = [];
  private told = 0n;

  constructor(private readonly heard: (from: bigint) => Promise<void>) {
    super();
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]) {
    const appended = await super.append(stream, expected, events);
    if (appended.position > this.told) {
      const from = this.told;
      this.told = appended.position;
      for (let n = from; n < appended.position; n += 1n) this.storedAt.push(START_MS + performance.now());
      await this.heard(from);
    }
    return appended;
  }
}
