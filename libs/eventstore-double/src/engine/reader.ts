import type { LogRecord, LogStorage } from '../storage/log-storage';
import type { Lanes } from './lanes';
import { isDeletedSoftly, METADATA_OF_METADATA, type StreamMetadata } from './stream-metadata';
import { isMetastream, LINK_TYPE, originalOf } from './stream-names';

/** An event as it is read: a link brings along what it points at, or null where that is gone. */
export type Resolved = Readonly<{ kind: 'event'; event: LogRecord | null; link: LogRecord | null }>;

export const unresolved = (event: LogRecord): Resolved => ({ kind: 'event', event, link: null });

/** A stream as readers may see it. */
export type Visible = Readonly<
  { kind: 'not-found'; last: bigint } | { kind: 'deleted' } | { kind: 'there'; first: bigint; last: bigint; notBefore: bigint | null }
>;

export type StreamPage = Readonly<{
  records: readonly LogRecord[];
  /** Where the next page begins; null at the end of the stream. */
  next: bigint | null;
}>;

const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_MILLISECOND = 10_000n;
const LINK = /^(\d{1,19})@(.+)$/s;

export const ticks = (milliseconds: number): bigint => BigInt(Math.trunc(milliseconds)) * TICKS_PER_MILLISECOND;

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Reads streams as their metadata lets them be seen. */
export class Reader {
  constructor(
    private readonly storage: LogStorage,
    private readonly lanes: Lanes,
    private readonly now: () => number,
  ) {}

  async visible(stream: string): Promise<Visible> {
    const ofMetadata = isMetastream(stream);
    const original = ofMetadata ? originalOf(stream) : stream;
    if (isMetastream(original)) return { kind: 'not-found', last: -1n };
    const known = this.lanes.facts(original);
    const facts = known instanceof Promise ? await known : known;
    if (facts.tombstoned) return { kind: 'deleted' };
    const metadata: StreamMetadata = ofMetadata ? METADATA_OF_METADATA : facts.metadata;
    const { last } = ofMetadata ? facts.meta : facts.events;
    if (last < 0n || isDeletedSoftly(metadata)) return { kind: 'not-found', last };
    const first = max(metadata.maxCount === undefined ? 0n : max(0n, last - metadata.maxCount + 1n), metadata.truncateBefore ?? 0n);
    const { maxAgeSeconds } = metadata;
    const notBefore = maxAgeSeconds === undefined ? null : ticks(this.now()) - BigInt(maxAgeSeconds) * TICKS_PER_SECOND;
    return { kind: 'there', first, last, notBefore };
  }

  async forwards(stream: string, there: Extract<Visible, { kind: 'there' }>, from: bigint, limit: number): Promise<StreamPage> {
    const start = max(from, there.first);
    if (start > there.last) return { records: [], next: null };
    const end = start + BigInt(limit) - 1n;
    const count = end > there.last ? Number(there.last - start) + 1 : limit;
    const records = await this.storage.readStream(stream, start, count);
    return { records: young(records, there.notBefore), next: end >= there.last ? null : end + 1n };
  }

  async backwards(stream: string, there: Extract<Visible, { kind: 'there' }>, from: bigint, limit: number): Promise<StreamPage> {
    const end = from > there.last ? there.last : from;
    if (end < there.first) return { records: [], next: null };
    const start = max(there.first, end - BigInt(limit) + 1n);
    const records = await this.storage.readStream(stream, start, Number(end - start) + 1);
    const shown = young(records, there.notBefore);
    const allOld = shown.length < records.length;
    return { records: [...shown].reverse(), next: start <= there.first || allOld ? null : start - 1n };
  }

  resolve(records: readonly LogRecord[]): Promise<readonly Resolved[]> {
    return Promise.all(records.map(async (record) => (record.type === LINK_TYPE ? this.follow(record) : unresolved(record))));
  }

  private async follow(link: LogRecord): Promise<Resolved> {
    const [, revision, stream] = LINK.exec(Buffer.from(link.data).toString('utf8')) ?? [];
    if (revision === undefined || stream === undefined) return { kind: 'event', event: null, link };
    const at = BigInt(revision);
    const there = await this.visible(stream);
    if (there.kind !== 'there' || at < there.first || at > there.last) return { kind: 'event', event: null, link };
    const [event] = young(await this.storage.readStream(stream, at, 1), there.notBefore);
    return { kind: 'event', event: event ?? null, link };
  }
}

const young = (records: readonly LogRecord[], notBefore: bigint | null): readonly LogRecord[] =>
  notBefore === null ? records : records.filter(({ created }) => created >= notBefore);
