import { ConcurrencyConflict, type EventStore, type EventToAppend, type RecordedEvent } from '../event-store.port';

/** Events of one stream that follow one another in the log: one append. */
export type Run = Readonly<{ stream: string; expected: bigint | 'no-stream'; events: readonly EventToAppend[] }>;

/** Where copied events go. */
export type CopySink = Readonly<{
  /**
   * Stores the runs in their order; when it fails, a prefix of them is stored and nothing after it. May be called again with the same
   * runs. Errors: StoreUnavailable, ConcurrencyConflict, RangeError.
   */
  append: (runs: readonly Run[]) => Promise<void>;
  close: () => Promise<void>;
}>;

/** An append is refused by servers above 1 MiB; what was one append in the source may become several here, whose revisions say the same. */
const MAX_RUN_EVENTS = 200;
const MAX_RUN_CHARACTERS = 200_000;

export const runsOf = (events: readonly RecordedEvent[]): readonly Run[] => {
  const runs: { stream: string; expected: bigint | 'no-stream'; events: EventToAppend[] }[] = [];
  let next = 0n;
  let size = 0;
  for (const { stream, revision, id, type, version, data, metadata } of events) {
    const event: EventToAppend = { id, type, version, data, metadata };
    const length = JSON.stringify(event).length;
    const run = runs.at(-1);
    size += length;
    if (run?.stream === stream && revision === next && run.events.length < MAX_RUN_EVENTS && size <= MAX_RUN_CHARACTERS) {
      run.events.push(event);
    } else {
      runs.push({ stream, expected: revision === 0n ? 'no-stream' : revision - 1n, events: [event] });
      size = length;
    }
    next = revision + 1n;
  }
  return runs;
};

/**
 * One append after the other. Two at a time could end with the second stored and the first not, and then the order over all streams
 * would be lost.
 */
export const sinkInto = (store: Pick<EventStore, 'append'>): CopySink => ({
  append: async (runs) => {
    for (const { stream, expected, events } of runs) {
      const { revision } = await store.append(stream, expected, events);
      const should = (expected === 'no-stream' ? -1n : expected) + BigInt(events.length);
      // A store that had these ids already, but elsewhere in the stream.
      if (revision !== should) throw new ConcurrencyConflict(stream, expected, revision);
    }
  },
  close: async () => undefined,
});
