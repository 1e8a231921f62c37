import { EventStore, type AllFilter, type Appended, type EventToAppend, type ExpectedRevision, type RecordedEvent } from '@app/event-store';

/** A store in front of another one: every request goes through `ask`. */
export abstract class AskingStore extends EventStore {
  constructor(protected readonly behind: EventStore) {
    super();
  }

  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    return this.ask(() => this.behind.append(stream, expected, events));
  }

  readStream(stream: string, from?: bigint, limit?: number): Promise<readonly RecordedEvent[]> {
    return this.ask(() => this.behind.readStream(stream, from, limit));
  }

  heads(streams: readonly string[]): Promise<ReadonlyMap<string, Appended>> {
    return this.ask(() => this.behind.heads(streams));
  }

  readAll(after: bigint, limit: number, filter?: AllFilter): Promise<readonly RecordedEvent[]> {
    return this.ask(() => this.behind.readAll(after, limit, filter));
  }

  head(): Promise<bigint> {
    return this.ask(() => this.behind.head());
  }

  protected abstract ask<T>(act: () => Promise<T>): Promise<T>;
}
