import { pause, StoreUnavailable } from '@app/event-store';
import type { SeededRandom } from '@app/kernel';
import type { Shape } from './history';
import type { HistoryProcess } from './history-process';
import { TableTrouble, type ReadTable } from './read-table';

/** Keeps a table up to date through the lives of its process: subscribes from the checkpoint, applies, and again after any trouble. */
export const follow = async (
  process: HistoryProcess,
  table: ReadTable,
  random: SeededRandom,
  shape: Shape,
  over: AbortSignal,
  tell: (what: string) => void,
): Promise<void> => {
  const filter = table.prefixes.length === 0 ? undefined : { streamPrefixes: table.prefixes };
  const ended = endOf(over);
  while (!over.aborted) {
    const alive = await Promise.race([process.alive(), ended]);
    if (alive === null) return;
    // Either the process dies, or this follower alone gives up.
    const own = new AbortController();
    const until = AbortSignal.any([process.signal, over, own.signal]);
    try {
      let from = table.checkpoint;
      for await (const batch of alive.store.subscribe(from, until, filter, 1 + random.below(8))) {
        if (until.aborted) break;
        if (batch.position > from) {
          await table.apply(
            from,
            batch.events.map(({ id }) => id),
            batch.position,
          );
          from = batch.position;
        } else if (batch.events.length > 0 || batch.position < from)
          tell(`${table.name} at ${from} was given a batch that ends at ${batch.position}`);
      }
    } catch (error) {
      if (!(error instanceof TableTrouble || error instanceof StoreUnavailable)) tell(`${table.name} got ${String(error)}`);
    }
    own.abort();
    if (!over.aborted) await pause(random.next() * shape.paceMs, over);
  }
};

const endOf = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
