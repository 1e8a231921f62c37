import { isTransient, isUnavailable, StoreUnavailable, type EventCodec, type RecordedEvent } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { tellApplied } from './applied-channel';
import { CheckpointMoved, holdCheckpoints, markStopped, moveCheckpoints, positionsOf } from './checkpoints';
import { inPipeline } from './pipelined';
import type { Projection, Tx } from './projection';
import type { RunnerObserver } from './runner-observer';

/** A projection and where this process believes it stands. */
export type Member = {
  readonly projection: Projection;
  position: bigint;
  state: 'standby' | 'behind' | 'joined' | 'stopped';
  /** Last reason for standing still. */
  error: unknown;
  retryAt: number;
  retryMs: number;
};

/** All events up to `to` that any of the members handles. */
export type Slice = Readonly<{ events: readonly RecordedEvent[]; from: bigint; to: bigint; tell: boolean }>;

/**
 * Rows and checkpoint are lost or kept together, and can be made again from events. Every statement has its index and finds its few
 * rows by it, one by one, also where the planner knows nothing of a table yet.
 */
const SETTINGS = [
  'synchronous_commit = off',
  ...['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'].map((name) => `${name} = off`),
]
  .map((setting) => `set local ${setting}`)
  .join('; ');
const TRANSIENT_ATTEMPTS = 5;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 300_000;

export const newMember = (projection: Projection): Member => ({
  projection,
  position: 0n,
  state: 'standby',
  error: null,
  retryAt: 0,
  retryMs: FIRST_RETRY_MS,
});

/**
 * Brings members from one position to another: all of them in one transaction; when that fails each alone, so that
 * only the one that cannot take an event stands still before it.
 */
export class BatchApplier {
  constructor(
    private readonly dataSource: DataSource,
    private readonly codec: EventCodec,
    private readonly observer: RunnerObserver,
  ) {}

  /** Afterwards each member is at `slice.to`, or stopped, or elsewhere because another process moved it. Errors: what makes the database unavailable. */
  async apply(members: readonly Member[], slice: Slice): Promise<void> {
    const decoded = new Map<RecordedEvent, RecordedEvent>();
    try {
      await this.commit(members, slice, decoded);
    } catch (error) {
      if (unreachable(error)) throw error;
      if (error instanceof CheckpointMoved) await this.reload(members);
      for (const member of members) if (member.position === slice.from) await this.applyAlone(member, slice, decoded);
    }
  }

  private async applyAlone(member: Member, slice: Slice, decoded: Map<RecordedEvent, RecordedEvent>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.commit([member], slice, decoded);
      } catch (error) {
        if (unreachable(error)) throw error;
        if (error instanceof CheckpointMoved) return this.reload([member]);
        if (isTransient(error) && attempt < TRANSIENT_ATTEMPTS) continue;
        return this.applyOneByOne(member, slice, decoded);
      }
    }
  }

  /** Takes what comes before the event that cannot be taken, then stops there. */
  private async applyOneByOne(member: Member, slice: Slice, decoded: Map<RecordedEvent, RecordedEvent>): Promise<void> {
    for (const event of slice.events) {
      if (!member.projection.handles.includes(event.type)) continue;
      try {
        await this.commit([member], { events: [event], from: member.position, to: event.position, tell: slice.tell }, decoded);
      } catch (error) {
        if (unreachable(error)) throw error;
        if (error instanceof CheckpointMoved) return this.reload([member]);
        return this.stop(member, event, error);
      }
    }
    await this.commit([member], { events: [], from: member.position, to: slice.to, tell: false }, decoded);
  }

  private async commit(members: readonly Member[], slice: Slice, decoded: Map<RecordedEvent, RecordedEvent>): Promise<void> {
    const names = members.map(({ projection }) => projection.name);
    const streams = new Set<string>();
    const applied = async (projection: Projection, tx: Tx): Promise<number> => {
      const own = slice.events.filter((event) => projection.handles.includes(event.type));
      for (const { stream } of own) streams.add(stream);
      if (own.length > 0) await projection.apply(this.decode(own, decoded), tx);
      return own.length;
    };
    const taken = await inPipeline(
      this.dataSource,
      SETTINGS,
      async (tx) => {
        // Each has its own tables, so that all may be at work; what one finds out after the checkpoint was lost is rolled back.
        const work = [holdCheckpoints(tx, names, slice.from), ...members.map(({ projection }) => applied(projection, tx))];
        const [held, ...counts] = await Promise.allSettled(work);
        if (held?.status === 'rejected') throw held.reason;
        return counts.map((count) => {
          if (count.status === 'rejected') throw count.reason;
          return count.value ?? 0;
        });
      },
      (tx) => [moveCheckpoints(tx, names, slice.to, slice.events.at(-1)), tellApplied(tx, slice.to, slice.tell ? streams : new Set())],
    );
    members.forEach((member, i) => {
      member.position = slice.to;
      member.error = null;
      member.retryMs = FIRST_RETRY_MS;
      this.observer.applied(member.projection.name, taken[i] ?? 0, slice.to);
    });
  }

  private decode(events: readonly RecordedEvent[], decoded: Map<RecordedEvent, RecordedEvent>): readonly RecordedEvent[] {
    return events.map((event) => {
      const known = decoded.get(event) ?? this.codec.decode(event);
      decoded.set(event, known);
      return known;
    });
  }

  private async stop(member: Member, event: RecordedEvent, error: unknown): Promise<void> {
    member.state = 'stopped';
    member.error = error;
    member.retryAt = performance.now() + member.retryMs;
    member.retryMs = Math.min(member.retryMs * 4, LAST_RETRY_MS);
    await markStopped(this.dataSource, member.projection.name, event.position, error instanceof Error ? error.name : typeof error);
    this.observer.stopped(member.projection.name, event.position, error);
  }

  private async reload(members: readonly Member[]): Promise<void> {
    const positions = await positionsOf(
      this.dataSource,
      members.map(({ projection }) => projection.name),
    );
    for (const member of members) member.position = positions.get(member.projection.name) ?? 0n;
  }
}

export const unreachable = (error: unknown): boolean => error instanceof StoreUnavailable || isUnavailable(error);
