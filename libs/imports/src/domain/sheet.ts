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

/**
 * The sheet with every cell of a merged area holding the area's value, and with the rows a merge reaches over made present.
 * Down: one 问题 for several units; across: a group title over its columns.
 */
export const spreadMerges = (sheet: Sheet): Sheet => {
  if (sheet.merges.length === 0) return sheet;
  const rows = new Map(sheet.rows.map((row) => [row.number, [...row.cells]]));
  for (const { top, left, bottom, right } of sheet.merges) {
    const value = rows.get(top)?.[left - 1] ?? null;
    if (value === null) continue;
    for (let r = top; r <= bottom; r++) {
      const cells = rows.get(r) ?? [];
      while (cells.length < right) cells.push(null);
      for (let c = left; c <= right; c++) cells[c - 1] = value;
      rows.set(r, cells);
    }
  }
  return { ...sheet, rows: [...rows].sort(([a], [b]) => a - b).map(([number, cells]) => ({ number, cells })) };
};
