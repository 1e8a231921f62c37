import type { LogRecord, LogStorage, NewRecord } from '../storage/log-storage';
import type { StreamView } from './append-decision';
import { isDeletedSoftly, NO_METADATA, parseMetadata, type StreamMetadata } from './stream-metadata';
import { metastreamOf, TOMBSTONE_TYPE } from './stream-names';

/** So many ids of each stream are remembered to recognise a repeated append that expects nothing exact. */
const REMEMBERED_IDS = 512;
/** So many of them are read again after the stream was forgotten. */
const REREAD_IDS = 256;

const isTombstone = (record: LogRecord): boolean =>
  record.type === TOMBSTONE_TYPE && record.data.length === 0 && record.metadata.length === 0;

/** The end of one log stream: its last revision and the ids before it. */
export class StreamHead {
  private readonly revisions = new Map<string, bigint>();
  /** Everything from this revision on is in `revisions`. */
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

  get remembersEnough(): boolean {
    return this.rememberedFrom === 0n || this.revisions.size >= REREAD_IDS;
  }

  async remember(storage: LogStorage): Promise<void> {
    const from = this.last >= BigInt(REREAD_IDS) ? this.last - BigInt(REREAD_IDS) + 1n : 0n;
    for (const record of await storage.readStream(this.name, from, REREAD_IDS)) this.note(record.id, record.revision);
    this.rememberedFrom = from;
  }

  appended(records: readonly NewRecord[]): void {
    for (const record of records) {
      this.last += 1n;
      this.note(record.id, this.last);
    }
  }

  private note(id: string, revision: bigint): void {
    this.revisions.delete(id);
    this.revisions.set(id, revision);
    if (this.revisions.size <= REMEMBERED_IDS) return;
    const oldest = this.revisions.keys().next();
    if (oldest.done !== true) this.revisions.delete(oldest.value);
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
