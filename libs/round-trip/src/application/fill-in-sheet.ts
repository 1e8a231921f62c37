import { sheetText } from '@app/kernel';
import type { DataValidation, Fill, stream, Worksheet } from 'exceljs';
import { COMPLETIONS, ITEM_ANSWERS, type FilledColumn, type LockedColumn } from '../domain/sheet-columns';

export type SheetCell = Readonly<{ text: string; open: boolean }>;

const OPEN_FILL: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF8DC' } };
const HEAD_FILL: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EDF3' } };
const THIN = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const BORDER = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const CHOICES = { completion: COMPLETIONS, answer: Object.keys(ITEM_ANSWERS) };
const DAYS = ['2000-01-01', '2100-12-31'].map((day) => new Date(`${day}T00:00:00Z`));

const validationOf = (kind: FilledColumn['kind'], choices: readonly string[]): DataValidation | null => {
  const refuses = { allowBlank: true, showErrorMessage: true, errorStyle: 'stop' } as const;
  switch (kind) {
    case 'choice':
      return { type: 'list', formulae: [`"${choices.join(',')}"`], ...refuses, errorTitle: '请从下拉框选', error: choices.join('、') };
    case 'day':
      return { type: 'date', operator: 'between', formulae: DAYS, ...refuses, errorTitle: '请填日期', error: '写成 2020-07-31' };
    case 'text':
      return null;
  }
};

/** One sheet made for filling in: who and what for above, titles with notes, then rows in which only some cells are open. */
export class FillInSheet<L extends string, F extends string> {
  private constructor(
    private readonly sheet: Worksheet,
    private readonly locked: readonly L[],
    private readonly filled: readonly (readonly [F, FilledColumn])[],
    private readonly choices: readonly string[],
    private readonly firstRow: number,
  ) {}
  private rows = 0;

  static async open<L extends string, F extends string>(
    book: stream.xlsx.WorkbookWriter,
    name: string,
    lines: readonly string[],
    locked: Readonly<Record<L, LockedColumn>>,
    filled: Readonly<Record<F, FilledColumn>>,
    choice: keyof typeof CHOICES,
  ): Promise<FillInSheet<L, F>> {
    const head = lines.length + 1;
    const sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: 2, ySplit: head }],
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      headerFooter: { oddFooter: '第 &P 页，共 &N 页' },
    });
    sheet.pageSetup.printTitlesRow = `${String(head)}:${String(head)}`;
    // Without a password: it keeps from slips, and what counts is looked at when the workbook comes back.
    await sheet.protect('', {
      selectLockedCells: true,
      selectUnlockedCells: true,
      formatColumns: true,
      formatRows: true,
      autoFilter: true,
      sort: true,
    });
    const lockedColumns = Object.entries<LockedColumn>(locked);
    const filledColumns = Object.entries<FilledColumn>(filled) as [F, FilledColumn][];
    const columns = [...lockedColumns, ...filledColumns].map(([, column]) => column);
    sheet.columns = columns.map(({ width }) => ({ width }));
    for (const line of lines) sheet.addRow([line]).commit();
    const titles = sheet.addRow(columns.map(({ title }) => title));
    titles.font = { bold: true };
    for (const [i, column] of columns.entries()) {
      const cell = titles.getCell(i + 1);
      cell.fill = HEAD_FILL;
      cell.border = BORDER;
      cell.alignment = { wrapText: true, vertical: 'middle' };
      if (column.note !== undefined) cell.note = column.note;
    }
    titles.commit();
    return new FillInSheet(sheet, Object.keys(locked) as L[], filledColumns, CHOICES[choice], head + 1);
  }

  add(locked: Readonly<Record<L, string>>, filled: Readonly<Record<F, SheetCell>>): void {
    const row = this.sheet.addRow([
      ...this.locked.map((field) => sheetText(locked[field])),
      ...this.filled.map(([field, { kind }]) => valueOf(filled[field].text, kind)),
    ]);
    row.alignment = { wrapText: true, vertical: 'top' };
    for (const [i, [field, { kind }]] of this.filled.entries()) {
      const cell = row.getCell(this.locked.length + i + 1);
      if (kind === 'day') cell.numFmt = 'yyyy-mm-dd';
      if (!filled[field].open) continue;
      cell.protection = { locked: false };
      cell.fill = OPEN_FILL;
      cell.border = BORDER;
    }
    row.commit();
    this.rows += 1;
  }

  /** Rules stand over the rows there are: a rule over rows to come is spelt out cell by cell by some programs. */
  close(): void {
    const last = this.firstRow + Math.max(this.rows, 1) - 1;
    for (const [i, [, { kind }]] of this.filled.entries()) {
      const validation = validationOf(kind, this.choices);
      const letters = this.sheet.getColumn(this.locked.length + i + 1).letter;
      if (validation !== null) validationsOf(this.sheet).add(`${letters}${String(this.firstRow)}:${letters}${String(last)}`, validation);
    }
    this.sheet.commit();
  }
}

const valueOf = (text: string, kind: FilledColumn['kind']): string | Date | null =>
  text === '' ? null : kind === 'day' ? new Date(`${text}T00:00:00Z`) : sheetText(text);

/** The library has it and its types do not. */
const validationsOf = (sheet: Worksheet): Readonly<{ add: (range: string, validation: DataValidation) => void }> =>
  (sheet as unknown as { dataValidations: { add: (range: string, validation: DataValidation) => void } }).dataValidations;
