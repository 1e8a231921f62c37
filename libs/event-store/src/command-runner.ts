import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Act, CommandId, Decider, Message } from '@app/kernel';
import { EventCodec } from './codec';
import { eventsOf } from './command-events';
import { ConcurrencyConflict, EventStore, type EventToAppend, type RecordedEvent } from './event-store.port';
import type { EventTypes } from './event-types';
import { Lru } from './lru';

export type RunRequest<S, C, E extends Message<string, unknown>> = Readonly<{
  stream: string;
  decider: Decider<S, C, E>;
  command: C;
  /** The same id on the same stream stores nothing twice and gets the first answer. */
  commandId: CommandId;
  /** The revision the caller has seen (If-Match); StaleRevision when the stream is elsewhere. */
  expected?: bigint | undefined;
  types: EventTypes;
  act: Act;
  /** Id of the event that caused the command, when a policy sends it. */
  causationId?: string | null | undefined;
}>;

export type Ack = Readonly<{
  /** Revision of the stream after this command; -1n when there is still no stream. */
  revision: bigint;
  /** Give it to a read that must see this write; 0n when there is still no stream. */
  position: bigint;
  changed: boolean;
  events: readonly Readonly<{ type: string; data: unknown }>[];
}>;

/** What a command of this id on this stream leads to. */
export type DecidedCommand<E> = Readonly<{ stream: string; commandId: CommandId; decided: readonly E[] }>;

/** The caller's decision rested on a state that has passed. */
export class StaleRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: bigint,
    /** Current revision; -1n when there is no such stream. */
    readonly current: bigint,
    /** What happened after `expected`, decoded to current versions. */
    readonly since: readonly RecordedEvent[],
  ) {
    super(`${stream}: seen at ${expected}, now at ${current}`);
    this.name = 'StaleRevision';
  }
}

/** Where one command's events stand. */
type Span = Readonly<{ from: bigint; to: bigint; position: bigint }>;
type Hot = {
  readonly decider: unknown;
  readonly codec: EventCodec;
  state: unknown;
  revision: bigint;
  position: bigint;
  readonly spans: Map<string, Span>;
};

const ATTEMPTS = 10;
const PAGE = 1_000;
const HOT_AGGREGATES = 2_000;

/**
 * load → already applied? → decide → append → again when somebody else was first.
 * Recently used aggregates stay in memory, guarded by the expected revision of the append; commands on one stream
 * queue up inside one process.
 */
@Injectable()
export class CommandRunner {
  private readonly hot: Lru<string, Hot>;
  private readonly lanes = new Map<string, Promise<unknown>>();
  private readonly codecs = new WeakMap<EventTypes, EventCodec>();

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Optional() @Inject('HOT_AGGREGATES') capacity?: number,
  ) {
    this.hot = new Lru(capacity ?? HOT_AGGREGATES);
  }

  /** Errors: what `decide` throws, StaleRevision, ConcurrencyConflict when others were first too often, StoreUnavailable. */
  run<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>): Promise<Ack> {
    const before = this.lanes.get(request.stream) ?? Promise.resolve();
    const mine = before.then(() => this.attempt(request));
    const lane = mine.catch(() => undefined);
    this.lanes.set(request.stream, lane);
    void lane.then(() => {
      if (this.lanes.get(request.stream) === lane) this.lanes.delete(request.stream);
    });
    return mine;
  }

  /**
   * For who knows by other means what commands lead to while nothing comes to their streams after position `since`, so that no stream
   * need be read. Those of one stream are stored together. Answers with the streams of which nothing was stored: their commands are left
   * to `run`.
   */
  async storeDecided<E extends Message<string, unknown>>(
    since: bigint,
    commands: readonly DecidedCommand<E>[],
    { types, act }: Readonly<{ types: EventTypes; act: Act }>,
  ): Promise<ReadonlySet<string>> {
    const codec = this.codecOf(types);
    const left = new Set<string>();
    const appends = new Map<string, { stream: string; events: EventToAppend[] }>();
    for (const { stream, commandId, decided } of commands) {
      const events = eventsOf({ commandId, act }, decided, codec);
      const known = appends.get(stream);
      if (known !== undefined) known.events.push(...events);
      else if (this.lanes.has(stream)) left.add(stream);
      else appends.set(stream, { stream, events: [...events] });
    }
    for (const stream of await this.store.appendUnchanged(since, [...appends.values()])) left.add(stream);
    return left;
  }

  /** The state as this store has it now and its revision (-1n when there is no stream). */
  async load<S, C, E extends Message<string, unknown>>(
    request: Pick<RunRequest<S, C, E>, 'stream' | 'decider' | 'types'>,
  ): Promise<Readonly<{ state: S; revision: bigint; position: bigint }>> {
    const { hot } = await this.upToDate(request);
    return { state: hot.state as S, revision: hot.revision, position: hot.position };
  }

  /** The state as this process last saw it, which others may have moved on from; undefined when it is not remembered. */
  recall<S, C, E extends Message<string, unknown>>(request: Pick<RunRequest<S, C, E>, 'stream' | 'decider' | 'types'>): S | undefined {
    return this.remembered(request)?.state as S | undefined;
  }

  /** Gives back the memory of an aggregate that is large and not likely to be asked for soon; the next command reads its stream. */
  forget(stream: string): void {
    this.hot.delete(stream);
  }

  private async attempt<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>): Promise<Ack> {
    const { stream, decider, command, commandId, expected } = request;
    let known = this.remembered(request);
    const begun = known === undefined ? await this.begin(request) : null;
    if (begun !== null) return begun;
    let conflict: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // A remembered state may be behind: it is good for an append (which is guarded), not for a refusal.
      const fresh = known === undefined;
      const hot = known ?? (await this.upToDate(request)).hot;
      known = undefined;
      const span = hot.spans.get(commandId);
      if (span !== undefined) return this.firstAnswer(request, span);
      if (expected !== undefined && expected !== hot.revision) {
        if (!fresh) continue;
        throw new StaleRevision(stream, expected, hot.revision, await this.since(request, expected));
      }
      let decided: readonly E[];
      try {
        decided = decider.decide(command, hot.state as S);
      } catch (error) {
        if (!fresh && (await this.upToDate(request)).moved) continue;
        throw error;
      }
      if (decided.length === 0) {
        if (!fresh && (await this.upToDate(request)).moved) continue;
        return { revision: hot.revision, position: hot.position, changed: false, events: [] };
      }
      try {
        const ack = await this.append(request, hot, decided);
        if (ack !== null) return ack;
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict)) {
          this.hot.delete(stream);
          throw error;
        }
        conflict = error;
      }
    }
    throw conflict;
  }

  /**
   * What is not remembered may well be new: what can be decided on nothing is stored if there is no such stream, which spares the look
   * whether there is one. Null when there is nothing to store so, or something stands there already.
   */
  private async begin<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>): Promise<Ack | null> {
    const { stream, decider, command, commandId, expected } = request;
    if (expected !== undefined) return null;
    let decided: readonly E[];
    try {
      decided = decider.decide(command, decider.initial);
    } catch {
      // Decided, and refused, on what is read.
      return null;
    }
    if (decided.length === 0) return null;
    const codec = this.codecOf(request.types);
    const appended = await this.store.begin(stream, eventsOf(request, decided, codec));
    if (appended === null) return null;
    const state = decided.reduce((before, event) => decider.evolve(before, event), decider.initial);
    const spans = new Map([[commandId, { from: 0n, to: appended.revision, position: appended.position }]]);
    this.hot.set(stream, { decider, codec, state, ...appended, spans });
    return { ...appended, changed: true, events: decided.map(({ type, data }) => ({ type, data })) };
  }

  /** Null when the store had these events already: another process ran the same command. */
  private async append<S, C, E extends Message<string, unknown>>(
    request: RunRequest<S, C, E>,
    hot: Hot,
    decided: readonly E[],
  ): Promise<Ack | null> {
    const { stream, decider, commandId } = request;
    const events = eventsOf(request, decided, hot.codec);
    const before = hot.revision;
    const appended = await this.store.append(stream, before < 0n ? 'no-stream' : before, events);
    if (appended.revision !== before + BigInt(events.length)) return null;
    // A load beside this command may have folded these events already.
    if (hot.revision === before) {
      hot.state = decided.reduce((state, event) => decider.evolve(state, event), hot.state as S);
      hot.revision = appended.revision;
      hot.position = appended.position;
      hot.spans.set(commandId, { from: before + 1n, to: appended.revision, position: appended.position });
      this.hot.set(stream, hot);
    } else if (hot.revision < appended.revision) this.hot.delete(stream);
    return { ...appended, changed: true, events: decided.map(({ type, data }) => ({ type, data })) };
  }

  private async firstAnswer<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>, span: Span): Promise<Ack> {
    const codec = this.codecOf(request.types);
    const stored = await this.store.readStream(request.stream, span.from, Number(span.to - span.from) + 1);
    const events = stored.filter((e) => e.metadata.commandId === request.commandId).map((e) => codec.decode(e));
    return { revision: span.to, position: span.position, changed: true, events: events.map(({ type, data }) => ({ type, data })) };
  }

  private async since<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>, expected: bigint): Promise<RecordedEvent[]> {
    const codec = this.codecOf(request.types);
    const from = expected < 0n ? 0n : expected + 1n;
    return (await this.store.readStream(request.stream, from, PAGE)).map((e) => codec.decode(e));
  }

  private remembered<S, C, E extends Message<string, unknown>>(
    request: Pick<RunRequest<S, C, E>, 'stream' | 'decider' | 'types'>,
  ): Hot | undefined {
    const hot = this.hot.get(request.stream);
    return hot?.decider === request.decider && hot.codec === this.codecOf(request.types) ? hot : undefined;
  }

  /** Folds what the store has beyond the remembered state. */
  private async upToDate<S, C, E extends Message<string, unknown>>(
    request: Pick<RunRequest<S, C, E>, 'stream' | 'decider' | 'types'>,
  ): Promise<{ hot: Hot; moved: boolean }> {
    const { stream, decider } = request;
    const hot: Hot = this.remembered(request) ?? {
      decider,
      codec: this.codecOf(request.types),
      state: decider.initial,
      revision: -1n,
      position: 0n,
      spans: new Map(),
    };
    let moved = false;
    for (;;) {
      const page = await this.store.readStream(stream, hot.revision + 1n, PAGE);
      for (const stored of page) {
        // Two loads of one stream may overlap here; each event is folded once.
        if (stored.revision !== hot.revision + 1n) continue;
        const { type, data } = hot.codec.decode(stored);
        hot.state = decider.evolve(hot.state as S, { type, data } as unknown as E);
        hot.revision = stored.revision;
        hot.position = stored.position;
        const { commandId } = stored.metadata;
        const span = hot.spans.get(commandId);
        hot.spans.set(commandId, { from: span?.from ?? stored.revision, to: stored.revision, position: stored.position });
        moved = true;
      }
      if (page.length < PAGE) break;
    }
    if (hot.revision >= 0n) this.hot.set(stream, hot);
    return { hot, moved };
  }

  private codecOf(types: EventTypes): EventCodec {
    const known = this.codecs.get(types);
    if (known !== undefined) return known;
    const codec = new EventCodec(types);
    this.codecs.set(types, codec);
    return codec;
  }
}
