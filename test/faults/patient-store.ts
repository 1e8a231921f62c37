import { pause, StoreUnavailable, type AllFilter, type EventBatch } from '@app/event-store';
import { AskingStore } from './asking-store';

const AGAIN_MS = 10;

/** Asks again, with the same ids, for as long as the store cannot be reached: what every caller of the port has to do in the end. */
export class PatientStore extends AskingStore {
  private closed = false;

  subscribe(after: bigint, signal: AbortSignal, filter?: AllFilter, batchSize?: number): AsyncIterable<EventBatch> {
    return this.behind.subscribe(after, signal, filter, batchSize);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.behind.close();
  }

  protected async ask<T>(act: () => Promise<T>): Promise<T> {
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
