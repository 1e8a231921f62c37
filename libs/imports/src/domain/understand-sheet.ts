import { localDate, type LocalDate } from '@app/kernel';
import { FIELDS, STATUS_FIELDS, type Field } from './columns';
import { monthEnd } from './dates';
import type { Choices, DraftRow, World } from './draft-row';
import { RowGatherer, type GatheredRow, type Skip } from './gather-rows';
import { findHeader, type Column } from './header';
import { remark } from './remarks';
import { sameNumber } from './row-identity';
import { addressOf, MergeSpreader, plainText, type CellValue, type Sheet, type SheetRow } from './sheet';
import { tidy } from './text';
import { understandRow, type RowContext } from './understand-row';

export type ColumnUse = 'read' | 'quoted' | 'status' | 'blank';
export type UnderstoodColumn = Column & Readonly<{ use: ColumnUse }>;
/** What the lines above the header say about the list itself. */
export type Titles = Readonly<{ title: string | null; documentNumber: string | null; date: LocalDate | null; lines: readonly string[] }>;
export type UnderstoodSheet = Readonly<{
  sheet: string;
  headerRows: Readonly<{ first: number; last: number }>;
  titles: Titles;
  columns: readonly UnderstoodColumn[];
  rows: readonly DraftRow[];
  /** Blank rows are not counted. */
  skipped: readonly Skip[];
}>;

/** What the one who imports knows or corrected: all optional but the date. */
export type ReadingOptions = Readonly<{
  listDate: LocalDate;
  /** Column letters → field, or null = only quote it. */
  columns: Readonly<Record<string, Field | null>>;
  choices: Choices;
}>;

const titlesAbove = (rows: readonly SheetRow[], firstRow: number): Titles => {
  const lines = rows
    .filter((r) => r.number < firstRow)
    .map((r) => [...new Set(r.cells.map((c) => tidy(plainText(c))).filter((t) => t !== ''))].join(' '))
    .filter((t) => t !== '');
  const all = lines.join('\n');
  const number = /[\p{Script=Han}]{1,12}[〔\[(]\d{4}[〕\])]\d{1,4}号/u.exec(all)?.[0] ?? null;
  const day = /(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?/.exec(all);
  const month = day ? null : /(\d{4})年(\d{1,2})月/.exec(all);
  return {
    title: lines[0]?.slice(0, 200) ?? null,
    documentNumber: number,
    date: day ? safeDay(day) : month ? monthEnd(Number(month[1]), Number(month[2])) : null,
    lines,
  };
};
const safeDay = (match: RegExpExecArray): LocalDate | null => {
  try {
    return localDate(`${match[1] ?? ''}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}`);
  } catch {
    return null;
  }
};

const useOf = (column: Column): ColumnUse => {
  if (column.field === null) return column.title === '' ? 'blank' : 'quoted';
  if (STATUS_FIELDS.has(column.field)) return 'status';
  return (['leader', 'person', 'phone', 'assignedOn', 'goal', 'remark', 'team', 'nature'] as readonly Field[]).includes(column.field)
    ? 'quoted'
    : 'read';
};

/** A sheet whose header is known and whose rows can be read one by one, so that a long one needs neither much memory nor one long breath. */
export type OpenedSheet = Omit<UnderstoodSheet, 'rows' | 'skipped'> & Readonly<{ read: () => SheetReading }>;
/** A row with the cells that its first sheet row has. */
export type ReadRow = Readonly<{ draft: DraftRow; cells: readonly CellValue[] }>;

/** Goes through the rows of a sheet, all of them and in order; each row comes back understood as soon as it is complete. */
export class SheetReading {
  private readonly spreader: MergeSpreader;
  private readonly gatherer: RowGatherer;
  private readonly numbers = new Map<string, number>();

  constructor(
    sheet: Pick<Sheet, 'merges'>,
    lastHeader: number,
    private readonly context: RowContext,
    private readonly numberColumn: number | undefined,
  ) {
    this.spreader = new MergeSpreader(sheet.merges);
    this.gatherer = new RowGatherer(lastHeader, context.columns, numberColumn);
  }

  /** Rows left aside so far. */
  get skipped(): readonly Skip[] {
    return this.gatherer.skipped;
  }

  take(row: SheetRow): readonly ReadRow[] {
    return this.spreader.take(row).flatMap((spread) => this.understood(this.gatherer.take(spread)));
  }

  end(): readonly ReadRow[] {
    const below = this.spreader.end().flatMap((spread) => this.understood(this.gatherer.take(spread)));
    return [...below, ...this.understood(this.gatherer.end())];
  }

  private understood(row: GatheredRow | null): readonly ReadRow[] {
    if (row === null) return [];
    const draft = this.withDoubleNumber(understandRow(row, this.context), row.numberSince);
    return [{ draft, cells: row.own }];
  }

  /** The same number at two places that were not merged is somebody's slip: neither may be guessed at. */
  private withDoubleNumber(draft: DraftRow, numberSince: number | null): DraftRow {
    if (draft.number === null || this.numberColumn === undefined) return draft;
    const key = sameNumber(draft.number);
    const at = draft.rows[0] ?? 1;
    const was = this.numbers.get(key);
    if (was === undefined) {
      this.numbers.set(apart(key), at);
      return draft;
    }
    if (numberSince !== null && numberSince <= was) return draft;
    const other = addressOf(was, this.numberColumn);
    return {
      ...draft,
      remarks: [...draft.remarks, remark('number-twice', addressOf(at, this.numberColumn), { number: draft.number, other })],
    };
  }
}

/** A text that is kept for long must not hold on to the larger one that it was cut from. */
const apart = (text: string): string => Buffer.from(text).toString();

/** `sheet` needs its first rows only, but all its merged areas. Null when no header can be found. */
export const openSheet = (sheet: Sheet, options: ReadingOptions, world: World): OpenedSheet | null => {
  const header = findHeader(sheet);
  if (header === null) return null;
  const columns = header.columns.map((c): Column => {
    const corrected = options.columns[c.letters];
    return corrected === undefined || (corrected !== null && !FIELDS.includes(corrected)) ? c : { ...c, field: corrected, confidence: 1 };
  });
  const dates = { listDate: options.listDate, date1904: sheet.date1904 };
  const numberColumn = (columns.find((c) => c.field === 'number') ?? columns.find((c) => c.field === 'serial'))?.index;
  return {
    sheet: sheet.name,
    headerRows: { first: header.firstRow, last: header.lastRow },
    titles: titlesAbove(sheet.rows, header.firstRow),
    columns: columns.map((c) => ({ ...c, use: useOf(c) })),
    read: () => new SheetReading(sheet, header.lastRow, { columns, dates, world, choices: options.choices }, numberColumn),
  };
};

/** Reads one sheet at once; null when no header can be found in it. The same sheet, options and world give the same answer. */
export const understandSheet = (sheet: Sheet, options: ReadingOptions, world: World): UnderstoodSheet | null => {
  const opened = openSheet(sheet, options, world);
  if (opened === null) return null;
  const { read, ...known } = opened;
  const reading = read();
  const rows = [...sheet.rows.flatMap((row) => reading.take(row)), ...reading.end()].map(({ draft }) => draft);
  return { ...known, rows, skipped: reading.skipped };
};
