import { localDate, type LocalDate } from '@app/kernel';
import { FIELDS, STATUS_FIELDS, type Field } from './columns';
import { monthEnd } from './dates';
import type { Choices, DraftRow, World } from './draft-row';
import { findHeader, type Column } from './header';
import { remark } from './remarks';
import { sameNumber } from './row-identity';
import { addressOf, plainText, spreadMerges, type Sheet, type SheetRow } from './sheet';
import { tidy } from './text';
import { understandRow, type RowCells } from './understand-row';
import { headingOf, isFootnote, isTotal } from './words';

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
  skipped: readonly Readonly<{ row: number; because: 'total' | 'footnote' | 'heading' | 'header-again' }>[];
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

type Skip = UnderstoodSheet['skipped'][number];

/** Rows below the header: headings, totals and footnotes told apart, rows of one merged number put together. */
const gather = (spread: Sheet, lastHeader: number, columns: readonly Column[]): { rows: readonly RowCells[]; skipped: readonly Skip[] } => {
  const skipped: Skip[] = [];
  const gathered: { rows: { number: number; cells: SheetRow['cells'] }[]; heading: string | null }[] = [];
  const titles = columns.map((c) => c.title).join('|');
  const numbered = columns.filter((c) => c.field === 'number' || c.field === 'serial').map((c) => c.index);
  const texts = columns.filter((c) => c.field === 'text').map((c) => c.index);
  const apart = columns
    .filter((c) => c.field === 'subject' || c.field === 'village' || c.field === 'town' || c.field === 'place')
    .map((c) => c.index);
  const mergeAt = new Map<string, Sheet['merges'][number]>();
  for (const merge of spread.merges) {
    for (const index of [...numbered, ...texts].filter((i) => merge.left <= i && i <= merge.right)) {
      for (let r = merge.top; r <= merge.bottom; r++) mergeAt.set(`${String(r)}:${String(index)}`, merge);
    }
  }
  let heading: string | null = null;
  for (const row of spread.rows) {
    if (row.number <= lastHeader) continue;
    const filled = row.cells.map((c) => tidy(plainText(c)));
    const distinct = new Set(filled.filter((t) => t !== ''));
    const [first] = distinct;
    if (first === undefined) continue;
    if (isTotal(first) || (distinct.size <= 4 && [...distinct].some(isTotal))) skipped.push({ row: row.number, because: 'total' });
    else if (columns.map((_, i) => (filled[i] ?? '').replaceAll('\n', '')).join('|') === titles)
      skipped.push({ row: row.number, because: 'header-again' });
    else if (distinct.size === 1 && isFootnote(first)) skipped.push({ row: row.number, because: 'footnote' });
    else if (distinct.size === 1 && headingOf(first) !== null) {
      heading = headingOf(first);
      skipped.push({ row: row.number, because: 'heading' });
    } else {
      const previous = gathered[gathered.length - 1];
      const above = previous?.rows[previous.rows.length - 1];
      const same = (indices: readonly number[]): boolean =>
        indices.every((i) => plainText(row.cells[i - 1] ?? null) === plainText(above?.cells[i - 1] ?? null));
      const oneMerge = (index: number): boolean => {
        const merge = mergeAt.get(`${String(row.number)}:${String(index)}`);
        return merge !== undefined && merge.top <= (above?.number ?? 0);
      };
      const held = numbered.length > 0 ? numbered : texts;
      if (previous && above?.number === row.number - 1 && held.length > 0 && held.some(oneMerge) && texts.every(oneMerge) && same(apart))
        previous.rows.push(row);
      else gathered.push({ rows: [row], heading });
    }
  }
  return { rows: gathered, skipped };
};

/** The same number at two places that were not merged is somebody's slip: neither may be guessed at. */
const doubleNumbers = (numberColumn: number | undefined, merged: (a: number, b: number) => boolean): ((row: DraftRow) => DraftRow) => {
  const first = new Map<string, number>();
  return (row) => {
    if (row.number === null || numberColumn === undefined) return row;
    const key = sameNumber(row.number);
    const at = row.rows[0] ?? 1;
    const was = first.get(key);
    if (was === undefined) {
      first.set(key, at);
      return row;
    }
    if (merged(was, at)) return row;
    const other = addressOf(was, numberColumn);
    return { ...row, remarks: [...row.remarks, remark('number-twice', addressOf(at, numberColumn), { number: row.number, other })] };
  };
};

/** A sheet whose header is known and whose rows are read one by one, so that a long one can be read with pauses. */
export type OpenedSheet = Omit<UnderstoodSheet, 'rows'> & Readonly<{ rowCount: number; rows: () => Generator<DraftRow> }>;

/** Null when no header can be found. */
export const openSheet = (sheet: Sheet, options: ReadingOptions, world: World): OpenedSheet | null => {
  const header = findHeader(sheet);
  if (header === null) return null;
  const columns = header.columns.map((c): Column => {
    const corrected = options.columns[c.letters];
    return corrected === undefined || (corrected !== null && !FIELDS.includes(corrected)) ? c : { ...c, field: corrected, confidence: 1 };
  });
  const spread = spreadMerges(sheet);
  const { rows: gathered, skipped } = gather(spread, header.lastRow, columns);
  const dates = { listDate: options.listDate, date1904: sheet.date1904 };
  const numberColumn = (columns.find((c) => c.field === 'number') ?? columns.find((c) => c.field === 'serial'))?.index;
  const merged = (a: number, b: number): boolean =>
    sheet.merges.some(
      (m) => numberColumn !== undefined && m.left <= numberColumn && numberColumn <= m.right && m.top <= a && b <= m.bottom,
    );
  return {
    sheet: sheet.name,
    headerRows: { first: header.firstRow, last: header.lastRow },
    titles: titlesAbove(sheet.rows, header.firstRow),
    columns: columns.map((c) => ({ ...c, use: useOf(c) })),
    skipped,
    rowCount: gathered.length,
    rows: function* () {
      const checked = doubleNumbers(numberColumn, merged);
      for (const row of gathered) yield checked(understandRow(row, { columns, dates, world, choices: options.choices }));
    },
  };
};

/** Reads one sheet at once; null when no header can be found in it. The same sheet, options and world give the same answer. */
export const understandSheet = (sheet: Sheet, options: ReadingOptions, world: World): UnderstoodSheet | null => {
  const opened = openSheet(sheet, options, world);
  if (opened === null) return null;
  const { sheet: name, headerRows, titles, columns, skipped, rows } = opened;
  return { sheet: name, headerRows, titles, columns, skipped, rows: [...rows()] };
};
