import {
  StoreUnavailable,
  WakeUp,
  type AllFilter,
  type Appended,
  type EventBatch,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
} from '@app/event-store';
import { followFrom } from '../../libs/event-store/src/follow';
import { AskingStore } from './asking-store';
import { Lost, type SimulatedNetwork } from './simulated-network';

/** The port of one process over a network that fails: every trouble is StoreUnavailable, and nothing is settled. */
export class FaultyStore extends AskingStore {
  private readonly closing = new AbortController();
  private readonly appended = new WakeUp();

  constructor(
    truth: EventStore,
    protected readonly network: SimulatedNetwork,
    private readonly patienceMs: number,
  ) {
    super(truth);
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    const appended = await super.append(stream, expected, events);
    this.appended.wake();
    return appended;
  }

  subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize = 500): AsyncIterable<EventBatch> {
    const until = AbortSignal.any([signal, this.closing.signal]);
    return followFrom(this, this.appended, { after, signal: until, filter, batchSize, pollMs: this.patienceMs });
  }

  async close(): Promise<void> {
    this.closing.abort();
  }

  protected ask<T>(serve: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const unavailable = (message: string, cause?: unknown): void => {
        clearTimeout(patience);
        reject(new StoreUnavailable(message, { cause }));
      };
      const patience = setTimeout(() => unavailable('nobody answered in time'), this.patienceMs);
      this.network.call(serve).then(
        (value) => {
          clearTimeout(patience);
          resolve(value);
        },
        (error: unknown) => {
          if (error instanceof Lost) return unavailable('the connection was lost', error);
          clearTimeout(patience);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}
