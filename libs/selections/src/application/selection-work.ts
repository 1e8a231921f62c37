import { randomBytes } from 'node:crypto';
import { DomainError, type Actor } from '@app/kernel';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { SelectionProgress } from '../domain/selection.decider';
import type { SelectionId, SelectionState } from '../domain/selection.types';
import { LIMITS } from './limits';
import { PreviewRows } from './preview-rows';
import { RunRows } from './run-rows';
import { SelectionDesk } from './selection-desk';
import type { SelectionJob } from './selection-job';
import { SelectionStore } from './selection-store';
import { commonText } from './step-data';

/** What the record says, as the table calls it. `opened` is never the end of a command. */
const STATE_OF: Readonly<Record<Exclude<SelectionProgress['status'], 'absent'>, SelectionState>> = {
  opened: 'running',
  sampling: 'sampling',
  running: 'running',
  done: 'done',
  blocked: 'blocked',
  cancelled: 'cancelled',
};
const UNDER_WAY: readonly SelectionState[] = ['preparing', 'ready', 'sampling', 'running'];

/** Works on selections behind the requests: one at a time each, a few at once, taking up what a crash left. */
@Injectable()
export class SelectionWork implements OnApplicationShutdown {
  private readonly log = new Logger('selections');
  private readonly end = new AbortController();
  private readonly chains = new Map<SelectionId, Promise<void>>();
  private readonly running = new Map<SelectionId, AbortController>();
  private readonly waiting: (() => void)[] = [];
  private free: number = LIMITS.atOnce;

  constructor(
    @Inject(SelectionStore) private readonly store: SelectionStore,
    @Inject(SelectionDesk) private readonly desk: SelectionDesk,
    @Inject(PreviewRows) private readonly preview: PreviewRows,
    @Inject(RunRows) private readonly rows: RunRows,
  ) {}

  kick(selectionId: SelectionId): void {
    const chain = (this.chains.get(selectionId) ?? Promise.resolve()).then(() => this.work(selectionId));
    this.chains.set(selectionId, chain);
    void chain.then(() => {
      if (this.chains.get(selectionId) === chain) this.chains.delete(selectionId);
    });
  }
  /** Sends no further row; those under way end. */
  stop(selectionId: SelectionId): void {
    this.running.get(selectionId)?.abort();
  }
  /** Whatever a crash left in the middle goes on; what runs elsewhere is left alone. */
  async resume(): Promise<void> {
    for (const selectionId of await this.store.unfinished()) if (!this.chains.has(selectionId)) this.kick(selectionId);
  }
  /** Resolves once nothing of this process is under way. */
  async idle(): Promise<void> {
    while (this.chains.size > 0) await Promise.all(this.chains.values());
  }
  async onApplicationShutdown(): Promise<void> {
    this.end.abort();
    await this.idle();
  }

  /** The table follows the record, and a confirmation that the table has taken gets into the record. */
  async catchUp(selectionId: SelectionId): Promise<SelectionProgress['status']> {
    const job = await this.store.job(selectionId);
    if (job === null) return 'absent';
    if (job.state === 'running' && (await this.desk.progress(selectionId)).status === 'absent') await this.record(job);
    const progress = await this.desk.progress(selectionId);
    if (progress.status === 'absent') return 'absent';
    if (Object.keys(progress.sample).length > 0) await this.store.setSample(selectionId, progress.sample);
    const state = STATE_OF[progress.status];
    if (state !== job.state) await this.store.move(selectionId, UNDER_WAY, state);
    return progress.status;
  }

  /** What was confirmed, before any of it happens. The seed of a sample is the product's alone. */
  private async record({ selectionId, step, title, said, runner, actor }: SelectionJob): Promise<void> {
    const { refused, leftOut } = await this.store.countsOf(selectionId);
    const rows = await this.store.waiting(selectionId);
    const carried = step === 'VerifyFinding' ? await this.store.unpassed(selectionId) : [];
    const seed = randomBytes(16).toString('hex');
    const data = { selectionId, step, title, text: commonText(said?.data ?? null), rows, refused, leftOut, seed, carried };
    await this.desk.give(selectionId, { type: 'RunSelection', data }, runner ?? actor);
  }

  private async work(selectionId: SelectionId): Promise<void> {
    await this.slot();
    const mine = new AbortController();
    this.running.set(selectionId, mine);
    const signal = AbortSignal.any([this.end.signal, mine.signal]);
    try {
      if (!signal.aborted) await this.store.alone(selectionId, () => this.step(selectionId, signal));
    } catch (error) {
      // A store that is down, or a process that ends: the table says where to go on.
      if (!signal.aborted)
        this.log.error(
          `selection ${selectionId} stopped`,
          error instanceof DomainError ? error.code : error instanceof Error ? error.stack : '',
        );
    } finally {
      this.running.delete(selectionId);
      this.release();
    }
  }

  private async step(selectionId: SelectionId, signal: AbortSignal): Promise<void> {
    const status = await this.catchUp(selectionId);
    const job = await this.store.job(selectionId);
    if (job === null) return;
    if (job.state === 'preparing') await this.preview.run(job, signal);
    if (status !== 'running' || !(await this.rows.run(job, signal))) return;
    const { done, unchanged, refused, leftOut } = await this.store.countsOf(selectionId);
    const by: Actor = job.runner ?? job.actor;
    await this.desk.give(selectionId, { type: 'FinishSelection', data: { done, unchanged, refused, leftOut } }, by);
    await this.catchUp(selectionId);
  }

  private async slot(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((granted) => this.waiting.push(granted));
  }
  private release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}
