import type { Column } from './header';
import { plainText, type CellValue, type SheetRow, type SpreadRow } from './sheet';
import { tidy } from './text';
import type { RowCells } from './understand-row';
import { headingOf, isFootnote, isTotal } from './words';

export type Skip = Readonly<{ row: number; because: 'total' | 'footnote' | 'heading' | 'header-again' }>;
/** One logical row with what is needed to judge it and to give it back. */
export type GatheredRow = RowCells &
  Readonly<{
    /** Its first sheet row as it stands in the sheet. */
    own: readonly CellValue[];
    /** Row in which the merged area of its number begins; null where the number is not merged. */
    numberSince: number | null;
  }>;
type Growing = { rows: SheetRow[]; heading: string | null; own: readonly CellValue[]; numberSince: number | null };

const indicesOf = (columns: readonly Column[], ...fields: readonly Column['field'][]): readonly number[] =>
  columns.filter((c) => fields.includes(c.field)).map((c) => c.index);

/** Rows below the header as they pass: headings, totals and footnotes told apart, rows of one merged number put together. */
export class RowGatherer {
  readonly skipped: Skip[] = [];
  private readonly titles: readonly string[];
  private readonly texts: readonly number[];
  private readonly held: readonly number[];
  private readonly apart: readonly number[];
  private heading: string | null = null;
  private growing: Growing | null = null;

  constructor(
    private readonly lastHeader: number,
    columns: readonly Column[],
    private readonly numberColumn: number | undefined,
  ) {
    this.titles = columns.map((c) => c.title);
    this.texts = indicesOf(columns, 'text');
    const numbered = indicesOf(columns, 'number', 'serial');
    this.held = numbered.length > 0 ? numbered : this.texts;
    this.apart = indicesOf(columns, 'subject', 'village', 'town', 'place');
  }

  /** The logical row before, once it is clear that this one does not belong to it. */
  take(row: SpreadRow): GatheredRow | null {
    if (row.number <= this.lastHeader) return null;
    const distinct = distinctTexts(row.cells);
    const [first] = distinct;
    if (first === undefined) return null;
    const because = this.skips(row, first, distinct);
    if (because !== null) {
      this.skipped.push({ row: row.number, because });
      return null;
    }
    if (this.growing !== null && this.belongs(row, this.growing)) {
      this.growing.rows.push(row);
      return null;
    }
    const done = this.growing;
    const areas = row.areas.filter((area) => covers(area, this.numberColumn));
    const numberSince = areas.length === 0 ? null : Math.min(...areas.map((area) => area.top));
    this.growing = { rows: [row], heading: this.heading, own: row.own, numberSince };
    return done;
  }

  end(): GatheredRow | null {
    const done = this.growing;
    this.growing = null;
    return done;
  }

  private skips(row: SheetRow, first: string, distinct: ReadonlySet<string>): Skip['because'] | null {
    if (isTotal(first) || (distinct.size <= FEW && [...distinct].some(isTotal))) return 'total';
    if (this.titles.every((title, i) => tidy(plainText(row.cells[i] ?? null)).replaceAll('\n', '') === title)) return 'header-again';
    if (distinct.size > 1) return null;
    if (isFootnote(first)) return 'footnote';
    const heading = headingOf(first);
    if (heading === null) return null;
    this.heading = heading;
    return 'heading';
  }

  private belongs(row: SpreadRow, { rows }: Growing): boolean {
    const above = rows.at(-1);
    if (above?.number !== row.number - 1 || this.held.length === 0 || row.areas.length === 0) return false;
    const oneMerge = (index: number): boolean => row.areas.some((area) => covers(area, index) && area.top <= above.number);
    const same = (index: number): boolean => plainText(row.cells[index - 1] ?? null) === plainText(above.cells[index - 1] ?? null);
    return this.held.some(oneMerge) && this.texts.every(oneMerge) && this.apart.every(same);
  }
}

const covers = ({ left, right }: Readonly<{ left: number; right: number }>, index: number | undefined): boolean =>
  index !== undefined && left <= index && index <= right;

/** A row with more different texts than this is no total. */
const FEW = 4;
/** The different texts of a row; of a row of many no more than tell that there are many. */
const distinctTexts = (cells: readonly CellValue[]): ReadonlySet<string> => {
  const distinct = new Set<string>();
  for (const cell of cells) {
    if (cell === null) continue;
    const text = tidy(plainText(cell));
    if (text !== '') distinct.add(text);
    if (distinct.size > FEW) break;
  }
  return distinct;
};
