import { createHash } from 'node:crypto';
import { admitFile, ImportFiles } from '@app/imports';
import { DomainError, idFrom, type Actor, type CommandId } from '@app/kernel';
import { redact } from '@app/privacy';
import { PreparedSelections, type SelectionId } from '@app/selections';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { rejectRoundTrip, rejectState } from '../domain/round-trip.errors';
import type { RoundTripRow } from '../domain/round-trip.types';
import { isSecret } from './is-secret';
import { PreviewRoundTrip } from './preview-round-trip';
import { RoundTripFiles } from './round-trip-files';
import type { RoundTripJob } from './round-trip-job';
import { RoundTripStore, type RowSelection } from './round-trip-store';
import { RunRoundTrip } from './run-round-trip';

/** Workbooks as the unit sees them that sends them back; the work runs behind, one at a time in each process, and survives a crash. */
@Injectable()
export class RoundTrips implements OnApplicationShutdown {
  private readonly log = new Logger('round trips');
  private readonly stop = new AbortController();
  private readonly running = new Map<string, AbortController>();
  private readonly queued = new Set<string>();
  private lane: Promise<void> = Promise.resolve();

  constructor(
    @Inject(RoundTripStore) private readonly store: RoundTripStore,
    @Inject(RoundTripFiles) private readonly files: ImportFiles,
    @Inject(PreviewRoundTrip) private readonly preview: PreviewRoundTrip,
    @Inject(RunRoundTrip) private readonly runner: RunRoundTrip,
    @Inject(PreparedSelections) private readonly selections: PreparedSelections,
  ) {}

  /** Whatever a crash left in the middle goes on. */
  async resume(): Promise<void> {
    for (const id of await this.store.unfinished()) if (!this.running.has(id)) this.kick(id);
  }
  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.lane;
  }

  /** Takes a workbook in; what is refused at the door is not kept. The same command gives the same round trip. */
  async receive(bytes: Buffer, fileName: string, by: Actor, commandId: CommandId): Promise<RoundTripJob> {
    if ((await admitFile(bytes, fileName, isSecret)) !== 'xlsx') return rejectRoundTrip('workbook-unsupported');
    const roundTripId = idFrom('round-trip', commandId);
    const known = await this.store.job(roundTripId);
    if (known !== null) return known;
    await this.files.keep(roundTripId, bytes);
    const fileHash = createHash('sha256').update(bytes).digest('hex');
    await this.store.open({ roundTripId, unitId: by.unitId, actor: by, fileName: redact(fileName).slice(0, 300), fileHash });
    this.kick(roundTripId);
    return this.mustFind(roundTripId);
  }

  /** Null when there is none, or it is another unit's. */
  async find(roundTripId: string, by: Actor): Promise<RoundTripJob | null> {
    const job = await this.store.job(roundTripId);
    return job !== null && job.unitId === by.unitId ? job : null;
  }
  list(by: Actor, limit = 50): Promise<readonly RoundTripJob[]> {
    return this.store.jobs(by.unitId, limit);
  }
  rows(roundTripId: string, after: number, limit: number, only: RowSelection): Promise<readonly RoundTripRow[]> {
    return this.store.rows(roundTripId, after, limit, only);
  }

  /** Sends the commands of the changed rows, behind. Rests on the preview: a finding that moved on since keeps its row out. */
  async run(job: RoundTripJob, { confirmPersonal }: Readonly<{ confirmPersonal: boolean }>, by: Actor): Promise<RoundTripJob> {
    if (job.state === 'running' || job.state === 'done') return job;
    if (job.state !== 'ready' || job.counts === null) return rejectState(job.state);
    if (job.counts.changed === 0) return rejectRoundTrip('round-trip-nothing-to-run');
    if (job.counts.toConfirm > 0 && !confirmPersonal)
      return rejectRoundTrip('round-trip-needs-confirmation', { count: job.counts.toConfirm });
    await this.store.move(job.roundTripId, ['ready'], 'running', { actor: by, rowsDone: 0, rowsTotal: job.counts.changed });
    this.kick(job.roundTripId);
    return this.mustFind(job.roundTripId);
  }

  /** Stops it. What was done stays done. */
  async cancel(job: RoundTripJob, by: Actor): Promise<RoundTripJob> {
    const stopped = await this.store.move(job.roundTripId, ['reading', 'ready', 'running'], 'cancelled');
    if (!stopped && job.state !== 'cancelled') return rejectState(job.state);
    this.running.get(job.roundTripId)?.abort();
    const { selectionId } = await this.mustFind(job.roundTripId);
    if (selectionId !== null) {
      await this.stopSelection(selectionId as SelectionId, by);
      await this.runner.settle(job.roundTripId, selectionId as SelectionId);
    }
    await this.files.drop(job.roundTripId);
    return this.mustFind(job.roundTripId);
  }

  /** Resolves once nothing of this process is under way: for tests. */
  async idle(): Promise<void> {
    await this.lane;
  }

  /** One that has just come to its end cannot be cancelled; what it did is told all the same. */
  private async stopSelection(selectionId: SelectionId, by: Actor): Promise<void> {
    try {
      await this.selections.cancel(selectionId, by);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async mustFind(roundTripId: string): Promise<RoundTripJob> {
    const job = await this.store.job(roundTripId);
    if (job === null) throw new Error('a round trip is gone');
    return job;
  }

  private kick(roundTripId: string): void {
    if (this.queued.has(roundTripId)) return;
    this.queued.add(roundTripId);
    this.lane = this.lane.then(() => this.work(roundTripId));
  }

  private async work(roundTripId: string): Promise<void> {
    this.queued.delete(roundTripId);
    if (this.stop.signal.aborted) return;
    const mine = new AbortController();
    this.running.set(roundTripId, mine);
    const signal = AbortSignal.any([this.stop.signal, mine.signal]);
    try {
      await this.store.alone(roundTripId, async () => {
        const job = await this.store.job(roundTripId);
        if (job?.state === 'reading') await this.preview.run(job, signal);
        else if (job?.state === 'running') await this.runner.run(job, signal);
      });
    } catch (error) {
      // A store that is down, or a process that ends: the state says where to go on.
      if (!signal.aborted)
        this.log.error(
          `round trip ${roundTripId} stopped`,
          error instanceof DomainError ? error.code : error instanceof Error ? error.stack : '',
        );
    } finally {
      if (this.running.get(roundTripId) === mine) this.running.delete(roundTripId);
    }
  }
}
