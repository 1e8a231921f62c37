import { percentile } from '../harness/statistics';
import type { Driver, Options, Outcome, Work } from '../harness/types';
import type { BenchStore } from './bench-store';
import { Checker, eventOf } from './payload';

/** What the stores hold before anything is measured. */
export type Filling = Readonly<{ history: number; loads: number }>;
type AppendParams = Readonly<{ writers: number; seconds: number }>;
type LoadParams = Readonly<{ readers: number; seconds: number }>;

const FILL_BATCH = 500;
export const LOAD_EVENTS = 20;
/** Their names tell a server that stores nothing how many events it is to make up. */
const historyOf = (events: number): string => `history-${events}`;
const loadOf = (index: number): string => `load${index}-${LOAD_EVENTS}`;

const fill = async (store: BenchStore, stream: string, events: number): Promise<void> => {
  for (let revision = -1n; revision < BigInt(events - 1);) {
    const from = Number(revision) + 1;
    const batch = Array.from({ length: Math.min(FILL_BATCH, events - from) }, (_, i) => eventOf(from + i));
    revision = await store.append(stream, revision, batch);
  }
};

/** Workers that go on until the time is over; a worker's failure is the run's. */
export const forSeconds = async (workers: number, seconds: number, step: (worker: number) => Promise<void>): Promise<Outcome> => {
  const latencies: number[] = [];
  const from = performance.now();
  const until = from + seconds * 1000;
  const work = async (_: unknown, worker: number): Promise<void> => {
    let now = performance.now();
    while (now < until) {
      await step(worker);
      const after = performance.now();
      latencies.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const took = (performance.now() - from) / 1000;
  return { count: latencies.length, seconds: took, latency: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) } };
};

/** Each writer has a new stream of its own; each append is one event at the revision the last one gave. */
const append = async (store: BenchStore, run: number, { writers, seconds }: AppendParams): ReturnType<Work> => {
  const last = Array.from({ length: writers }, () => -1n);
  const streamOf = (writer: number): string => `append${run}.${writer}-0`;
  const outcome = await forSeconds(writers, seconds, async (writer) => {
    const before = last[writer] ?? -1n;
    const after = await store.append(streamOf(writer), before, [eventOf(Number(before) + 1)]);
    if (after !== before + 1n) throw new Error(`append after revision ${before} gave ${after}`);
    last[writer] = after;
  });
  const check = async (): Promise<void> => {
    for (const [writer, revision] of last.entries()) {
      const checker = new Checker(`stream of writer ${writer}`, Number(revision) + 1);
      await store.readStream(streamOf(writer), checker.see);
      checker.done();
    }
  };
  return store.keeps ? { ...outcome, check } : outcome;
};

const timed = async (
  what: string,
  events: number,
  work: (see: (data: unknown) => void) => Promise<void | (() => Promise<void>)>,
): ReturnType<Work> => {
  const checker = new Checker(what, events);
  const from = performance.now();
  const end = await work(checker.see);
  const seconds = (performance.now() - from) / 1000;
  const check = async (): Promise<void> => {
    await end?.();
    checker.done();
  };
  return { count: events, seconds, check };
};

const load = (store: BenchStore, streams: number, { readers, seconds }: LoadParams): Promise<Outcome> => {
  let next = 0;
  return forSeconds(readers, seconds, async () => {
    const stream = loadOf(next % streams);
    next += 1;
    const checker = new Checker(stream, LOAD_EVENTS);
    await store.readStream(stream, checker.see);
    checker.done();
  });
};

/** Fills the store, then offers the works of the case on event stores. */
export const storeDriver = async (store: BenchStore, { history, loads }: Filling): Promise<Driver> => {
  if (store.keeps) {
    await fill(store, historyOf(history), history);
    for (let i = 0; i < loads; i += 1) await fill(store, loadOf(i), LOAD_EVENTS);
  }
  let runs = 0;
  const eventsOf = (params: Options): number => params['events'] as number;
  return {
    works: {
      append: (params) => append(store, (runs += 1), params as AppendParams),
      // The whole of it, however it is paged.
      readStream: () => timed('history', history, (see) => store.readStream(historyOf(history), see)),
      readAll: (params) => timed('$all', eventsOf(params), (see) => store.readAll(eventsOf(params), see)),
      catchUp: (params) => timed('subscription', eventsOf(params), (see) => store.catchUp(eventsOf(params), see)),
      load: (params) => load(store, loads, params as LoadParams),
    },
    close: () => store.close(),
  };
};
