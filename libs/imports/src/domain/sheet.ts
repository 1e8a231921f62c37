import type { LocalDate } from '@app/kernel';

/** What one cell holds, whatever the file format: formulas stand for their last result. */
export type CellValue = string | number | Readonly<{ day: LocalDate }> | Readonly<{ error: string }> | null;

export type SheetRow = Readonly<{
  /** 1-based, as Excel shows it. */
  number: number;
  /** `cells[0]` is column A; shorter rows are blank to the right. */
  cells: readonly CellValue[];
}>;

/** A merged area; rows and columns are 1-based and inclusive. */
export type Merge = Readonly<{ top: number; left: number; bottom: number; right: number }>;

export type Sheet = Readonly<{
  name: string;
  hidden: boolean;
  /** Serial numbers count from 1904 instead of 1900. */
  date1904: boolean;
  /** In ascending order of `number`; blank rows may be absent. */
  rows: readonly SheetRow[];
  merges: readonly Merge[];
}>;

/** 1 → A, 27 → AA. */
export const columnLetters = (column: number): string => {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
};

/** The address a person finds in Excel: `F12`. */
export const addressOf = (row: number, column: number): string => `${columnLetters(column)}${String(row)}`;

export const plainText = (value: CellValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return 'day' in value ? value.day : value.error;
};

/** So many rows from the first filled one are enough to find the header in. */
export const HEAD_ROWS = 60;

/** A row in which every cell of a merged area holds the area's value. */
export type SpreadRow = SheetRow &
  Readonly<{
    /** As it stands in the sheet. */
    own: readonly CellValue[];
    /** The areas that reach over this row. */
    areas: readonly Merge[];
  }>;

/**
 * Spreads the values of merged areas over their cells while rows pass, and makes present the rows that only an area reaches over.
 * Down: one 问题 for several units; across: a group title over its columns.
 */
export class MergeSpreader {
  private readonly waiting: Merge[];
  private next = 0;
  private active: Readonly<{ merge: Merge; value: CellValue }>[] = [];
  private last = 0;

  constructor(merges: readonly Merge[]) {
    this.waiting = [...merges].sort((a, b) => a.top - b.top);
  }

  /** Rows come in ascending order; what comes back is this row, after those before it that are not in the sheet. */
  take(row: SheetRow): readonly SpreadRow[] {
    return [...this.upTo(row.number - 1), this.spread(row)];
  }

  /** Rows below the last one of the sheet. */
  end(): readonly SpreadRow[] {
    return this.upTo(Number.POSITIVE_INFINITY);
  }

  private upTo(number: number): readonly SpreadRow[] {
    const rows: SpreadRow[] = [];
    while (this.last < number) {
      const deepest = this.active.reduce((deep, { merge, value }) => (value === null ? deep : Math.max(deep, merge.bottom)), 0);
      if (deepest <= this.last) break;
      rows.push(this.spread({ number: this.last + 1, cells: [] }));
    }
    this.last = Number.isFinite(number) ? number : this.last;
    return rows;
  }

  private spread({ number, cells: own }: SheetRow): SpreadRow {
    this.last = number;
    if (this.active.length > 0) this.active = this.active.filter(({ merge }) => merge.bottom >= number);
    const first = this.waiting[this.next];
    if (this.active.length === 0 && (first === undefined || first.top > number)) return { number, cells: own, own, areas: [] };
    const cells = [...own];
    for (const { merge, value } of this.active) fill(cells, merge, value);
    for (let merge = first; merge !== undefined && merge.top <= number; merge = this.waiting[this.next]) {
      this.next += 1;
      if (merge.bottom < number) continue;
      const value = merge.top === number ? (cells[merge.left - 1] ?? null) : null;
      fill(cells, merge, value);
      this.active.push({ merge, value });
    }
    return { number, cells, own, areas: this.active.map(({ merge }) => merge) };
  }
}

/** Only the first cell of an area counts, also where it is blank. */
const fill = (cells: CellValue[], { left, right }: Merge, value: CellValue): void => {
  const width = value === null ? Math.min(right, cells.length) : right;
  while (cells.length < width) cells.push(null);
  for (let c = left; c <= width; c += 1) cells[c - 1] = value;
};

/** The first rows of a sheet as they look, merged areas spread; areas that begin below or reach far down are cut. */
export const spreadHead = (sheet: Sheet): Sheet => {
  const rows = sheet.rows.slice(0, HEAD_ROWS);
  const last = (rows.at(-1)?.number ?? 0) + 2;
  const merges = sheet.merges.filter((m) => m.top <= last).map((m) => ({ ...m, bottom: Math.min(m.bottom, last) }));
  const spreader = new MergeSpreader(merges);
  return { ...sheet, merges, rows: [...rows.flatMap((row) => spreader.take(row)), ...spreader.end()].slice(0, HEAD_ROWS) };
};
