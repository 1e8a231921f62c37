import type { Workbook } from 'exceljs';
import type { MessagePort } from 'node:worker_threads';

/** A cell on its way out of the worker: a day is `{ day }`, an error value `{ error }`. */
export type WireCell = string | number | { day: string } | { error: string } | null;
export type WireRow = [number: number, cells: WireCell[]];
export type WorkerMessage =
  | { kind: 'sheet'; name: string; hidden: boolean; date1904: boolean; merges: string[]; marginTexts: string[] }
  | { kind: 'rows'; rows: WireRow[] }
  | { kind: 'refused'; because: 'too-many-rows' | 'damaged' }
  | { kind: 'done' };
export type WorkerInput = { bytes: Uint8Array; maxRows: number; maxColumns: number };

/**
 * Runs inside a worker thread, from its own source text: it may use nothing but its arguments, so that the compiled product and the
 * tests start the same code without a second file to find.
 */
/* istanbul ignore next */
export const sendCells = async (workbook: Workbook, input: WorkerInput, port: MessagePort): Promise<void> => {
  /** ValueType.Merge: the cell only repeats the first one of its area. */
  const MERGED = 1;
  const say = (message: WorkerMessage): void => {
    port.postMessage(message);
  };
  const dayOf = (date: Date): { day: string } | { error: string } =>
    Number.isNaN(date.getTime()) ? { error: '#DATE' } : { day: new Date(date.getTime() + 500).toISOString().slice(0, 10) };
  const simple = (value: unknown): WireCell => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { error: '#NUM!' };
    if (typeof value === 'boolean') return value ? '是' : '否';
    if (value instanceof Date) return dayOf(value);
    const parts = value as {
      richText?: { text?: string }[];
      text?: unknown;
      result?: unknown;
      error?: string;
      formula?: string;
      sharedFormula?: string;
    };
    if (parts.richText !== undefined) return parts.richText.map((run) => run.text ?? '').join('');
    if (parts.error !== undefined) return { error: parts.error };
    // A formula stands for its last result; one that was never computed is refused rather than guessed.
    if (parts.formula !== undefined || parts.sharedFormula !== undefined)
      return parts.result === undefined ? { error: '#FORMULA' } : simple(parts.result);
    return parts.text === undefined ? null : simple(parts.text);
  };
  // Named ranges would be spread out cell by cell, whole columns included; nothing here reads them.
  Object.defineProperty((workbook as unknown as { definedNames: object }).definedNames, 'model', { set: () => undefined, get: () => [] });
  try {
    await workbook.xlsx.load(input.bytes.buffer as ArrayBuffer, {
      ignoreNodes: [
        'dataValidations',
        'conditionalFormatting',
        'autoFilter',
        'hyperlinks',
        'drawing',
        'picture',
        'legacyDrawing',
        'tableParts',
        'extLst',
        'pageSetup',
        'rowBreaks',
        'sheetProtection',
      ],
    });
  } catch {
    say({ kind: 'refused', because: 'damaged' });
    return;
  }
  for (const sheet of workbook.worksheets) {
    const margins = sheet.headerFooter as Record<string, unknown> | undefined;
    // The public model would copy every cell of the sheet for this.
    const merges = Object.values((sheet as unknown as { _merges: Record<string, { range: string }> })._merges).map((merge) => merge.range);
    const marginTexts = Object.values(margins ?? {}).filter((t): t is string => typeof t === 'string');
    say({
      kind: 'sheet',
      name: sheet.name,
      hidden: sheet.state !== 'visible',
      date1904: workbook.properties.date1904,
      merges,
      marginTexts,
    });
    let batch: WireRow[] = [];
    let filled = 0;
    let last = 0;
    for (let n = 1; n <= sheet.rowCount; n++) {
      const row = sheet.findRow(n);
      if (row === undefined) continue;
      // The library's row numbers are checked: a row out of order would put every address wrong.
      if (row.number !== n || n <= last) {
        say({ kind: 'refused', because: 'damaged' });
        return;
      }
      last = n;
      const cells: WireCell[] = [];
      let any = false;
      const width = Math.min(row.cellCount, input.maxColumns);
      for (let c = 1; c <= width; c++) {
        const cell = row.findCell(c);
        const value = cell === undefined || Number(cell.type) === MERGED ? null : simple(cell.value);
        cells.push(value);
        if (value !== null && value !== '') any = true;
      }
      if (!any) continue;
      filled += 1;
      if (filled > input.maxRows) {
        say({ kind: 'refused', because: 'too-many-rows' });
        return;
      }
      batch.push([n, cells]);
      if (batch.length >= 1_000) {
        say({ kind: 'rows', rows: batch });
        batch = [];
      }
    }
    if (batch.length > 0) say({ kind: 'rows', rows: batch });
  }
  say({ kind: 'done' });
};
