import {
  EventStore,
  pause,
  StoreUnavailable,
  type AllFilter,
  type Appended,
  type EventBatch,
  type EventToAppend,
  type ExpectedRevision,
  type RecordedEvent,
} from '@app/event-store';

const AGAIN_MS = 10;

/** Asks again, with the same ids, for as long as the store cannot be reached: what every caller of the port has to do in the end. */
export class PatientStore extends EventStore {
  private closed = false;

  constructor(private readonly store: EventStore) {
    super();
  }

  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    return this.patiently(() => this.store.append(stream, expected, events));
  }

  readStream(stream: string, from?: bigint, limit?: number): Promise<readonly RecordedEvent[]> {
    return this.patiently(() => this.store.readStream(stream, from, limit));
  }

  readAll(after: bigint, limit: number, filter?: AllFilter): Promise<readonly RecordedEvent[]> {
    return this.patiently(() => this.store.readAll(after, limit, filter));
  }

  head(): Promise<bigint> {
    return this.patiently(() => this.store.head());
  }

  subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize?: number): AsyncIterable<EventBatch> {
    return this.store.subscribe(after, signal, filter, batchSize);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.store.close();
  }

  private async patiently<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || this.closed) throw error;
        await pause(AGAIN_MS);
      }
    }
  }
}
