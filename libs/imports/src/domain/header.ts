import { understandTitle, type Field, type Understanding } from './columns';
import { columnLetters, plainText, spreadHead, type Sheet, type SheetRow } from './sheet';
import { tidy } from './text';

export type Column = Understanding &
  Readonly<{
    /** 1-based. */
    index: number;
    letters: string;
    /** As written; a two-row header reads `group / title`. */
    title: string;
  }>;
export type Header = Readonly<{ firstRow: number; lastRow: number; columns: readonly Column[] }>;

const SEARCHED_ROWS = 40;
const textsOf = (row: SheetRow): readonly string[] => row.cells.map((cell) => tidy(plainText(cell)));

/** Distinct fields named in a row: merged titles count once, sentences do not count. */
const fieldsIn = (row: SheetRow): ReadonlySet<Field> => {
  const found = new Set<Field>();
  for (const title of new Set(textsOf(row))) {
    const { field, confidence } = understandTitle(title);
    if (field !== null && confidence === 1) found.add(field);
  }
  return found;
};

/** A row of column titles: several known ones, and hardly anything a title cannot be. */
const looksLikeTitles = (row: SheetRow): boolean => {
  const texts = textsOf(row).filter((t) => t !== '');
  return texts.length > 0 && texts.every((t) => t.length <= 24 && !/^[\d./-]+$/.test(t)) && row.cells.every((c) => typeof c !== 'number');
};

/** The better-known titles may stand in the second row: the header begins where their groups do. */
const topOfHeader = (sheet: Sheet, rows: ReadonlyMap<number, SheetRow>, row: number): number => {
  const above = rows.get(row - 1);
  if (above === undefined || !looksLikeTitles(above)) return row;
  const reaches = sheet.merges.some(
    (m) => m.top === row - 1 && m.bottom >= row && understandTitle(tidy(plainText(above.cells[m.left - 1] ?? null))).field !== null,
  );
  return reaches || fieldsIn(above).size >= 2 ? row - 1 : row;
};

/** How far down the header reaches: by merges of the top row, else by a second row of titles below its gaps. */
const lastHeaderRow = (sheet: Sheet, rows: ReadonlyMap<number, SheetRow>, top: number): number => {
  const merged = sheet.merges.filter((m) => m.top === top);
  const deepest = Math.max(top, ...merged.map((m) => Math.min(m.bottom, top + 2)));
  if (deepest > top) return deepest;
  const next = rows.get(top + 1);
  const head = rows.get(top);
  if (next === undefined || head === undefined || !looksLikeTitles(next)) return top;
  const groups = merged.some((m) => m.right > m.left) || textsOf(head).some((t, i) => t === '' && (textsOf(next)[i] ?? '') !== '');
  return groups && [...textsOf(next)].some((t) => understandTitle(t).confidence === 1) ? top + 1 : top;
};

const understandColumn = (titles: readonly string[]): Understanding => {
  const own = titles[titles.length - 1] ?? '';
  const group = titles[0] ?? '';
  const ownWay = understandTitle(own);
  if (titles.length < 2) return ownWay;
  const groupWay = understandTitle(group);
  // 责任单位 over 镇街 | 部门: the group says what the column is for, its parts only who.
  if ((groupWay.field === 'responsible' || groupWay.field === 'lead' || groupWay.field === 'assisting') && ownWay.confidence < 1)
    return groupWay;
  if (groupWay.field === 'responsible' && ['town', 'village', 'responsible', 'place'].includes(ownWay.field ?? '')) return groupWay;
  if (ownWay.confidence === 1) return ownWay;
  const together = understandTitle(group + own);
  return [together, ownWay, groupWay].reduce((best, way) => (way.confidence > best.confidence ? way : best));
};

/** Finds the header, below any title rows; null when no row names the problem and at least one thing more. */
export const findHeader = (whole: Sheet): Header | null => {
  const sheet = spreadHead(whole);
  const rows = new Map(sheet.rows.map((row) => [row.number, row]));
  let best: { row: number; score: number } | null = null;
  for (const row of sheet.rows.slice(0, SEARCHED_ROWS)) {
    const fields = fieldsIn(row);
    const below = rows.get(row.number + 1);
    const both = below && looksLikeTitles(below) ? new Set([...fields, ...fieldsIn(below)]) : fields;
    const score = fields.size >= 2 && both.has('text') ? fields.size : 0;
    if (score > (best?.score ?? 0) && looksLikeTitles(row)) best = { row: row.number, score };
  }
  if (best === null) return null;
  const firstRow = topOfHeader(sheet, rows, best.row);
  const lastRow = lastHeaderRow(sheet, rows, firstRow);
  const lines = Array.from({ length: lastRow - firstRow + 1 }, (_, i) => {
    const row = rows.get(firstRow + i);
    return row ? textsOf(row) : [];
  });
  const merged = lines.length > 1 && !sheet.merges.some((m) => m.top === firstRow && m.right > m.left);
  const width = Math.max(...lines.map((line) => line.length));
  let carried = '';
  const columns: Column[] = [];
  for (let i = 0; i < width; i++) {
    const stack = lines.map((line) => line[i] ?? '');
    // A CSV has lost its merges: a blank above a second title belongs to the group on its left.
    if (stack[0] !== '') carried = stack[0] ?? '';
    else if (merged && stack.slice(1).some((t) => t !== '')) stack[0] = carried;
    const titles = stack.filter((t, at) => t !== '' && t !== stack[at - 1]);
    columns.push({
      index: i + 1,
      letters: columnLetters(i + 1),
      title: titles.join(' / ').replaceAll('\n', ''),
      ...understandColumn(titles),
    });
  }
  return { firstRow, lastRow, columns: withoutDoubles(columns) };
};

/** Columns that may be there more than once; of all others the surest, else the first, keeps the field. */
const MANY: ReadonlySet<Field> = new Set<Field>([
  'responsible',
  'assisting',
  'lead',
  'remark',
  'measure',
  'progress',
  'evidence',
  'person',
  'phone',
  'leader',
]);
const withoutDoubles = (columns: readonly Column[]): readonly Column[] => {
  const holder = new Map<Field, Column>();
  for (const column of columns) {
    if (column.field === null || MANY.has(column.field)) continue;
    const held = holder.get(column.field);
    if (held === undefined || column.confidence > held.confidence) holder.set(column.field, column);
  }
  return columns.map((c) =>
    c.field === null || MANY.has(c.field) || holder.get(c.field) === c ? c : { ...c, field: null, confidence: 0 },
  );
};
