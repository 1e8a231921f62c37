import { matches } from '../all-filter';
import { StoreUnavailable, type AllFilter, type EventBatch, type RecordedEvent } from '../event-store.port';
import type { Timers } from '../timers';
import { pause } from '../wake-up';
import type { PageCache } from './page-cache';
import type { Supervisor } from './supervisor';

export type SubscriberOptions = Readonly<{
  after: bigint;
  signal: AbortSignal;
  filter: AllFilter | undefined;
  batchSize: number;
}>;

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;
/** A look at the tail without a wake-up, in case one was missed. */
const LOOK_EVERY_MS = 5_000;

type Found = Readonly<{ events: readonly RecordedEvent[]; live: boolean }>;

/** One follower: pages while it is behind the tail of the process, the tail then; pages again when it was too slow. */
export async function* subscriber(
  supervisor: Supervisor,
  pages: PageCache,
  timers: Timers,
  { after, signal, filter, batchSize }: SubscriberOptions,
): AsyncGenerator<EventBatch, void, void> {
  let position = after;
  let saidLive = false;
  let retryMs = FIRST_RETRY_MS;
  supervisor.start();
  while (!signal.aborted) {
    const seen = supervisor.appended.seen;
    let found: Found;
    try {
      found = await next(supervisor, pages, position, batchSize);
      retryMs = FIRST_RETRY_MS;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof StoreUnavailable)) throw error;
      await pause(retryMs, signal, timers);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      continue;
    }
    for (const batch of batches(found, position, filter, batchSize)) {
      if (signal.aborted) return;
      if (batch.position === position && (saidLive || !batch.live)) continue;
      position = batch.position;
      saidLive = batch.live;
      yield batch;
    }
    if (found.live) await supervisor.appended.wait(seen, LOOK_EVERY_MS, signal);
  }
}

const next = async (supervisor: Supervisor, pages: PageCache, position: bigint, batchSize: number): Promise<Found> => {
  const limit = Math.max(batchSize, pages.pageSize);
  const inMemory = supervisor.tail?.after(position, limit) ?? null;
  if (inMemory !== null) return { events: inMemory, live: inMemory.length < limit };
  const { events } = await pages.read(position);
  // At the end of a short page the tail takes over, and it alone knows whether that is the end of the log.
  return { events, live: events.length === 0 };
};

/** Cuts what was found into batches of what is wanted; the last one carries the position past what is not. */
function* batches(
  { events, live }: Found,
  from: bigint,
  filter: AllFilter | undefined,
  batchSize: number,
): Generator<EventBatch, void, void> {
  let wanted: RecordedEvent[] = [];
  let position = from;
  for (const [i, event] of events.entries()) {
    position = event.position;
    if (filter === undefined || matches(event, filter)) wanted.push(event);
    if (wanted.length < batchSize) continue;
    yield { events: wanted, position, live: live && wanted.length < batchSize && i === events.length - 1 };
    wanted = [];
  }
  if (wanted.length > 0 || position > from || live) yield { events: wanted, position, live };
}
