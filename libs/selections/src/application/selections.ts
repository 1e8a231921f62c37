import { FindingReader, FindingRehearsals, type FindingIntent } from '@app/findings';
import { idFrom, type Actor, type CommandId, type FindingId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { reject, rejectState } from '../domain/selection.errors';
import type { SelectedRow, SelectionId, SelectionState, SelectionStep, VerifyingMethod } from '../domain/selection.types';
import { Admission } from './admission';
import { CollectRows, type RowFilter } from './collect-rows';
import { SelectionDesk } from './selection-desk';
import type { RowException, RowsShown, Said, SelectionCounts, SelectionJob, SelectionRow } from './selection-job';
import { SelectionStore } from './selection-store';
import { SelectionWork } from './selection-work';

export type OpenRequest = Readonly<{
  step: SelectionStep;
  title: string;
  rows: readonly SelectedRow[] | RowFilter;
  said: Said;
  exceptions: readonly RowException[];
}>;
export type Judgement = Readonly<{ passed: boolean; method: VerifyingMethod; text: string }>;

/** Room for the legs of a finding that was named without one. */
const STRIDE = 8;

/** Selections as the one who works on them sees them; previews and runs go on behind and survive a crash. */
@Injectable()
export class Selections {
  constructor(
    @Inject(SelectionStore) private readonly store: SelectionStore,
    @Inject(SelectionDesk) private readonly desk: SelectionDesk,
    @Inject(SelectionWork) private readonly work: SelectionWork,
    @Inject(CollectRows) private readonly collect: CollectRows,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(FindingReader) private readonly reader: FindingReader,
    @Inject(FindingRehearsals) private readonly rehearsals: FindingRehearsals,
  ) {}

  /** Fixes the rows and looks at each behind. The same command gives the same selection. Errors: selection-empty, selection-too-large. */
  async open({ step, title, rows: asked, said, exceptions }: OpenRequest, by: Actor, commandId: CommandId): Promise<SelectionJob> {
    const selectionId = idFrom('selection', commandId) as SelectionId;
    const known = await this.store.job(selectionId);
    if (known !== null) return known;
    const chosen = 'of' in asked ? await this.collect.byFilter(asked, step, by) : this.collect.byIds(asked, step);
    const rows = chosen.map((row, i) => ({ ...row, n: i * STRIDE }));
    await this.store.open({ selectionId, unitId: by.unitId, actor: by, title, step, said, state: 'preparing' }, rows, exceptions);
    this.work.kick(selectionId);
    return this.mustFind(selectionId);
  }

  /** Null when there is none, or it is another unit's. */
  async find(selectionId: string, by: Actor): Promise<SelectionJob | null> {
    const job = await this.store.job(selectionId);
    return job !== null && job.unitId === by.unitId ? job : null;
  }
  list(by: Actor, limit = 50): Promise<readonly SelectionJob[]> {
    return this.store.jobs(by.unitId, limit);
  }
  counts(selectionIds: readonly string[]): Promise<ReadonlyMap<string, SelectionCounts>> {
    return this.store.counts(selectionIds);
  }
  rows(selectionId: string, after: number, limit: number, only: RowsShown): Promise<readonly SelectionRow[]> {
    return this.store.rows(selectionId, after, limit, only);
  }

  sample(selectionId: string): Promise<readonly SelectionRow[]> {
    return this.store.sample(selectionId);
  }
  /** What the sample was drawn from; null where none is. */
  async seed(selectionId: SelectionId): Promise<string | null> {
    const progress = await this.desk.progress(selectionId);
    return progress.status === 'absent' ? null : progress.seed;
  }

  /** These exceptions in place of the earlier ones; the rows they concern are previewed again. Errors: selection-not-ready, selection-exception-stray. */
  async setExceptions(job: SelectionJob, exceptions: readonly RowException[]): Promise<SelectionJob> {
    const { selectionId } = await this.caughtUp(job);
    if (!(await this.store.setExceptions(selectionId, exceptions))) this.refuseState(await this.mustFind(selectionId));
    this.work.kick(selectionId);
    return this.mustFind(selectionId);
  }

  /**
   * Confirms what the preview showed. Verifying draws its sample first and goes on when all of it has passed; everything else runs at
   * once. Errors: selection-not-ready, selection-nothing-to-run, selection-cancelled, selection-blocked.
   */
  async run(known: SelectionJob, evenIfChanged: boolean, by: Actor): Promise<SelectionJob> {
    const job = await this.caughtUp(known);
    const { selectionId } = job;
    if (job.state === 'sampling' || job.state === 'running' || job.state === 'done') return job;
    if (job.state !== 'ready') return this.refuseState(job);
    if ((await this.store.countsOf(selectionId)).waiting === 0) return reject('selection-nothing-to-run');
    // From here on nothing of it changes; what was confirmed is recorded before any of it happens.
    if (!(await this.store.move(selectionId, ['ready'], 'running', { runner: by, evenIfChanged }))) return this.caughtUp(job);
    const confirmed = await this.caughtUp(job);
    this.work.kick(selectionId);
    return confirmed;
  }

  /** Rows that are done stay done. Errors: selection-not-ready. */
  async cancel(known: SelectionJob, by: Actor): Promise<SelectionJob> {
    const job = await this.caughtUp(known);
    if (job.state === 'cancelled') return job;
    const unconfirmed = await this.store.move(job.selectionId, ['preparing', 'ready'], 'cancelled');
    if (!unconfirmed) await this.desk.give(job.selectionId, { type: 'CancelSelection', data: {} }, by);
    this.work.stop(job.selectionId);
    return this.caughtUp(job);
  }

  /**
   * One sample was checked, by somebody who may verify that finding. A failed one blocks the batch; the last one that passed starts it.
   * Errors: those of verifying the finding, selection-not-in-sample, selection-text-required, selection-sample-judged, selection-blocked.
   */
  async judge(known: SelectionJob, findingId: FindingId, { passed, method, text }: Judgement, by: Actor): Promise<SelectionJob> {
    const job = await this.caughtUp(known);
    const verify: FindingIntent = { type: 'VerifyFinding', data: { method, text } };
    if (job.state === 'sampling' && (await this.inSample(job, findingId))) await this.mustBeAbleTo(verify, findingId, by);
    const part = `${findingId}/${passed ? 'passed' : 'failed'}`;
    await this.desk.give(job.selectionId, { type: 'JudgeSample', data: { findingId, passed, method, text } }, by, part);
    const judged = await this.caughtUp(job);
    if (judged.state === 'running') this.work.kick(job.selectionId);
    return judged;
  }

  private async inSample({ selectionId }: SelectionJob, findingId: FindingId): Promise<boolean> {
    const progress = await this.desk.progress(selectionId);
    return progress.status !== 'absent' && progress.sample[findingId] !== undefined;
  }
  private async mustBeAbleTo(intent: FindingIntent, findingId: FindingId, by: Actor): Promise<void> {
    if (!this.admission.opens('VerifyFinding', by)) reject('row-forbidden');
    if (!(await this.admission.knows(findingId, by))) reject('selection-not-in-sample');
    const { state } = await this.reader.load(findingId);
    await this.rehearsals.on(state, [intent], { by });
  }

  /** Where a crash came between the record and the table, the record holds. */
  private async caughtUp({ selectionId }: SelectionJob): Promise<SelectionJob> {
    await this.work.catchUp(selectionId);
    return this.mustFind(selectionId);
  }
  private refuseState({ state }: Readonly<{ state: SelectionState }>): never {
    return state === 'cancelled' || state === 'blocked' ? reject(`selection-${state}`) : rejectState(state);
  }
  private async mustFind(selectionId: SelectionId): Promise<SelectionJob> {
    return (await this.store.job(selectionId)) ?? reject('selection-unknown');
  }
}
