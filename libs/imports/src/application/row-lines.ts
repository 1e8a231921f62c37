import { copyLine, type CopyTable } from '../../../read-store/src/plain';
import type { NewRow } from './import-job';

export const IMPORT_ROWS: CopyTable = {
  name: 'import_row',
  columns: [
    ...['import_id', 'n', 'number_core', 'content_core', 'frame_source', 'frame_batch', 'fingerprint', 'confirm_personal'],
    ...['errors', 'warnings', 'cells', 'state', 'row_id', 'content', 'remarks'],
  ]
    .map((name): CopyTable['columns'][number] => ({ name, kind: 'plain' }))
    .concat({ name: 'sheet_rows', kind: 'array' }),
};
const line = copyLine(IMPORT_ROWS);
/** A row as COPY takes it. */
export const lineOf = (importId: string, row: NewRow): string =>
  line({
    import_id: importId,
    n: row.n,
    sheet_rows: row.sheetRows,
    number_core: row.numberCore,
    content_core: row.contentCore,
    frame_source: row.frameSource,
    frame_batch: row.frameBatch,
    fingerprint: row.fingerprint,
    content: row.content,
    confirm_personal: row.confirmPersonal,
    errors: row.errors,
    warnings: row.warnings,
    remarks: row.remarks,
    cells: row.cells,
    state: row.state,
    row_id: row.rowId,
  });

const MOST_BYTES_PER_UNIT = 3;
const FIRST_BYTES = 1024 * 1024;

/** Which rows stand in the first `size` bytes; whoever has written them gives the memory back. */
export type WrittenLines = Readonly<{ memory: ArrayBuffer; size: number; rows: readonly Readonly<{ n: number; rowId: string }>[] }>;

/** Rows as they are written, gathered outside the heap: nothing that is collected or moved remembers them. */
export class RowLines {
  private bytes = Buffer.from(new ArrayBuffer(FIRST_BYTES));
  private size = 0;
  private rows: { n: number; rowId: string }[] = [];

  constructor(private readonly importId: string) {}

  get count(): number {
    return this.rows.length;
  }

  add(row: NewRow): void {
    const text = lineOf(this.importId, row);
    const needed = this.size + MOST_BYTES_PER_UNIT * text.length;
    if (needed > this.bytes.length) {
      const larger = Buffer.from(new ArrayBuffer(2 * needed));
      this.bytes.copy(larger, 0, 0, this.size);
      this.bytes = larger;
    }
    this.size += this.bytes.write(text, this.size);
    this.rows.push({ n: row.n, rowId: row.rowId });
  }

  /** What was added since the last time; what is added next stands in `next`. */
  take(next = new ArrayBuffer(FIRST_BYTES)): WrittenLines {
    const { bytes, size, rows } = this;
    this.bytes = Buffer.from(next);
    this.size = 0;
    this.rows = [];
    return { memory: bytes.buffer, size, rows };
  }
}
