import { setImmediate as breathe } from 'node:timers/promises';
import { Clock, DomainError, idFrom, localDateOf, type SubjectId } from '@app/kernel';
import { ListQueries, ListReader, type ListSource } from '@app/lists';
import { Directory } from '@app/organisation';
import { Sealer, secrecyMark } from '@app/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { rejectImport } from '../domain/import.errors';
import { hasErrors, type DraftRow, type World } from '../domain/draft-row';
import { remark } from '../domain/remarks';
import { coresOf, fingerprintOf, identities, type Provenance } from '../domain/row-identity';
import { plainText, type Sheet } from '../domain/sheet';
import { openSheet, type OpenedSheet, type ReadingOptions } from '../domain/understand-sheet';
import { contentOf, differences, toBeSealed } from './draft-to-content';
import { ImportFiles } from './import-files';
import type { ImportJob, ImportRow, NewRow, Understood } from './import-job';
import { ImportStore } from './import-store';
import { openFile } from './open-file';
import { worldOf } from './world-from-directory';

const BATCH = 200;

/** True when a text bears a mark of secrecy (R39). */
export const isSecret = (text: string): boolean => secrecyMark(text) !== null;

/** The key that rows with errors are sealed under; destroyed with a cancelled import. */
export const cellsKeyOf = (importId: string): SubjectId => idFrom('import-cells', importId) as SubjectId;

/** Who reported, where nobody says: the office's own round, under the document number that the sheet bears. */
export const sourceOrDefault = (source: ListSource | null, titles: Understood['titles'] | null): ListSource =>
  source ?? { kind: 'inspection', name: '督导检查', batch: null, documentNumber: titles?.documentNumber ?? null };

/** The frame that rows are identified in: who reported, in which batch or document. */
export const provenanceOf = ({ name, batch, documentNumber }: ListSource): Provenance => ({
  authority: name,
  batch: batch ?? documentNumber ?? '',
});

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
    const { importId, options } = job;
    const sheets = await openFile(await this.files.read(importId), job.fileName, job.fileKind, isSecret, signal);
    const today = localDateOf(this.clock.now());
    const world = worldOf(await this.directory.view(), options.listDate ?? today);
    const target = job.target === null ? null : (await this.reader.load(job.target.listId)).state;
    const reading: ReadingOptions = { listDate: today, columns: options.columns, choices: options.choices };
    const [sheet, first] = this.choose(sheets, options.sheet, reading, world);
    const stated = options.listDate ?? (target === null || target.status === 'absent' ? null : target.listDate);
    const titled = first.titles.date;
    const listDate = stated ?? (titled !== null && titled <= today ? titled : today);
    const opened = openSheet(sheet, { ...reading, listDate }, world) ?? first;
    const unknown = new Map<string, { name: string; proposals: readonly string[]; cells: number }>();
    const sheetRows = new Map(sheet.rows.map((row) => [row.number, row]));
    const cellsOf = (number: number): readonly string[] =>
      (sheetRows.get(number)?.cells ?? []).map((cell) => world.hidePersonalNumbers(plainText(cell)).text);
    let batch: DraftRow[] = [];
    let done = 0;
    const flush = async (): Promise<boolean> => {
      const rows = await this.toRows(job, batch, done, world, cellsOf);
      done += batch.length;
      batch = [];
      await breathe();
      return !signal.aborted && (await this.store.addRows(importId, rows, done, opened.rowCount));
    };
    for (const row of opened.rows()) {
      collectUnknown(row, unknown);
      batch.push(row);
      if (batch.length >= BATCH && !(await flush())) return null;
    }
    if (!(await flush())) return null;
    const source = target === null || target.status === 'absent' ? sourceOrDefault(options.source, opened.titles) : target.source;
    await this.markKnown(importId, provenanceOf(source));
    const { sheet: name, headerRows, titles, columns, skipped } = opened;
    return {
      sheet: name,
      headerRows,
      titles,
      columns,
      skipped,
      sheets: sheets.map((s) => s.name),
      listDate,
      unknownUnits: [...unknown.values()],
    };
  }

  private choose(sheets: readonly Sheet[], wanted: string | null, reading: ReadingOptions, world: World): readonly [Sheet, OpenedSheet] {
    for (const sheet of sheets) {
      if (wanted !== null && sheet.name !== wanted) continue;
      const opened = openSheet(sheet, reading, world);
      if (opened !== null) return [sheet, opened];
    }
    return rejectImport('sheet-without-header');
  }

  private async toRows(
    { importId, options }: ImportJob,
    drafts: readonly DraftRow[],
    from: number,
    world: World,
    cellsOf: (sheetRow: number) => readonly string[],
  ): Promise<readonly NewRow[]> {
    const sealing = drafts.map((draft, i) =>
      hasErrors(draft) ? null : toBeSealed(draft, idFrom('import-subject', importId, from + i) as SubjectId),
    );
    const asked = sealing.filter((s) => s !== null);
    const sealed = await this.sealer.sealAll(asked);
    const wrongRows = drafts.filter(hasErrors);
    // Only rows that come back as a sheet with reasons need their cells; their personal numbers are replaced as well.
    const cells = await this.sealer.sealAll(
      wrongRows.map((draft) => ({
        subjectId: cellsKeyOf(importId),
        fields: { cells: JSON.stringify(cellsOf(draft.rows[0] ?? 0)) },
      })),
    );
    return drafts.map((draft, i) => {
      const mine = sealing[i] ?? null;
      const text = mine === null ? undefined : sealed[asked.indexOf(mine)];
      const content = contentOf(
        draft,
        options.kind,
        world.county,
        mine === null || text === undefined ? null : { subjectId: mine.subjectId, sealed: text },
      );
      const wrong = draft.remarks.filter((r) => r.level === 'error').length;
      return {
        n: from + i + 1,
        sheetRows: draft.rows,
        ...coresOf(draft),
        frameSource: draft.source,
        frameBatch: draft.batch,
        fingerprint: fingerprintOf(draft),
        content,
        confirmPersonal: draft.confirmPersonal,
        errors: wrong,
        warnings: draft.remarks.filter((r) => r.level === 'warning').length,
        remarks: draft.remarks,
        cells: cells[wrongRows.indexOf(draft)] ?? null,
      };
    });
  }

  /** What the lists have already, so that the preview can say so; the commit looks again. */
  private async markKnown(importId: string, provenance: Provenance): Promise<void> {
    const frames = await this.store.frames(importId);
    const ids = identities(frames, provenance);
    const idOf = new Map(frames.map((f, i) => [f.n, ids[i] ?? '']));
    for (let after = 0; ;) {
      const rows = await this.store.rows(importId, after, 500);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.n;
      const known = await this.lists.known(rows.map((r) => idOf.get(r.n) ?? ''));
      const marks = rows.flatMap((row) => {
        const filed = known.get(idOf.get(row.n) ?? '');
        if (filed === undefined || row.content === null) return [];
        return [{ n: row.n, ...verdict(row, filed) }];
      });
      await this.store.markRows(importId, marks);
    }
  }
}

/** A known row is skipped; a changed one is reported and never overwritten. */
export const verdict = (
  row: Pick<ImportRow, 'fingerprint' | 'content' | 'remarks' | 'sheetRows'>,
  filed: Readonly<{ fingerprint: string | null; content: NonNullable<ImportRow['content']> }>,
): Pick<ImportRow, 'state' | 'remarks'> => {
  const address = `A${String(row.sheetRows[0] ?? 1)}`;
  const before = row.remarks.filter((r) => r.code !== 'already-known' && r.code !== 'differs-from-filed');
  if (row.content === null || filed.fingerprint === row.fingerprint)
    return { state: 'known', remarks: [...before, remark('already-known', address)] };
  const fields = differences(row.content, filed.content);
  const said = fields.length === 0 ? '内容' : fields.join('、');
  return { state: 'differs', remarks: [...before, remark('differs-from-filed', address, { fields: said })] };
};

const collectUnknown = (row: DraftRow, into: Map<string, { name: string; proposals: readonly string[]; cells: number }>): void => {
  for (const { code, text, proposals } of row.remarks) {
    if (code !== 'unit-unknown' && code !== 'place-unknown' && code !== 'unit-ambiguous') continue;
    const name = /“(.*?)”/.exec(text.zh)?.[1] ?? '';
    const known = into.get(name);
    if (known !== undefined) known.cells += 1;
    else if (into.size < 500) into.set(name, { name, proposals, cells: 1 });
  }
};
