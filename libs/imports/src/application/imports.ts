import { createHash } from 'node:crypto';
import { DomainError, idFrom, localDateOf, Clock, type Actor, type CommandId, type ListId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { maskName, redact, Sealer } from '@app/privacy';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Field } from '../domain/columns';
import { NO_CHOICES } from '../domain/draft-row';
import { rejectImport } from '../domain/import.errors';
import { CommitImport } from './commit-import';
import { ImportFiles } from './import-files';
import { STATE_WORDS, type ImportJob, type ImportOptions, type ImportRow, type ImportTarget } from './import-job';
import { ImportStore } from './import-store';
import { GROWTH, withModestHeap } from './modest-heap';
import { admitFile } from './open-file';
import { isSecret } from './read-ledger';
import { ReadImport } from './read-import';
import { sourceOrDefault } from './row-frame';
import { cellsKeyOf } from './row-writing';
import type { RejectedRow } from './rejected-sheet';

export type CommitRequest = Readonly<{
  /** An existing list, or what a new draft is to be. Both null: a draft named after the titles of the sheet. */
  listId: ListId | null;
  draft: Partial<NonNullable<ImportTarget['draft']>> | null;
  /** Personal numbers in free text are replaced as the preview shows (R40). */
  confirmPersonal: boolean;
  /** Rows whose sheet says that they were cleared become 历史结转, not rows of the list (R29). */
  carryOver?: boolean | undefined;
}>;

export const NO_OPTIONS: ImportOptions = { sheet: null, listDate: null, source: null, kind: 'finding', columns: {}, choices: NO_CHOICES };

/** Columns that name people. */
const NAMES: ReadonlySet<Field> = new Set(['subject', 'person']);

/** Imports as one who imports sees them; the work itself runs behind, one file at a time in each process, and survives a crash. */
@Injectable()
export class Imports implements OnApplicationShutdown {
  private readonly log = new Logger('imports');
  private readonly stop = new AbortController();
  private readonly running = new Map<string, AbortController>();
  private readonly queued = new Set<string>();
  private lane: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(ImportFiles) private readonly files: ImportFiles,
    @Inject(ReadImport) private readonly reading: ReadImport,
    @Inject(CommitImport) private readonly committing: CommitImport,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whatever a crash left in the middle goes on; what runs elsewhere is left alone. */
  async resume(): Promise<void> {
    for (const importId of await this.store.unfinished()) if (!this.running.has(importId)) this.kick(importId);
  }
  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.lane;
  }

  /** The same for one import; harmless while it is worked on. */
  async resumeOne(importId: string): Promise<void> {
    if (!this.running.has(importId) && (await this.store.unfinished()).includes(importId)) this.kick(importId);
  }

  /** Takes a file in. What is refused is not kept, and is refused before it is unpacked. The same command gives the same import. */
  async receive(
    bytes: Buffer,
    fileName: string,
    options: ImportOptions,
    by: Actor,
    commandId: CommandId,
    listId: ListId | null = null,
  ): Promise<ImportJob> {
    const fileKind = await admitFile(bytes, fileName, isSecret);
    const importId = idFrom('import', commandId);
    const known = await this.store.job(importId);
    if (known !== null) return known;
    await this.files.keep(importId, bytes);
    const fresh = await this.store.open({
      importId,
      unitId: by.unitId,
      actor: by,
      fileName: redact(fileName).slice(0, 300),
      fileHash: createHash('sha256').update(bytes).digest('hex'),
      fileKind,
      fileSize: bytes.length,
      options,
    });
    if (fresh && listId !== null) await this.store.move(importId, ['received'], 'received', { target: { listId, draft: null } });
    this.kick(importId);
    return this.mustFind(importId);
  }

  /** Null when there is none, or it is another unit's. */
  async find(importId: string, by: Actor): Promise<ImportJob | null> {
    const job = await this.store.job(importId);
    return job !== null && job.unitId === by.unitId ? job : null;
  }
  list(by: Actor, limit = 50): Promise<readonly ImportJob[]> {
    return this.store.jobs(by.unitId, limit);
  }
  rows(importId: string, after: number, limit: number, only: 'all' | 'wrong' | 'warnings' | 'differs'): Promise<readonly ImportRow[]> {
    return this.store.rows(importId, after, limit, only);
  }
  committedBefore(job: ImportJob): Promise<ImportJob | null> {
    return this.store.committedBefore(job.fileHash, job.importId);
  }

  /** Reads the file again with what a person corrected: columns, units, categories, sheet, date. */
  async reread(job: ImportJob, changes: Partial<ImportOptions>): Promise<ImportJob> {
    const options = { ...job.options, ...changes };
    await this.mustKnow(options.choices);
    if (!(await this.store.move(job.importId, ['ready', 'reading', 'received'], 'received', { options, failure: null })))
      this.refuseState(job);
    this.running.get(job.importId)?.abort();
    this.kick(job.importId);
    return this.mustFind(job.importId);
  }

  /** Sends the good rows to a list, behind. Known rows are skipped. */
  async commit(job: ImportJob, request: CommitRequest, by: Actor): Promise<ImportJob> {
    if (job.state === 'committing' || job.state === 'committed') return job;
    if (job.state !== 'ready' || job.counts === null) return this.refuseState(job);
    if (job.counts.good === 0) return rejectImport('import-nothing-to-add');
    if (job.counts.toConfirm > 0 && !request.confirmPersonal)
      return rejectImport('import-needs-confirmation', { count: job.counts.toConfirm });
    const target = { ...this.targetOf(job, request, by), carryOver: request.carryOver === true };
    if (!(await this.store.move(job.importId, ['ready'], 'committing', { target, actor: by, rowsDone: 0, failure: null })))
      return this.refuseState(job);
    this.kick(job.importId);
    return this.mustFind(job.importId);
  }

  /** Stops an import. Rows that a commit has already added stay in the draft, where they can be removed. */
  async cancel(job: ImportJob): Promise<ImportJob> {
    const stopped = await this.store.move(job.importId, ['received', 'reading', 'ready', 'committing'], 'cancelled');
    if (!stopped && job.state !== 'cancelled') return this.refuseState(job);
    this.running.get(job.importId)?.abort();
    await this.files.drop(job.importId);
    await this.store.clearRows(job.importId);
    await this.sealer.shred(cellsKeyOf(job.importId));
    return this.mustFind(job.importId);
  }

  /** The cells of each row to be looked at, persons by their masked names; null where none were kept: of rows without errors. */
  cellsOf({ importId, understood }: ImportJob, rows: readonly ImportRow[]): Promise<readonly (readonly string[] | null)[]> {
    const names = new Set((understood?.columns ?? []).flatMap(({ field, index }) => (field !== null && NAMES.has(field) ? [index] : [])));
    const shown = (cells: readonly string[]): readonly string[] =>
      cells.map((cell, index) => (names.has(index + 1) ? maskName(cell) : cell));
    return Promise.all(rows.map(async ({ cells }) => (cells === null ? null : shown(await this.opened(importId, cells)))));
  }

  /** The rows with errors, with their cells as they were. */
  async *rejected(importId: string): AsyncGenerator<RejectedRow> {
    for (let after = 0; ;) {
      const rows = await this.store.rows(importId, after, 500, 'wrong');
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.n;
      for (const { cells, remarks } of rows) yield { cells: cells === null ? [] : await this.opened(importId, cells), remarks };
    }
  }

  /** Resolves once nothing of this process is under way: for the command line and for tests. */
  async idle(): Promise<void> {
    await this.lane;
  }

  private async mustKnow({ units, categories, defaultCategory, defaultTown }: ImportOptions['choices']): Promise<void> {
    const view = await this.directory.view();
    const unitIds = [...Object.values(units), defaultTown].filter((id) => id !== null);
    const codes = [...Object.values(categories), defaultCategory].filter((code) => code !== null);
    if (unitIds.some((id) => view.unit(id) === undefined) || codes.some((code) => view.category(code) === undefined))
      rejectImport('import-choice-invalid');
  }

  private targetOf(job: ImportJob, { listId, draft }: CommitRequest, by: Actor): ImportTarget {
    const existing = listId ?? (draft === null ? (job.target?.listId ?? null) : null);
    if (existing !== null) return { listId: existing, draft: null };
    const titles = job.understood?.titles;
    const source = draft?.source ?? sourceOrDefault(job.options.source, titles ?? null);
    const title = draft?.title ?? titles?.title ?? job.fileName.replace(/\.[a-z]+$/i, '');
    if (title.trim() === '') return rejectImport('import-target-missing');
    const today = localDateOf(this.clock.now());
    const listDate = draft?.listDate ?? job.understood?.listDate ?? today;
    // The id follows from the import: a commit that is repeated drafts the same list.
    return {
      listId: idFrom('list', job.importId) as ListId,
      draft: { title, source, listDate, issuingUnitId: draft?.issuingUnitId ?? by.unitId },
    };
  }

  private refuseState({ state }: ImportJob): never {
    if (state === 'cancelled') return rejectImport('import-cancelled', { state });
    return rejectImport('import-not-ready', { state }, { state: STATE_WORDS[state] });
  }
  private async opened(importId: string, cells: string): Promise<readonly string[]> {
    const opened = await this.sealer.open(cellsKeyOf(importId), cells);
    return JSON.parse(opened?.['cells'] ?? '[]') as readonly string[];
  }
  private async mustFind(importId: string): Promise<ImportJob> {
    return (await this.store.job(importId)) ?? rejectImport('import-unknown');
  }

  private kick(importId: string): void {
    if (this.queued.has(importId)) return;
    this.queued.add(importId);
    this.lane = this.lane.then(() => this.work(importId));
  }

  private async work(importId: string): Promise<void> {
    this.queued.delete(importId);
    if (this.stop.signal.aborted) return;
    const mine = new AbortController();
    this.running.set(importId, mine);
    const signal = AbortSignal.any([this.stop.signal, mine.signal]);
    try {
      await this.store.alone(importId, async () => {
        const job = await this.store.job(importId);
        if (job === null) return;
        if (job.state === 'received' || job.state === 'reading') await withModestHeap(GROWTH.reading, () => this.reading.run(job, signal));
        else if (job.state === 'committing') await withModestHeap(GROWTH.committing, () => this.committing.run(job, signal));
      });
    } catch (error) {
      // A store that is down, or a process that ends: the state says where to go on at the next start.
      if (!signal.aborted)
        this.log.error(`import ${importId} stopped`, error instanceof DomainError ? error.code : error instanceof Error ? error.stack : '');
    } finally {
      if (this.running.get(importId) === mine) this.running.delete(importId);
    }
  }
}
