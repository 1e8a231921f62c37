import { idFrom, type SubjectId } from '@app/kernel';
import type { ListQueries } from '@app/lists';
import type { Sealer } from '@app/privacy';
import type { ImportStore } from './import-store';
import type { ReadRows } from './reading-task';
import { lineOf } from './row-lines';
import { verdict } from './verdict';

/** The key that rows with errors are sealed under; destroyed with a cancelled import. */
export const cellsKeyOf = (importId: string): SubjectId => idFrom('import-cells', importId) as SubjectId;

/** Keeps understood rows for the preview: some are written while the next are read, and no more than that waits. */
export class RowWriting {
  private before: ArrayBuffer | undefined;
  private writing: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly by: Readonly<{ store: ImportStore; lists: ListQueries; sealer: Sealer }>,
    private readonly importId: string,
  ) {}

  /** Goes on once the rows before have been written. Null when the import was stopped; else the memory of those rows, where there is any. */
  async write(rows: ReadRows): Promise<ArrayBuffer | undefined | null> {
    if (!(await this.writing)) return null;
    const { before } = this;
    this.before = rows.lines.memory;
    this.writing = this.store(rows);
    // Whoever waits for it next learns of a failure.
    this.writing.catch(() => undefined);
    return before;
  }

  /** Everything is stored afterwards; false when the import was stopped. */
  end(): Promise<boolean> {
    return this.writing;
  }

  private async store({ lines, keys, wrong, upTo, total }: ReadRows): Promise<boolean> {
    const { importId } = this;
    const known = await this.by.lists.known(lines.rows.map(({ rowId }) => rowId));
    const subjectId = cellsKeyOf(importId);
    const sealed = await this.by.sealer.sealAll(wrong.map(({ cells }) => ({ subjectId, fields: { cells: JSON.stringify(cells) } })));
    const others = wrong.map(({ row }, i) => lineOf(importId, { ...row, cells: sealed[i] ?? null }));
    const written = Buffer.from(lines.memory, 0, lines.size);
    const all = others.length === 0 ? written : Buffer.concat([written, Buffer.from(others.join(''))]);
    if (!(await this.by.store.addRows(importId, all, keys, upTo, total))) return false;
    if (known.size > 0) await this.judge(lines.rows, known);
    return true;
  }

  /** What the lists have already, so that the preview can say so; the commit looks again. */
  private async judge(
    rows: readonly Readonly<{ n: number; rowId: string }>[],
    known: Awaited<ReturnType<ListQueries['known']>>,
  ): Promise<void> {
    const { importId } = this;
    const numbers = rows.flatMap(({ n, rowId }) => (known.has(rowId) ? [n] : []));
    const told = (await this.by.store.byNumber(importId, numbers)).flatMap((row) => {
      const filed = row.rowId === null || row.content === null ? undefined : known.get(row.rowId);
      return filed === undefined ? [] : [{ n: row.n, ...verdict(row, filed) }];
    });
    await this.by.store.tell(importId, told);
  }
}
