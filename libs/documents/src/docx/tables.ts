import { type Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType, type ITableCellOptions } from 'docx';
import { AREA_TWIPS, fontOf, line, SIZE } from './parts';

type Align = 'left' | 'center' | 'right';
export type Column = Readonly<{ width: number; align: Align; header?: boolean }>;

const CELL_LINE = 18 * 20;
const HEADER_RUN = { size: SIZE.table, font: fontOf('黑体') };
const CELL_RUN = { size: SIZE.table };
// The words of the package's own lists: read when this file is, they would load the package at every start.
const THIN = { style: 'single', size: 4, color: '000000' } as const;
const GRID = { top: THIN, bottom: THIN, left: THIN, right: THIN, insideHorizontal: THIN, insideVertical: THIN };
const NO = { style: 'none', size: 0, color: 'auto' } as const;
const NO_GRID = { top: NO, bottom: NO, left: NO, right: NO, insideHorizontal: NO, insideVertical: NO };

const widthsOf = (columns: readonly Readonly<{ width: number }>[]): readonly number[] => {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  return columns.map(({ width }) => Math.round((width / total) * AREA_TWIPS));
};

const cell = (text: string, width: number, align: Align, header: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { left: 80, right: 80, top: 60, bottom: 60 },
    children: [line(text, { run: header ? HEADER_RUN : CELL_RUN, align, pitch: CELL_LINE })],
  });

/** Between rules; the header comes again on every page, rows stay in one piece. `height` in twips: room to write by hand. */
export const ruledTable = (
  columns: readonly Column[],
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  height?: number,
): readonly (Table | Paragraph)[] => {
  const widths = widthsOf(columns);
  const rowOf = (texts: readonly string[], top: boolean): TableRow =>
    new TableRow({
      cantSplit: true,
      tableHeader: top,
      ...(height === undefined ? {} : { height: { value: height, rule: 'atLeast' } }),
      children: columns.map(({ align, header: heavy = false }, at) =>
        cell(texts[at] ?? '', widths[at] ?? 0, top ? 'center' : align, top || heavy),
      ),
    });
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: AREA_TWIPS, type: WidthType.DXA },
    columnWidths: widths,
    borders: GRID,
    rows: [...(header === null ? [] : [rowOf(header, true)]), ...rows.map((texts) => rowOf(texts, false))],
  });
  // Two tables without a paragraph between them would be one.
  return [table, line('', { pitch: 160 })];
};

/** Things side by side, without rules. */
export const sideBySide = (cells: readonly Readonly<{ width: number; children: ITableCellOptions['children'] }>[]): Table => {
  const widths = widthsOf(cells);
  const children = cells.map(
    (each, at) =>
      new TableCell({
        children: each.children,
        width: { size: widths[at] ?? 0, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.BOTTOM,
        margins: { left: 0, right: 0, top: 0, bottom: 0 },
      }),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: AREA_TWIPS, type: WidthType.DXA },
    columnWidths: widths,
    borders: NO_GRID,
    alignment: 'left',
    rows: [new TableRow({ cantSplit: true, children })],
  });
};
