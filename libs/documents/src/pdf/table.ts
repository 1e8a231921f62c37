import type { DocumentColumn } from '../official-document';
import { AREA, BLACK, SIZE } from './geometry';
import type { Align, Sheet, Style } from './sheet';
import { linesOf } from './typesetting';

const CELL: Style = { size: SIZE.table };
const HEADER: Style = { size: SIZE.table, face: 'sans' };
const PITCH = SIZE.table * 1.5;
const PAD = { x: 4, y: 4 } as const;
const RULE = 0.5;
/** Below text and above it. */
export const TABLE_GAP = 8;

type Cell = Readonly<{ lines: readonly string[]; style: Style; align: Align; left: number; width: number }>;
export type TableColumn = Readonly<{ width: number; align: Align; style?: Style }>;

const placed = (columns: readonly TableColumn[]): readonly (TableColumn & Readonly<{ left: number }>)[] => {
  const shares = columns.reduce((sum, { width }) => sum + width, 0);
  let left: number = AREA.left;
  return columns.map((column) => {
    const width = (column.width / shares) * AREA.width;
    const at = { ...column, left, width };
    left += width;
    return at;
  });
};

const cellsOf = (sheet: Sheet, columns: readonly TableColumn[], texts: readonly string[], style?: Style, align?: Align): readonly Cell[] =>
  placed(columns).map(({ left, width, ...column }, at) => {
    const own = style ?? column.style ?? CELL;
    const lines = linesOf(sheet.shown(texts[at] ?? ''), width - 2 * PAD.x, sheet.measure(own)).map(({ text }) => text);
    return { lines, style: own, align: align ?? column.align, left, width };
  });

const lineCount = (cells: readonly Cell[]): number => Math.max(1, ...cells.map(({ lines }) => lines.length));
const heightOf = (lines: number): number => lines * PITCH + 2 * PAD.y;

/** A row, or the lines of it from `from` on that fit on the page: → those drawn. */
const drawPart = (sheet: Sheet, cells: readonly Cell[], from: number, count: number): void => {
  const height = heightOf(count);
  const { pdf } = sheet;
  for (const { lines, style, align, left, width } of cells) {
    pdf.lineWidth(RULE).strokeColor(BLACK).rect(left, sheet.y, width, height).stroke();
    const shown = lines.slice(from, from + count);
    // A short cell stands in the middle of a row that is in one piece.
    const lower = from === 0 && lines.length <= count ? ((count - lines.length) * PITCH) / 2 : 0;
    shown.forEach((text, at) => {
      const y = sheet.y + PAD.y + lower + at * PITCH + (PITCH - style.size) / 2;
      sheet.place(text, y, style, align, left + PAD.x, width - 2 * PAD.x);
    });
  }
  sheet.y += height;
};

/** A row stays in one piece where a page can hold it; the header comes again on every page. */
export const drawTable = (
  sheet: Sheet,
  columns: readonly TableColumn[],
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
): void => {
  const top = header === null ? null : cellsOf(sheet, columns, header, HEADER, 'center');
  const topHeight = top === null ? 0 : heightOf(lineCount(top));
  const drawTop = (): void => {
    if (top !== null) drawPart(sheet, top, 0, lineCount(top));
  };
  const wholePage = AREA.height - topHeight;
  const startOf = (cells: readonly Cell[]): number => Math.min(heightOf(lineCount(cells)), wholePage);
  const all = rows.map((texts) => cellsOf(sheet, columns, texts));
  sheet.y += TABLE_GAP - PAD.y;
  const [first] = all;
  sheet.need(topHeight + (first === undefined ? 0 : startOf(first)));
  drawTop();
  for (const cells of all) {
    const count = lineCount(cells);
    if (startOf(cells) > sheet.room + 0.1) {
      sheet.nextPage();
      drawTop();
    }
    let drawn = 0;
    while (drawn < count) {
      const fitting = Math.max(1, Math.floor((sheet.room - 2 * PAD.y + 0.1) / PITCH));
      const part = Math.min(count - drawn, fitting);
      drawPart(sheet, cells, drawn, part);
      drawn += part;
      if (drawn < count) {
        sheet.nextPage();
        drawTop();
      }
    }
  }
  sheet.y += TABLE_GAP + PAD.y;
};

export const columnsOf = (columns: readonly DocumentColumn[]): readonly TableColumn[] =>
  columns.map(({ width, align = 'left' }) => ({ width, align }));

/** Names to the left in the heavier face, what they are to the right. */
export const FACTS: readonly TableColumn[] = [
  { width: 22, align: 'center', style: HEADER },
  { width: 78, align: 'left' },
];
