import type { LogRecord, LogStorage } from '../storage/log-storage';
import type { EventFilter } from './event-filter';
import { unresolved, type Reader, type Resolved } from './reader';
import { LINK_TYPE } from './stream-names';
import { isTombstone } from './stream-state';
import type { StreamWatch, Watchers } from './watchers';

/** Without a window of its own a filtered subscription gets a checkpoint after so many events, times its multiplier. */
export const DEFAULT_SEARCH_WINDOW = 32;
const PAGE = 256;

export type SubscriptionItem = Resolved | Readonly<{ kind: 'checkpoint'; position: bigint }> | Readonly<{ kind: 'caught-up' }>;

export class StreamIsDeleted extends Error {
  constructor(readonly stream: string) {
    super(`${stream} is deleted`);
  }
}

export type AllSubscription = Readonly<{
  /** Exclusive; `end` begins with what comes next. */
  after: bigint | 'end';
  resolveLinks: boolean;
  filter: Readonly<{ matches: EventFilter; checkpointInterval: number }> | null;
}>;

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const CAUGHT_UP: SubscriptionItem = { kind: 'caught-up' };

const resolved = async (reader: Reader, records: readonly LogRecord[], resolveLinks: boolean): Promise<readonly Resolved[]> =>
  resolveLinks && records.some(({ type }) => type === LINK_TYPE) ? reader.resolve(records) : records.map(unresolved);

/** Counts what was considered, matching or not, and says when a checkpoint is due. */
class Checkpoints {
  private considered = 0;
  private last = 0n;

  constructor(private readonly interval: number) {}

  due(): boolean {
    this.considered += 1;
    return this.considered >= this.interval;
  }

  /** Null when it would not lie beyond the one before. */
  at(position: bigint): SubscriptionItem | null {
    this.considered = 0;
    if (position <= this.last) return null;
    this.last = position;
    return { kind: 'checkpoint', position };
  }
}

type Items = AsyncGenerator<readonly SubscriptionItem[], void, void>;
type AllParts = Readonly<{ storage: LogStorage; reader: Reader }>;
type StreamParts = AllParts & Readonly<{ watchers: Watchers }>;

/**
 * All events after a position, then what comes, in the order of the log.
 * Where it begins is settled when this resolves: what is appended from then on will come.
 */
export const subscribeToAll = async (parts: AllParts, options: AllSubscription, signal: AbortSignal): Promise<Items> => {
  const head = await parts.storage.head();
  return followAll(parts, options, head, signal);
};

async function* followAll({ storage, reader }: AllParts, options: AllSubscription, head: bigint, signal: AbortSignal): Items {
  const after = options.after === 'end' ? head : options.after;
  let caughtUp = after >= head;
  if (caughtUp) yield [CAUGHT_UP];
  const checkpoints = options.filter === null ? null : new Checkpoints(options.filter.checkpointInterval);
  for await (const batch of storage.subscribe(after, signal)) {
    const events = await resolved(reader, batch.records, options.resolveLinks);
    const items = checkpoints === null ? [...events] : filtered(batch.records, events, options.filter?.matches, checkpoints);
    if (!caughtUp && (batch.live || batch.position >= head)) {
      caughtUp = true;
      const checkpoint = checkpoints?.at(batch.position);
      if (checkpoint) items.push(checkpoint);
      items.push(CAUGHT_UP);
    }
    if (items.length > 0) yield items;
  }
}

const filtered = (
  records: readonly LogRecord[],
  events: readonly Resolved[],
  matches: EventFilter | undefined,
  checkpoints: Checkpoints,
): SubscriptionItem[] => {
  const items: SubscriptionItem[] = [];
  for (const [index, record] of records.entries()) {
    const event = events[index];
    if (event !== undefined && matches?.(record) === true) items.push(event);
    const checkpoint = checkpoints.due() ? checkpoints.at(record.position) : null;
    if (checkpoint !== null) items.push(checkpoint);
  }
  return items;
};

/** A stream from after a revision on, then what comes. Errors: StreamIsDeleted, also when that happens later. */
export const subscribeToStream = async (
  parts: StreamParts,
  stream: string,
  options: Readonly<{ after: bigint | 'end'; resolveLinks: boolean }>,
  signal: AbortSignal,
): Promise<Items> => {
  const watch = parts.watchers.watch(stream, signal);
  const start = await parts.reader.visible(stream);
  if (start.kind === 'deleted') throw new StreamIsDeleted(stream);
  const first = options.after === 'end' ? start.last + 1n : options.after + 1n;
  const waits = options.after !== 'end';
  return followStream(parts, { stream, first, waits, watch, resolveLinks: options.resolveLinks }, signal);
};

type StreamFollowing = Readonly<{
  stream: string;
  first: bigint;
  /** Whether a stream that is not there yet has to come before the subscription can have caught up with it. */
  waits: boolean;
  watch: StreamWatch;
  resolveLinks: boolean;
}>;

async function* followStream(
  { storage, reader }: StreamParts,
  { stream, first, waits, watch, resolveLinks }: StreamFollowing,
  signal: AbortSignal,
): Items {
  let next = first;
  // History goes by what the metadata of the stream shows; what comes later is passed on as it comes.
  for (let page: bigint | null = next; page !== null && !signal.aborted;) {
    const there = await reader.visible(stream);
    if (there.kind === 'deleted') throw new StreamIsDeleted(stream);
    if (there.kind === 'not-found') {
      if (waits) {
        await watch.growth();
        continue;
      }
      next = larger(next, there.last + 1n);
      break;
    }
    const { records, next: following } = await reader.forwards(stream, there, page, PAGE);
    if (records.length > 0) yield await resolved(reader, records, resolveLinks);
    next = larger(next, following ?? there.last + 1n);
    page = following;
  }
  if (signal.aborted) return;
  yield [CAUGHT_UP];
  while (!signal.aborted) {
    const records = await storage.readStream(stream, next, PAGE);
    const last = records.at(-1);
    if (last === undefined) {
      if ((await reader.visible(stream)).kind === 'deleted') throw new StreamIsDeleted(stream);
      await watch.growth();
      continue;
    }
    next = last.revision + 1n;
    // Subscribers of the stream hear of its end by the error; the record of it is for readers of the whole log.
    const shown = isTombstone(last) ? records.slice(0, -1) : records;
    if (shown.length > 0) yield await resolved(reader, shown, resolveLinks);
    if (shown.length < records.length) throw new StreamIsDeleted(stream);
  }
}
