import { randomUUID } from 'node:crypto';
import type { LogStorage, NewRecord } from '../storage/log-storage';
import type { Caller } from '../wire/caller';
import { aclSubject, BUILT_IN_ACLS, isAllowed, mayDoAnything, parseDefaultAcls, type Action, type DefaultAcls } from './access';
import { decideAppend, decideDelete, type Expected, type StreamView } from './append-decision';
import { Lanes } from './lanes';
import { Reader, ticks } from './reader';
import { deletedMetadata, isDeletedSoftly, revivedMetadata } from './stream-metadata';
import { isMetastream, METADATA_TYPE, originalOf, TOMBSTONE_TYPE } from './stream-names';
import { noteMetadata, viewOf, type StreamFacts, type StreamHead } from './stream-state';
import { subscribeToAll, subscribeToStream, type AllSubscription, type SubscriptionItem } from './subscriptions';
import { systemEvents } from './system-events';
import { Watchers } from './watchers';

export type AppendOutcome = Readonly<
  /** `revision` -1n: the stream has no events; `position` null: neither has the log. */
  | { kind: 'done'; revision: bigint; position: bigint | null }
  /** `actual` -1n: no events. */
  | { kind: 'wrong-revision'; actual: bigint }
  | { kind: 'deleted' }
>;

const DELETED: AppendOutcome = { kind: 'deleted' };
const NOTHING = new Uint8Array(0);
const SETTINGS = '$settings';
const none = (): undefined => undefined;

/** The semantics of streams over a log that knows nothing of them. One engine per storage: two would number the same events twice. */
export class Engine {
  readonly reader: Reader;
  private readonly lanes: Lanes;
  private readonly watchers = new Watchers();
  private opened: Promise<void> | null = null;
  private isOpen = false;
  private defaults: Promise<DefaultAcls> | null = null;

  constructor(
    readonly storage: LogStorage,
    /** Milliseconds since 1970; `created` and $maxAge go by it. */
    readonly now: () => number = Date.now,
  ) {
    this.lanes = new Lanes(storage);
    this.reader = new Reader(storage, this.lanes, now);
  }

  /** Gives an empty log the system events every server has; null when that was done before. May be awaited before every call. */
  ready(): Promise<void> | null {
    if (this.isOpen) return null;
    this.opened ??= this.open().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  ticks(): bigint {
    return ticks(this.now());
  }

  async allows(caller: Caller, action: Action, stream: string): Promise<boolean> {
    const { stream: subject, right } = aclSubject(action, stream);
    if (right === null) return false;
    if (mayDoAnything(caller)) return true;
    const facts = isMetastream(subject) ? null : await this.lanes.facts(subject);
    this.defaults ??= this.loadDefaults();
    return isAllowed(caller, subject, right, facts?.metadata.acl, await this.defaults);
  }

  /** Errors: those of the storage; then nobody knows whether the events were stored. */
  append(stream: string, expected: Expected, records: readonly NewRecord[]): Promise<AppendOutcome> {
    const ofMetadata = isMetastream(stream);
    const original = ofMetadata ? originalOf(stream) : stream;
    if (isMetastream(original)) return Promise.resolve({ kind: 'wrong-revision', actual: -1n });
    return this.lanes.run(original, (facts) => this.appendTo(facts, ofMetadata, expected, records));
  }

  /** Hides what the stream holds; the next append brings it back with the revisions going on. */
  delete(stream: string, expected: Expected): Promise<AppendOutcome> {
    return this.lanes.run(stream, async (facts) => {
      const refusal = this.refusal(facts, expected, false);
      if (refusal !== null) return refusal;
      const position = await this.writeMetadata(facts, deletedMetadata());
      return { kind: 'done', revision: facts.events.last, position };
    });
  }

  /** Deletes the stream for ever. */
  tombstone(stream: string, expected: Expected): Promise<AppendOutcome> {
    return this.lanes.run(stream, async (facts) => {
      const refusal = this.refusal(facts, expected, true);
      if (refusal !== null) return refusal;
      const record = this.systemRecord(TOMBSTONE_TYPE, NOTHING, 'application/octet-stream');
      const position = await this.storage.append(stream, facts.events.last + 1n, [record]);
      facts.events.appended([record]);
      facts.tombstoned = true;
      this.watchers.notify(stream);
      return { kind: 'done', revision: facts.events.last, position };
    });
  }

  subscribeToAll(options: AllSubscription, signal: AbortSignal): Promise<AsyncGenerator<readonly SubscriptionItem[], void, void>> {
    return subscribeToAll({ storage: this.storage, reader: this.reader }, options, signal);
  }

  subscribeToStream(
    stream: string,
    options: Readonly<{ after: bigint | 'end'; resolveLinks: boolean }>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<readonly SubscriptionItem[], void, void>> {
    return subscribeToStream({ storage: this.storage, reader: this.reader, watchers: this.watchers }, stream, options, signal);
  }

  private async appendTo(
    facts: StreamFacts,
    ofMetadata: boolean,
    expected: Expected,
    records: readonly NewRecord[],
  ): Promise<AppendOutcome> {
    const head = ofMetadata ? facts.meta : facts.events;
    const ids = records.map(({ id }) => id);
    const idAt = this.idsBehindTheEnd(head, expected, ids.length);
    const view = viewOf(facts, ofMetadata, idAt instanceof Promise ? await idAt : idAt);
    if ((expected.kind === 'any' || expected.kind === 'stream-exists') && !head.remembers(ids.length)) {
      await head.remember(this.storage, ids.length);
    }
    const decision = decideAppend(view, expected, ids);
    switch (decision.kind) {
      case 'deleted':
        return DELETED;
      case 'wrong-revision':
        return { kind: 'wrong-revision', actual: head.last };
      case 'repeated': {
        const [stored] = await this.storage.readStream(head.name, decision.revision, 1);
        return { kind: 'done', revision: decision.revision, position: stored?.position ?? null };
      }
      case 'append':
        return this.store(facts, ofMetadata, records);
    }
  }

  private async store(facts: StreamFacts, ofMetadata: boolean, records: readonly NewRecord[]): Promise<AppendOutcome> {
    const head = ofMetadata ? facts.meta : facts.events;
    const wasDeleted = isDeletedSoftly(facts.metadata);
    const end = facts.events.last;
    // Brought back before anything is stored: were it the other way round, a failure in between would hide the new events.
    if (wasDeleted && !ofMetadata) await this.revive(facts, end + 1n);
    const last = records.at(-1);
    if (last === undefined) {
      const position = await this.storage.head();
      return { kind: 'done', revision: head.last, position: position === 0n ? null : position };
    }
    const position = await this.storage.append(head.name, head.last + 1n, records);
    head.appended(records);
    const revision = head.last;
    if (ofMetadata) noteMetadata(facts, last);
    if (head.name === SETTINGS) this.defaults = null;
    this.watchers.notify(head.name);
    if (wasDeleted && ofMetadata) await this.revive(facts, end + 1n);
    return { kind: 'done', revision, position };
  }

  private async revive(facts: StreamFacts, from: bigint): Promise<void> {
    const data = facts.rawMetadata === null ? null : revivedMetadata(facts.rawMetadata, from);
    if (data !== null) await this.writeMetadata(facts, data);
  }

  /** The ids an append that comes too late has to be compared with. */
  private idsBehindTheEnd(head: StreamHead, expected: Expected, count: number): StreamView['idAt'] | Promise<StreamView['idAt']> {
    if (expected.kind === 'any' || expected.kind === 'stream-exists') return none;
    const from = expected.kind === 'exact' ? expected.revision + 1n : 0n;
    if (from > head.last || count === 0) return none;
    return this.storage.readStream(head.name, from, count).then((stored) => (revision) => stored[Number(revision - from)]?.id);
  }

  private refusal(facts: StreamFacts, expected: Expected, forever: boolean): AppendOutcome | null {
    const decision = decideDelete(viewOf(facts, false, none), expected, forever);
    switch (decision.kind) {
      case 'append':
        return null;
      case 'deleted':
        return DELETED;
      case 'repeated':
      case 'wrong-revision':
        return { kind: 'wrong-revision', actual: facts.events.last };
    }
  }

  private async writeMetadata(facts: StreamFacts, data: Uint8Array): Promise<bigint> {
    const record = this.systemRecord(METADATA_TYPE, data, 'application/json');
    const position = await this.storage.append(facts.meta.name, facts.meta.last + 1n, [record]);
    facts.meta.appended([record]);
    noteMetadata(facts, record);
    this.watchers.notify(facts.meta.name);
    return position;
  }

  private systemRecord(type: string, data: Uint8Array, contentType: NewRecord['contentType']): NewRecord {
    return { id: randomUUID(), type, contentType, data, metadata: NOTHING, created: this.ticks() };
  }

  private async open(): Promise<void> {
    if ((await this.storage.head()) === 0n) {
      for (const { stream, records } of systemEvents(this.ticks())) await this.storage.append(stream, 0n, records);
    }
    this.isOpen = true;
  }

  private async loadDefaults(): Promise<DefaultAcls> {
    try {
      const last = await this.storage.lastRevision(SETTINGS);
      const [record] = last < 0n ? [] : await this.storage.readStream(SETTINGS, last, 1);
      return record === undefined ? BUILT_IN_ACLS : parseDefaultAcls(record.data);
    } catch (error) {
      this.defaults = null;
      throw error;
    }
  }
}
