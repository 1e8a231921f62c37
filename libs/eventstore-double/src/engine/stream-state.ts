import type { LogRecord, LogStorage, NewRecord } from '../storage/log-storage';
import type { StreamView } from './append-decision';
import { isDeletedSoftly, NO_METADATA, parseMetadata, type StreamMetadata } from './stream-metadata';
import { metastreamOf, TOMBSTONE_TYPE } from './stream-names';

/**
 * So many ids of each stream are remembered, at the least those of its last append, to recognise a repeated one that expects
 * nothing exact; as many are read again after the stream was forgotten.
 */
const REMEMBERED_IDS = 256;

export const isTombstone = (record: LogRecord): boolean =>
  record.type === TOMBSTONE_TYPE && record.data.length === 0 && record.metadata.length === 0;

/** The end of one log stream: its last revision and the ids before it. */
export class StreamHead {
  private readonly revisions = new Map<string, bigint>();
  /** Every id from this revision on is in `revisions`. */
  private rememberedFrom: bigint;

  constructor(
    readonly name: string,
    public last: bigint,
  ) {
    this.rememberedFrom = last + 1n;
  }

  revisionOf(id: string): bigint | undefined {
    return this.revisions.get(id);
  }

  /** Whether the last `count` ids are remembered. */
  remembers(count: number): boolean {
    return this.rememberedFrom === 0n || this.last - this.rememberedFrom + 1n >= BigInt(Math.max(REMEMBERED_IDS, count));
  }

  async remember(storage: LogStorage, atLeast: number): Promise<void> {
    const count = Math.max(REMEMBERED_IDS, atLeast);
    const from = this.last >= BigInt(count) ? this.last - BigInt(count) + 1n : 0n;
    for (const record of await storage.readStream(this.name, from, count)) this.note(record.id, record.revision);
    this.rememberedFrom = from;
  }

  appended(records: readonly NewRecord[]): void {
    for (const record of records) {
      this.last += 1n;
      this.note(record.id, this.last);
    }
    this.forgetAllBut(Math.max(REMEMBERED_IDS, records.length));
  }

  private note(id: string, revision: bigint): void {
    this.revisions.delete(id);
    this.revisions.set(id, revision);
  }

  private forgetAllBut(count: number): void {
    if (this.revisions.size <= count) return;
    for (const [id, revision] of this.revisions) {
      this.revisions.delete(id);
      this.rememberedFrom = revision + 1n;
      if (this.revisions.size <= count) return;
    }
  }
}

/** A stream together with the stream of its metadata: what one lane of appends knows. */
export type StreamFacts = {
  readonly events: StreamHead;
  readonly meta: StreamHead;
  tombstoned: boolean;
  metadata: StreamMetadata;
  /** The last metadata as it was written; null when there is none. */
  rawMetadata: Uint8Array | null;
};

export const noteMetadata = (facts: StreamFacts, record: NewRecord): void => {
  facts.rawMetadata = record.data;
  facts.metadata = record.contentType === 'application/json' ? parseMetadata(record.data) : NO_METADATA;
};

export const loadFacts = async (storage: LogStorage, name: string): Promise<StreamFacts> => {
  const metaName = metastreamOf(name);
  const [last, metaLast] = await Promise.all([storage.lastRevision(name), storage.lastRevision(metaName)]);
  const facts: StreamFacts = {
    events: new StreamHead(name, last),
    meta: new StreamHead(metaName, metaLast),
    tombstoned: false,
    metadata: NO_METADATA,
    rawMetadata: null,
  };
  const [end, metaEnd] = await Promise.all([
    last < 0n ? [] : storage.readStream(name, last, 1),
    metaLast < 0n ? [] : storage.readStream(metaName, metaLast, 1),
  ]);
  if (end[0] !== undefined) facts.tombstoned = isTombstone(end[0]);
  if (metaEnd[0] !== undefined) noteMetadata(facts, metaEnd[0]);
  return facts;
};

export const viewOf = (facts: StreamFacts, ofMetadata: boolean, idAt: StreamView['idAt']): StreamView => {
  const head = ofMetadata ? facts.meta : facts.events;
  return {
    last: head.last,
    tombstoned: facts.tombstoned,
    deletedSoftly: !ofMetadata && isDeletedSoftly(facts.metadata),
    hasMetadata: !ofMetadata && facts.meta.last >= 0n,
    revisionOf: (id) => head.revisionOf(id),
    idAt,
  };
};
