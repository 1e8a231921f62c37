import { randomUUID } from 'node:crypto';
import { Clock, DomainError, localDateOf } from '@app/kernel';
import { ListQueries, ListReader } from '@app/lists';
import { Directory } from '@app/organisation';
import { Sealer } from '@app/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { ImportFiles } from './import-files';
import type { ImportJob, Understood } from './import-job';
import { ImportStore } from './import-store';
import { readLedgerAside } from './ledger-steps';
import { readLedger } from './read-ledger';
import type { ReadingTask } from './reading-task';
import { RowWriting } from './row-writing';

/** A smaller file is read before a thread has loaded what it needs. */
const ASIDE_FROM_BYTES = 256 * 1024;

/** First half of an import: the file becomes rows that a person can look at. */
@Injectable()
export class ReadImport {
  constructor(
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(ImportFiles) private readonly files: ImportFiles,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ListQueries) private readonly lists: ListQueries,
    @Inject(ListReader) private readonly reader: ListReader,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Starts from nothing each time: rows of a reading that was cut short are dropped. Quiet when the import was stopped. */
  async run(job: ImportJob, signal: AbortSignal): Promise<void> {
    const { importId } = job;
    if (!(await this.store.move(importId, ['received', 'reading'], 'reading', { rowsDone: 0, rowsTotal: 0 }))) return;
    await this.store.clearRows(importId);
    try {
      const finished = await this.read(job, signal);
      if (finished !== null)
        await this.store.move(importId, ['reading'], 'ready', { understood: finished, counts: await this.store.counts(importId) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.store.clearRows(importId);
      await this.files.drop(importId);
      await this.store.move(importId, ['reading'], 'refused', { failure: { code: error.code, ...error.sentence } });
    }
  }

  /** Null when it was stopped on the way. */
  private async read(job: ImportJob, signal: AbortSignal): Promise<Understood | null> {
    const task = await this.taskOf(job);
    const steps = job.fileSize < ASIDE_FROM_BYTES ? readLedger(task) : readLedgerAside(task);
    const writing = new RowWriting({ store: this.store, lists: this.lists, sealer: this.sealer }, job.importId);
    let understood: Understood | null = null;
    try {
      for (let free: ArrayBuffer | undefined; ;) {
        const { value: step, done } = await steps.next(free);
        free = undefined;
        if (done === true) break;
        if (signal.aborted) return null;
        if (step.kind === 'opened') await this.store.setProvenance(job.importId, step.provenance);
        else if (step.kind === 'read') understood = step.understood;
        else {
          const before = await writing.write(step);
          if (before === null) return null;
          free = before;
        }
      }
      return !signal.aborted && (await writing.end()) ? understood : null;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      await steps.return();
      // What is being written now must not come after whatever is done next.
      await writing.end().catch(() => undefined);
    }
  }

  private async taskOf({ importId, fileName, fileKind, options, target }: ImportJob): Promise<ReadingTask> {
    const list = target === null ? null : (await this.reader.load(target.listId)).state;
    return {
      job: { importId, fileName, fileKind, options },
      path: this.files.pathOf(importId),
      today: localDateOf(this.clock.now()),
      directory: (await this.directory.view()).withoutPeople(),
      target: list === null || list.status === 'absent' ? null : { source: list.source, listDate: list.listDate },
      sealing: this.sealer.sealingKey(),
      reading: randomUUID(),
    };
  }
}
