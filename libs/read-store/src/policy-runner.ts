import { type EventStore, pause, UndecodableEvent, WakeUp, type EventCodec, type RecordedEvent } from '@app/event-store';
import { DomainError } from '@app/kernel';
import type { DataSource } from 'typeorm';
import { unreachable } from './batch-applier';
import { markStopped, moveCheckpoints, noteReached, openCheckpoints, retireOthers, type Taken } from './checkpoints';
import type { Policy } from './projection';
import { ReaderLocks } from './reader-locks';
import { loggingObserver, type RunnerObserver } from './runner-observer';

export type PolicyRunnerOptions = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  codec: EventCodec;
  policies: readonly Policy[];
  observer?: RunnerObserver;
  batchSize?: number;
  /** How often a policy that another process runs is asked for, ms. */
  lookEveryMs?: number;
}>;

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 30_000;
/** Failures in a row after which a policy counts as standing still; it goes on trying. */
const PATIENCE = 5;
const DRAIN_ATTEMPTS = 5;
/** Places are noted together, and not with every event: what is told again after a crash changes nothing. */
const NOTE_EVERY_MS = 100;

/**
 * Runs policies: each with its own checkpoint, one event after the other, at least once. A refusal by the rules of the
 * field is an answer; anything else is tried again with growing pauses, and holds up that policy alone.
 */
export class PolicyRunner {
  private readonly observer: RunnerObserver;
  private readonly locks: ReaderLocks;
  private readonly awaited = new WakeUp();
  /** How far policies have come beyond what is noted of them. */
  private readonly reached = new Map<string, Readonly<{ position: bigint; last: Taken | undefined }>>();
  private noting: Promise<void> = Promise.resolve();
  /** Ends what policies follow when their locks are lost. */
  private session = new AbortController();
  private running = false;

  constructor(private readonly options: PolicyRunnerOptions) {
    const names = options.policies.map((p) => p.name);
    if (new Set(names).size !== names.length) throw new RangeError(`two policies of one name: ${names.join(', ')}`);
    for (const { name, handles } of options.policies) {
      const unknown = handles.filter((type) => !options.codec.knows(type));
      if (unknown.length > 0) throw new RangeError(`${name} handles unknown event types: ${unknown.join(', ')}`);
    }
    this.observer = options.observer ?? loggingObserver();
    this.locks = new ReaderLocks(options.dataSource);
  }

  /** Runs until aborted. Never rejects for an outage. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.running) throw new Error('the policies are running already');
    this.running = true;
    try {
      const over = new AbortController();
      const noting = this.noteRegularly(over.signal);
      await Promise.all(this.options.policies.map((policy) => this.follow(policy, signal)));
      over.abort();
      await noting;
    } finally {
      await this.locks.release();
      this.running = false;
    }
  }

  async retireOthers(): Promise<void> {
    await retireOthers(
      this.options.dataSource,
      'policy',
      this.options.policies.map((p) => p.name),
    );
  }

  /** Lets every policy react to all that is stored now. Errors: the policy's own, after some attempts. */
  async drain(): Promise<void> {
    const head = await this.options.store.head();
    if (this.running) return this.waitUntilAt(head);
    try {
      for (const policy of this.options.policies) {
        if (await this.locks.tryAcquire(policy.name)) await this.drainOne(policy, head);
      }
    } finally {
      await this.locks.release();
    }
    await this.waitUntilAt(head);
  }

  /** What is stored now has had its reactions already, which are stored with it: whoever stored it in bulk says so. */
  async passOver(): Promise<void> {
    const { store, dataSource, policies } = this.options;
    const head = await store.head();
    const [last] = await store.readAll(head - 1n, 1);
    for (const policy of policies) await this.startOf(policy);
    const names = policies.map(({ name }) => name);
    await moveCheckpoints(dataSource, names, head, last);
  }

  private async drainOne(policy: Policy, head: bigint): Promise<void> {
    const { store, batchSize = 200 } = this.options;
    let position = await this.startOf(policy);
    while (position < head) {
      const page = await store.readAll(position, batchSize, { eventTypes: policy.handles });
      for (const event of page) await this.reactTo(policy, event, DRAIN_ATTEMPTS, new AbortController().signal);
      const last = page.at(-1)?.position ?? 0n;
      position = page.length === batchSize || last > head ? last : head;
      await moveCheckpoints(this.options.dataSource, [policy.name], position, page.at(-1));
    }
  }

  private async waitUntilAt(head: bigint): Promise<void> {
    const { dataSource, policies } = this.options;
    for (;;) {
      const stored = await openCheckpoints(
        dataSource,
        'policy',
        policies.map(({ name }) => ({ name, version: 1 })),
      );
      if (policies.every(({ name }) => (stored.get(name)?.position ?? -1n) >= head)) return;
      this.awaited.wake();
      await pause(20);
    }
  }

  private async startOf({ name }: Policy): Promise<bigint> {
    const stored = await openCheckpoints(this.options.dataSource, 'policy', [{ name, version: 1 }]);
    return stored.get(name)?.position ?? 0n;
  }

  private async follow(policy: Policy, signal: AbortSignal): Promise<void> {
    const { store, batchSize = 100, lookEveryMs = 2_000 } = this.options;
    while (!signal.aborted) {
      try {
        if (!(await this.locks.stillHeld()) || !(await this.locks.tryAcquire(policy.name))) {
          await pause(lookEveryMs, signal);
          continue;
        }
        const until = AbortSignal.any([signal, this.session.signal]);
        await this.note();
        const start = await this.startOf(policy);
        for await (const batch of store.subscribe(start, until, { eventTypes: policy.handles }, batchSize)) {
          for (const event of batch.events) await this.reactTo(policy, event, Number.POSITIVE_INFINITY, until);
          if (until.aborted) break;
          this.reached.set(policy.name, { position: batch.position, last: batch.events.at(-1) ?? this.reached.get(policy.name)?.last });
        }
      } catch (error) {
        if (signal.aborted) return;
        if (unreachable(error)) this.observer.unavailable(error);
        else this.observer.stopped(policy.name, 0n, error);
        await pause(FIRST_RETRY_MS, signal);
      }
    }
  }

  private async noteRegularly(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await this.awaited.wait(this.awaited.seen, NOTE_EVERY_MS, over);
      try {
        await this.note();
      } catch (error) {
        this.observer.unavailable(error);
      }
    }
  }

  /** One after the other: an older place must not be noted over a newer word. */
  private note(): Promise<void> {
    const mine = this.noting.then(() => this.noteNow());
    this.noting = mine.catch(() => undefined);
    return mine;
  }

  private async noteNow(): Promise<void> {
    if (this.reached.size === 0) return;
    if (!(await this.locks.stillHeld())) {
      // Others may have gone on from here meanwhile; whatever they have noted stands.
      this.reached.clear();
      this.session.abort();
      this.session = new AbortController();
      return;
    }
    const places = new Map(this.reached);
    await noteReached(this.options.dataSource, places);
    for (const [name, place] of places) if (this.reached.get(name) === place) this.reached.delete(name);
  }

  private async reactTo(policy: Policy, stored: RecordedEvent, attempts: number, signal: AbortSignal): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await policy.react(this.options.codec.decode(stored));
      } catch (error) {
        if (error instanceof DomainError) return this.observer.refused(policy.name, stored.position, error.code);
        if (attempt >= attempts) throw error;
        if (attempt === PATIENCE || error instanceof UndecodableEvent) await this.stands(policy, stored, error);
        else if (unreachable(error)) this.observer.unavailable(error);
        await pause(retryMs, signal);
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      }
    }
  }

  private async stands(policy: Policy, event: RecordedEvent, error: unknown): Promise<void> {
    this.observer.stopped(policy.name, event.position, error);
    const because = error instanceof Error ? error.name : typeof error;
    // What was noted of it before must not come later and say that it goes.
    await this.note().catch(() => undefined);
    await markStopped(this.options.dataSource, policy.name, event.position, because).catch(() => undefined);
  }
}
