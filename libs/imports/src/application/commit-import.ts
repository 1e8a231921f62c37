import { DomainError, idFrom, type CommandId, type FindingId, type ListId } from '@app/kernel';
import { HandleList, ListReader, RowClaims, type ListEvent, type ListRow, type RowContent } from '@app/lists';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { identities } from '../domain/row-identity';
import { ImportFiles } from './import-files';
import type { ImportJob, ImportRow, ImportTarget } from './import-job';
import { ImportStore } from './import-store';
import { provenanceOf, sourceOrDefault, verdict } from './read-import';

/** Rows in one command: its place in the sheet follows from the row number, so that a restart sends the same commands again. */
const CHUNK = 100;
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
    }
  }

  private async commit(job: ImportJob, target: ImportTarget, signal: AbortSignal): Promise<boolean> {
    const { importId } = job;
    const ids = await this.identify(job, target);
    if (!(await this.makeList(job, target, ids))) return this.settleAllKnown(job);
    const total = job.rowsTotal;
    for (let from = 0; from < total; from += CHUNK) {
      if (signal.aborted) return false;
      const rows = (await this.store.rows(importId, from, CHUNK)).filter((row) => row.n <= from + CHUNK && row.content !== null);
      const settled = await this.addChunk(job, target.listId, from, rows);
      if (!(await this.store.settleRows(importId, settled, Math.min(from + CHUNK, total), total))) return false;
    }
    return true;
  }

  /** Row number → identity in the frame of the list the rows go into. */
  private async identify({ importId, understood }: ImportJob, target: ImportTarget): Promise<ReadonlyMap<number, string>> {
    const { state } = await this.reader.load(target.listId);
    const source = target.draft?.source ?? (state.status === 'absent' ? null : state.source);
    const frames = await this.store.frames(importId);
    const ids = identities(frames, provenanceOf(sourceOrDefault(source, understood?.titles ?? null)));
    const rows = frames.map((f, i) => ({ n: f.n, rowId: ids[i] ?? '' }));
    await this.store.setIdentities(importId, rows);
    return new Map(rows.map((r) => [r.n, r.rowId]));
  }

  /** False when every row is known elsewhere: then no empty list is drafted, and the same file twice changes nothing. */
  private async makeList(
    { importId, actor }: ImportJob,
    { listId, draft }: ImportTarget,
    ids: ReadonlyMap<number, string>,
  ): Promise<boolean> {
    if (draft === null) return true;
    const { state } = await this.reader.load(listId);
    if (state.status !== 'absent') return true;
    const held = await this.claims.holders([...ids.values()]);
    const usable = new Set((await this.usable(importId)).map((n) => ids.get(n) ?? ''));
    if ([...usable].every((rowId) => held.has(rowId))) return false;
    const commandId = idFrom(importId, 'draft') as CommandId;
    await this.bus.execute(new HandleList(listId, { type: 'DraftList', data: { listId, ...draft } }, { commandId, by: actor }));
    return true;
  }

  private async usable(importId: string): Promise<readonly number[]> {
    const numbers: number[] = [];
    for (let after = 0; ;) {
      const rows = await this.store.rows(importId, after, 1_000);
      const last = rows.at(-1);
      if (last === undefined) return numbers;
      after = last.n;
      numbers.push(...rows.filter((r) => r.content !== null).map((r) => r.n));
    }
  }

  private async addChunk(
    job: ImportJob,
    listId: ListId,
    from: number,
    rows: readonly ImportRow[],
  ): Promise<readonly Pick<ImportRow, 'n' | 'state' | 'remarks'>[]> {
    if (rows.length === 0) return [];
    const listRows = rows.flatMap((row): ListRow[] => {
      const { rowId, content, fingerprint } = row;
      return rowId === null || content === null
        ? []
        : [{ ...content, rowId, findingId: idFrom('finding', listId, rowId) as FindingId, fingerprint }];
    });
    const commandId = idFrom(job.importId, 'rows', from) as CommandId;
    const ack = await this.bus.execute(new HandleList(listId, { type: 'AddRows', data: { rows: listRows } }, { commandId, by: job.actor }));
    const added = new Set(
      (ack.events as readonly ListEvent[]).flatMap((event) => (event.type === 'RowsAdded' ? event.data.rows.map((row) => row.rowId) : [])),
    );
    const settled = [];
    for (const row of rows) {
      if (row.rowId !== null && added.has(row.rowId)) settled.push({ n: row.n, state: 'added' as const, remarks: row.remarks });
      else settled.push({ n: row.n, ...(await this.compare(row)) });
    }
    return settled;
  }

  private async settleAllKnown({ importId, rowsTotal }: ImportJob): Promise<boolean> {
    for (let after = 0; ;) {
      const rows = await this.store.rows(importId, after, 500);
      const last = rows.at(-1);
      if (last === undefined) return true;
      after = last.n;
      const settled = [];
      for (const row of rows) if (row.content !== null) settled.push({ n: row.n, ...(await this.compare(row)) });
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
    const { state } = await this.reader.load(holder);
    const row = state.status === 'absent' ? undefined : state.rows.get(rowId);
    return row === undefined ? null : { fingerprint: row.fingerprint, content: row };
  }
}
