import { DomainError, idFrom, type CommandId, type FindingId, type ListId } from '@app/kernel';
import { HandleList, ListReader, RowClaims, type ListEvent, type ListRow, type RowContent } from '@app/lists';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { IdentityGiver } from '../domain/row-identity';
import { CarryRows, isCarried } from './carry-rows';
import { ImportFiles } from './import-files';
import type { ImportJob, ImportRow, ImportTarget } from './import-job';
import { ImportStore, type RowForCommit, type SettledRow } from './import-store';
import { provenanceOf, sourceOrDefault } from './row-frame';
import { verdict } from './verdict';

/** Rows in one command, which follow from where the last one ended, so that a restart sends the same commands again. */
const CHUNK = 500;
/** An EventStoreDB takes an event of a megabyte. */
const CHUNK_BYTES = 700_000;
const PAGE = 1_000;
/** Rows of one command, with what becomes of them in the list. */
type Chunk = Readonly<{ rows: readonly RowForCommit[]; listRows: readonly ListRow[] }>;
type Filed = Readonly<{ fingerprint: string | null; content: RowContent }>;

/** Second half of an import: rows without errors go into a list, in commands whose ids follow from the import. */
@Injectable()
export class CommitImport {
  constructor(
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(ImportFiles) private readonly files: ImportFiles,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(ListReader) private readonly reader: ListReader,
    @Inject(RowClaims) private readonly claims: RowClaims,
    @Inject(CarryRows) private readonly carrying: CarryRows,
  ) {}

  /** Goes on where it was cut short. A refusal of the list takes the import back to `ready` and says why. */
  async run(job: ImportJob, signal: AbortSignal): Promise<void> {
    if (job.target === null) return;
    try {
      const finished = await this.commit(job, job.target, signal);
      if (!finished) return;
      await this.store.move(job.importId, ['committing'], 'committed', { counts: await this.store.counts(job.importId), failure: null });
      await this.files.drop(job.importId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.store.move(job.importId, ['committing'], 'ready', { failure: { code: error.code, ...error.sentence } });
    } finally {
      this.reader.forget(job.target.listId);
    }
  }

  private async commit(job: ImportJob, target: ImportTarget, signal: AbortSignal): Promise<boolean> {
    const { importId } = job;
    await this.identify(job, target);
    if (!(await this.carrying.run(job, target, signal))) return false;
    if (!(await this.makeList(job, target))) return this.settleAllKnown(job);
    // What became of a chunk is written down, and the one after it read and made ready, while one is on its way.
    let settling = Promise.resolve(true);
    let next = this.chunk(importId, target.listId, 0);
    for (let from = 0; ;) {
      if (signal.aborted) return false;
      const chunk = await next;
      const last = chunk.rows.at(-1);
      if (last === undefined) break;
      next = this.chunk(importId, target.listId, last.n);
      next.catch(() => undefined);
      const told = await this.addChunk(job, target.listId, from, chunk);
      if (!(await settling)) return false;
      settling = this.store.settleRows(importId, told, last.n, job.rowsTotal);
      settling.catch(() => undefined);
      from = last.n;
    }
    return (await settling) && this.store.settleRows(importId, [], job.rowsTotal, job.rowsTotal);
  }

  /** The next rows that go into one command: so many as are no burden for any store. Every time the same. */
  private async chunk(importId: string, listId: ListId, after: number): Promise<Chunk> {
    const page = await this.store.forCommit(importId, after, CHUNK);
    let size = 0;
    const upTo = page.findIndex(({ json }, i) => (size += Buffer.byteLength(json)) > CHUNK_BYTES && i > 0);
    const rows = upTo < 0 ? page : page.slice(0, upTo);
    const listRows = rows.map(({ rowId, fingerprint, json }): ListRow => ({
      ...(JSON.parse(json) as RowContent),
      rowId,
      findingId: idFrom('finding', listId, rowId) as FindingId,
      fingerprint,
    }));
    return { rows, listRows };
  }

  /** Rows have their identity from being read; another frame gives them another. */
  private async identify({ importId, understood }: ImportJob, target: ImportTarget): Promise<void> {
    const { state } = await this.reader.load(target.listId);
    const source = target.draft?.source ?? (state.status === 'absent' ? null : state.source);
    const frame = provenanceOf(sourceOrDefault(source, understood?.titles ?? null));
    const taken = await this.store.provenance(importId);
    if (taken?.authority === frame.authority && taken.batch === frame.batch) return;
    const identities = new IdentityGiver(frame);
    for (let after = 0; ;) {
      const frames = await this.store.frames(importId, after, PAGE);
      const last = frames.at(-1);
      if (last === undefined) break;
      after = last.n;
      await this.store.setIdentities(
        importId,
        frames.map((row) => ({ n: row.n, rowId: identities.next(row) })),
      );
    }
    await this.store.setProvenance(importId, frame);
  }

  /** False when every row is known elsewhere: then no empty list is drafted, and the same file twice changes nothing. */
  private async makeList({ importId, actor }: ImportJob, { listId, draft }: ImportTarget): Promise<boolean> {
    if (draft === null) return true;
    const { state } = await this.reader.load(listId);
    if (state.status !== 'absent') return true;
    if (!(await this.anyFree(importId))) return false;
    const commandId = idFrom(importId, 'draft') as CommandId;
    await this.bus.execute(new HandleList(listId, { type: 'DraftList', data: { listId, ...draft } }, { commandId, by: actor }));
    return true;
  }

  /** Whether there is a row that no list has. */
  private async anyFree(importId: string): Promise<boolean> {
    for (let after = 0; ;) {
      const rows = await this.store.usable(importId, after, PAGE);
      const last = rows.at(-1);
      if (last === undefined) return false;
      after = last.n;
      const held = await this.claims.holders(rows.map((row) => row.rowId));
      if (rows.some((row) => !held.has(row.rowId))) return true;
    }
  }

  /** Adds rows in one command; what comes back is to be written down of rows that were not added, or said to be known before. */
  private async addChunk(job: ImportJob, listId: ListId, from: number, { rows, listRows }: Chunk): Promise<readonly SettledRow[]> {
    const commandId = idFrom(job.importId, 'rows', from) as CommandId;
    const ack = await this.bus.execute(new HandleList(listId, { type: 'AddRows', data: { rows: listRows } }, { commandId, by: job.actor }));
    const added = new Set(
      (ack.events as readonly ListEvent[]).flatMap((event) => (event.type === 'RowsAdded' ? event.data.rows.map((row) => row.rowId) : [])),
    );
    const told = rows.filter(({ rowId, untold }) => !untold || !added.has(rowId));
    const settled: SettledRow[] = [];
    for (const row of await this.store.byNumber(
      job.importId,
      told.map(({ n }) => n),
    )) {
      if (row.rowId !== null && added.has(row.rowId)) settled.push({ n: row.n, state: 'added', remarks: row.remarks });
      else settled.push({ n: row.n, ...(await this.compare(row)) });
    }
    return settled;
  }

  private async settleAllKnown({ importId, rowsTotal }: ImportJob): Promise<boolean> {
    for (let after = 0; ;) {
      const rows = await this.store.rows(importId, after, PAGE);
      const last = rows.at(-1);
      if (last === undefined) return true;
      after = last.n;
      const settled = [];
      for (const row of rows) if (row.content !== null && !isCarried(row)) settled.push({ n: row.n, ...(await this.compare(row)) });
      if (!(await this.store.settleRows(importId, settled, after, rowsTotal))) return false;
    }
  }

  private async compare(row: ImportRow): Promise<Pick<ImportRow, 'state' | 'remarks'>> {
    const filed = row.rowId === null ? null : await this.filed(row.rowId);
    return filed === null ? { state: 'known', remarks: row.remarks } : verdict(row, filed);
  }

  private async filed(rowId: string): Promise<Filed | null> {
    const holder = (await this.claims.holders([rowId])).get(rowId);
    if (holder === undefined) return null;
    const row = (await this.reader.rows(holder, new Set([rowId]))).get(rowId);
    return row === undefined ? null : { fingerprint: row.fingerprint, content: row };
  }
}
