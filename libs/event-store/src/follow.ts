import { StoreUnavailable, type AllFilter, type EventBatch, type EventStore } from './event-store.port';
import { pause, type WakeUp } from './wake-up';

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;

/** Catch-up and live following over a store's own reads; survives StoreUnavailable with growing pauses. */
export async function* followFrom(
  store: Pick<EventStore, 'readAll' | 'head'>,
  appended: WakeUp,
  options: Readonly<{
    after: bigint;
    signal: AbortSignal;
    filter: AllFilter | undefined;
    batchSize: number;
    pollMs: number;
    /** Where the newest events are in memory; null for what is not. */
    inMemory?: (position: bigint, batchSize: number, filter: AllFilter | undefined) => Promise<EventBatch | null>;
  }>,
): AsyncGenerator<EventBatch, void, void> {
  const { signal, filter, batchSize, pollMs, inMemory } = options;
  let position = options.after;
  let saidLive = false;
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    const seen = appended.seen;
    let batch: EventBatch;
    try {
      batch = (await inMemory?.(position, batchSize, filter)) ?? (await nextBatch(store, position, batchSize, filter));
      retryMs = FIRST_RETRY_MS;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof StoreUnavailable)) throw error;
      await pause(retryMs, signal);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      continue;
    }
    if (batch.position > position || (batch.live && !saidLive)) {
      if (signal.aborted) return;
      position = batch.position;
      saidLive = batch.live;
      yield batch;
    }
    if (batch.live) await appended.wait(seen, pollMs, signal);
  }
}

const nextBatch = async (
  store: Pick<EventStore, 'readAll' | 'head'>,
  position: bigint,
  batchSize: number,
  filter: AllFilter | undefined,
): Promise<EventBatch> => {
  // The end of the log is taken first: what a filter did not match up to there can be passed over.
  const head = filter === undefined ? position : await store.head();
  if (filter !== undefined && head <= position) return { events: [], position, live: true };
  const events = await store.readAll(position, batchSize, filter);
  const last = events.at(-1)?.position ?? position;
  if (events.length === batchSize) return { events, position: last, live: false };
  return { events, position: last > head ? last : head, live: true };
};
