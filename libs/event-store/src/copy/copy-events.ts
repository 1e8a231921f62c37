import { ConcurrencyConflict } from '../event-store.port';
import { pause } from '../wake-up';
import { CopyRefused } from './copy-refused';
import { runsOf, type CopySink } from './copy-sink';
import { LogComparison } from './log-comparison';
import { LogCursor, type LogReader } from './log-cursor';
import { patiently, type Patience } from './patience';

export type CopyProgress = Readonly<{
  /** `comparing` what the target has already, `copying`, or `verifying` what was copied by reading it back. */
  phase: 'comparing' | 'copying' | 'verifying';
  /** Events that are done, from the beginning of the log. */
  done: number;
  /** Share of the source's log that this is, 0 to 1, by position. */
  share: number;
}>;

export type CopyOptions = Readonly<{
  source: LogReader;
  target: LogReader;
  /** Null: compare only, store nothing. */
  sink: CopySink | null;
  signal: AbortSignal;
  patienceMs?: number;
  /** How long the target may take to show what it has taken, ms. */
  settleWithinMs?: number;
  onProgress?: (progress: CopyProgress) => void;
  /** A store cannot be reached for the moment; it is tried again. */
  onTrouble?: () => void;
}>;

export type CopyReport = Readonly<{
  /** Events on both sides, read from both and found equal in order. */
  count: number;
  /** Of these, stored by this run. */
  copied: number;
  /** Somebody appended to the source meanwhile, and may do so again before the switch. */
  sourceGrew: boolean;
  /** The target lacks events of the source; only where nothing was to be stored. */
  behind: boolean;
  /** SHA-256 over the canonical form of all `count` events, of each side. */
  hashes: Readonly<{ source: string; target: string }>;
}>;

const LOOK_AGAIN_MS = 100;

/** What the sink said, as what it means for the copy. */
const refusalOf = (error: unknown, eventNumber: number): unknown => {
  if (error instanceof RangeError) return new CopyRefused('event-refused', eventNumber, { cause: error });
  if (!(error instanceof ConcurrencyConflict)) return error;
  const gone = error.actual === 'no-stream' && error.expected !== 'no-stream';
  return new CopyRefused(gone ? 'source-incomplete' : 'target-changed', eventNumber, { cause: error });
};

/**
 * Copies a log into another store, event by event in the order over all streams, or goes on where an earlier run ended. The target may
 * hold a beginning of the source and nothing else. Everything in it is read back and compared; nothing is written to the source.
 * Errors: CopyRefused, CopyInterrupted, StoreUnavailable when a store stays away.
 */
export const copyEvents = async (options: CopyOptions): Promise<CopyReport> => {
  // A page that is read ahead must not go on asking for a store that is closed once the copy has ended.
  const ended = new AbortController();
  try {
    return await copyUntil(AbortSignal.any([options.signal, ended.signal]), options);
  } finally {
    ended.abort();
  }
};

const copyUntil = async (signal: AbortSignal, options: CopyOptions): Promise<CopyReport> => {
  const { source, target, sink, settleWithinMs = 5_000, onProgress = () => undefined } = options;
  const patience: Patience = { signal, patienceMs: options.patienceMs ?? 60_000, onTrouble: options.onTrouble ?? (() => undefined) };
  const headAtFirst = await patiently(() => source.head(), patience);
  let head = headAtFirst;
  const tell = (phase: CopyProgress['phase'], done: number, position: bigint): void => {
    if (position > head) head = position;
    onProgress({ phase, done, share: head === 0n ? 1 : Number(position) / Number(head) });
  };
  let copied = 0;
  let verifying = false;
  const comparison = new LogComparison(source, target, patience, (count, position) =>
    tell(verifying ? 'verifying' : 'comparing', count, position),
  );

  const copyRest = async (into: CopySink): Promise<void> => {
    const cursor = new LogCursor(source, patience, comparison.sourcePosition);
    let done = comparison.count;
    while (await cursor.fill()) {
      const events = cursor.rest;
      await patiently(() => into.append(runsOf(events)), patience).catch((error: unknown) => {
        throw refusalOf(error, done + 1);
      });
      cursor.pass(events.length);
      done += events.length;
      copied += events.length;
      tell('copying', done, events.at(-1)?.position ?? 0n);
    }
  };

  /** A cluster may show for a moment less than it has taken. */
  const readBack = async (stored: number): Promise<'same' | 'source-ends' | 'target-ends'> => {
    let end = await comparison.advance();
    const giveUpAt = performance.now() + settleWithinMs;
    while (comparison.count < stored && performance.now() < giveUpAt) {
      await pause(LOOK_AGAIN_MS, signal);
      end = await comparison.advance();
    }
    if (comparison.count < stored) throw new CopyRefused('target-changed', comparison.count + 1);
    return end;
  };

  let end = await comparison.advance();
  while (end !== 'same') {
    if (end === 'source-ends') throw new CopyRefused('target-has-more', comparison.count + 1);
    if (sink === null) break;
    const before = comparison.count - copied;
    await copyRest(sink);
    verifying = true;
    end = await readBack(before + copied);
  }
  return {
    count: comparison.count,
    copied,
    sourceGrew: comparison.sourcePosition > headAtFirst,
    behind: end === 'target-ends',
    hashes: comparison.digests(),
  };
};
