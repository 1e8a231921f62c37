import { type EventStore, pause, WakeUp, type EventCodec, type RecordedEvent } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { BatchApplier, newMember, unreachable, type Member } from './batch-applier';
import { openCheckpoints, positionsOf, retireOthers } from './checkpoints';
import { catchUpBy, checkProjections, type CatchUp } from './catch-up';
import type { Projection } from './projection';
import { ReaderLocks } from './reader-locks';
import type { BulkWay } from './rebuild/bulk-load';
import { removeLeftOver } from './rebuild/rebuild-aside';
import { Renewals } from './rebuild/renewals';
import { loggingObserver, type RunnerObserver } from './runner-observer';

export type ProjectionRunnerOptions = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  codec: EventCodec;
  projections: readonly Projection[];
  /** The quicker way of a rebuild, for the projections that have one. */
  bulk?: BulkWay;
  observer?: RunnerObserver;
  /** Events in one transaction while live. */
  batchSize?: number;
  /** Events in one transaction while catching up. */
  pageSize?: number;
  /** How often locks, checkpoints and stopped projections are looked at, ms. */
  lookEveryMs?: number;
}>;

const UNREACHABLE_PAUSE_MS = 250;

/**
 * Feeds every projection of this process from one subscription. Those that stand together share a transaction per batch;
 * one that is behind (new, rebuilt, stopped before) catches up alone and joins; one that cannot take an event stands
 * still before it while the others go on. Over all processes each projection has one runner.
 */
export class ProjectionRunner {
  private readonly members: readonly Member[];
  private readonly locks: ReaderLocks;
  private readonly applier: BatchApplier;
  private readonly renewals: Renewals;
  private readonly catchUp: CatchUp;
  private readonly observer: RunnerObserver;
  private readonly changed = new WakeUp();
  /** Position of the joined members. */
  private lead = 0n;
  private turn: Promise<unknown> = Promise.resolve();
  /** Ends the subscription that feeds the joined members, when they are taken elsewhere. */
  private session = new AbortController();
  private readonly chasing = new Set<Promise<void>>();
  private running = false;

  constructor(private readonly options: ProjectionRunnerOptions) {
    const { codec, projections, dataSource } = options;
    checkProjections(projections, codec);
    this.observer = options.observer ?? loggingObserver();
    this.members = projections.map(newMember);
    this.locks = new ReaderLocks(dataSource);
    this.applier = new BatchApplier(dataSource, codec, this.observer);
    this.renewals = new Renewals(options, this.observer);
    this.catchUp = catchUpBy(this.applier, options);
  }

  /** Runs until aborted. Never rejects for an outage: it waits and goes on. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.running) throw new Error('the projections are running already');
    this.running = true;
    try {
      await removeLeftOver(this.options.dataSource).catch(() => undefined);
      await Promise.all([this.feed(signal), this.supervise(signal)]);
    } finally {
      await Promise.all(this.chasing);
      await this.turn;
      await this.locks.release();
      for (const member of this.members) member.state = 'standby';
      this.running = false;
    }
  }

  /** Forgets checkpoints of projections that this product no longer has. */
  async retireOthers(): Promise<void> {
    await retireOthers(
      this.options.dataSource,
      'projection',
      this.members.map((m) => m.projection.name),
    );
  }

  /**
   * Brings every projection to the end of the log, whoever runs it, and resolves then.
   * Errors: the projection's own when one of them stands still.
   */
  async drain(): Promise<void> {
    const head = await this.options.store.head();
    for (;;) {
      if (!this.running) await this.drainHere(head);
      else this.changed.wake();
      const stopped = this.members.find((m) => m.state === 'stopped');
      if (stopped !== undefined) throw new Error(`projection ${stopped.projection.name} stands still`, { cause: stopped.error });
      const positions = await positionsOf(
        this.options.dataSource,
        this.members.map((m) => m.projection.name),
      );
      if (this.members.every((m) => (positions.get(m.projection.name) ?? -1n) >= head)) return;
      await pause(20);
    }
  }

  /** Makes the tables of the projections anew from events, beside those that are read until then; all when none are named. */
  async rebuild(names: readonly string[] = this.members.map((m) => m.projection.name)): Promise<void> {
    const chosen = this.members.filter((m) => names.includes(m.projection.name));
    const missing = names.filter((name) => !chosen.some((m) => m.projection.name === name));
    if (missing.length > 0) throw new RangeError(`no such projection: ${missing.join(', ')}`);
    await this.renewals.make(chosen);
    for (const member of chosen) if (member.state === 'stopped') member.state = 'standby';
    await this.drain();
  }

  /** Takes the lock of each projection that is free and learns where it stands, and whether its tables were made by this version. */
  private async activate(members: readonly Member[]): Promise<readonly Member[]> {
    const mine: Member[] = [];
    for (const member of members) if (await this.locks.tryAcquire(member.projection.name)) mine.push(member);
    if (mine.length === 0) return [];
    const projections = mine.map((m) => m.projection);
    const stored = await openCheckpoints(this.options.dataSource, 'projection', projections);
    for (const member of mine) {
      const checkpoint = stored.get(member.projection.name);
      member.position = checkpoint?.position ?? 0n;
      this.renewals.note(member, checkpoint?.version ?? member.projection.version);
    }
    return mine;
  }

  private joined(): readonly Member[] {
    return this.members.filter((m) => m.state === 'joined');
  }

  /** One after the other: batches, joining, looking after the members. */
  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async feed(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const seen = this.changed.seen;
      if (this.joined().length === 0) {
        await this.changed.wait(seen, 1_000, signal);
        continue;
      }
      this.session = new AbortController();
      const until = AbortSignal.any([signal, this.session.signal]);
      for await (const batch of this.options.store.subscribe(this.lead, until, undefined, this.options.batchSize ?? 500)) {
        await this.applyLive(batch.events, batch.position, until, signal);
        if (this.joined().length === 0) this.session.abort();
      }
    }
  }

  private async applyLive(batch: readonly RecordedEvent[], to: bigint, until: AbortSignal, signal: AbortSignal): Promise<void> {
    while (!until.aborted) {
      try {
        await this.exclusive(async () => {
          if (until.aborted || to <= this.lead) return;
          const events = batch.filter((e) => e.position > this.lead);
          const members = this.joined().filter((m) => m.position === this.lead);
          if (members.length > 0) await this.applier.apply(members, { events, from: this.lead, to, tell: true });
          this.lead = to;
          for (const member of this.joined()) if (member.position !== to) this.fallBehind(member, signal);
        });
        return;
      } catch (error) {
        await this.waitOut(error, signal);
      }
    }
  }

  private async supervise(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const seen = this.changed.seen;
      try {
        await this.exclusive(() => this.lookAfter(signal));
      } catch (error) {
        await this.waitOut(error, signal);
      }
      await this.changed.wait(seen, this.options.lookEveryMs ?? 1_000, signal);
    }
  }

  private async lookAfter(signal: AbortSignal): Promise<void> {
    if (!(await this.locks.stillHeld())) for (const member of this.members) if (member.state !== 'stopped') member.state = 'standby';
    const activated = await this.activate(this.members.filter((m) => m.state === 'standby'));
    const current = activated.filter((member) => !this.renewals.needs(member));
    if (this.joined().length === 0 && current.length > 0) {
      this.leadAt(current.reduce((most, m) => (m.position > most ? m.position : most), 0n));
    }
    for (const member of current) this.place(member, signal);
    const outdated = activated.filter((member) => this.renewals.needs(member));
    this.renew(outdated, signal);
    await this.noticeMoves(signal);
    if (activated.length > 0) this.changed.wake();
  }

  /** A rebuild asked for elsewhere moves checkpoints; a projection that stands still is tried again in its time or when it was moved. */
  private async noticeMoves(signal: AbortSignal): Promise<void> {
    const here = this.members.filter((m) => m.state === 'joined' || m.state === 'stopped');
    const positions = await positionsOf(
      this.options.dataSource,
      here.map((m) => m.projection.name),
    );
    for (const member of here) {
      const stored = positions.get(member.projection.name) ?? 0n;
      if (member.state === 'joined' && stored !== this.lead) {
        member.position = stored;
        this.fallBehind(member, signal);
      } else if (member.state === 'stopped' && (stored !== member.position || performance.now() >= member.retryAt)) {
        for (const again of await this.activate([member])) {
          again.state = 'behind';
          if (this.renewals.needs(again)) this.renew([again], signal);
          else this.place(again, signal);
        }
      }
    }
  }

  private place(member: Member, signal: AbortSignal): void {
    if (member.position === this.lead) member.state = 'joined';
    else this.fallBehind(member, signal);
  }

  private fallBehind(member: Member, signal: AbortSignal): void {
    if (member.state === 'stopped') return;
    member.state = 'behind';
    this.chase(this.catchUpAndJoin(member, signal));
  }

  private chase(work: Promise<void>): void {
    const chase = work.finally(() => this.chasing.delete(chase));
    this.chasing.add(chase);
  }

  private renew(members: readonly Member[], signal: AbortSignal): void {
    if (members.length === 0) return;
    for (const member of members) member.state = 'behind';
    const made = this.renewals.makeWhileRunning(members, signal);
    this.chase(made.then((ready) => ready.forEach((member) => this.fallBehind(member, signal))));
  }

  private leadAt(position: bigint): void {
    if (position === this.lead) return;
    this.lead = position;
    this.session.abort();
  }

  private async catchUpAndJoin(member: Member, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && member.state === 'behind') {
      try {
        if (member.position < this.lead) await this.catchUp([member], this.lead);
        await this.exclusive(async () => {
          if (member.state !== 'behind') return;
          if (this.joined().length === 0 && member.position > this.lead) this.leadAt(member.position);
          if (member.position === this.lead) member.state = 'joined';
        });
        if (member.state === 'behind' && member.position > this.lead) await pause(50, signal);
      } catch (error) {
        await this.waitOut(error, signal);
      }
    }
    this.changed.wake();
  }

  private async drainHere(head: bigint): Promise<void> {
    try {
      const mine = await this.activate(this.members);
      for (const member of mine) member.state = 'behind';
      await this.renewals.make(mine.filter((member) => this.renewals.needs(member)));
      for (;;) {
        const open = mine.filter((m) => m.state === 'behind' && m.position < head);
        const positions = [...new Set(open.map((m) => m.position))].sort((a, b) => (a < b ? -1 : 1));
        const [lowest, next = head] = positions;
        if (lowest === undefined) return;
        await this.catchUp(
          open.filter((m) => m.position === lowest),
          next,
        );
      }
    } finally {
      await this.locks.release();
      for (const member of this.members) if (member.state === 'behind') member.state = 'standby';
    }
  }

  private async waitOut(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (unreachable(error)) this.observer.unavailable(error);
    else this.observer.stopped('the runner itself', this.lead, error);
    await pause(UNREACHABLE_PAUSE_MS, signal);
  }
}
