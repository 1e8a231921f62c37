import type { LocalDate } from '@app/kernel';
import { rejectImport } from '../domain/import.errors';
import type { CellValue, SheetRow } from '../domain/sheet';
import { LIMITS } from './limits';
import type { SharedStrings } from './shared-strings';
import { attributeOf, plainXml, textsWithin, unescapeCellText } from './xml-text';

/** What the cells of a sheet refer to. */
export type CellContext = Readonly<{ strings: SharedStrings; dateStyles: readonly boolean[]; date1904: boolean }>;

const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
const DAY_MS = 86_400_000;
const [QUOTE, APOSTROPHE, SLASH, SPACE, GT] = [34, 39, 47, 32, 62] as const;
const [R, S, T] = [114, 115, 116] as const;

const dayOf = (serial: number, date1904: boolean): CellValue => {
  const ms = Math.round((serial - (date1904 ? EPOCH_1904 : EPOCH_1900)) * DAY_MS) + 500;
  return Math.abs(ms) <= 8.64e15 ? { day: new Date(ms).toISOString().slice(0, 10) as LocalDate } : { error: '#DATE' };
};
/** Cuts what no spreadsheet can hold. */
const limited = (text: string): string => (text.length > LIMITS.cellCharacters ? text.slice(0, LIMITS.cellCharacters) : text);
const isBlank = (value: CellValue | undefined): boolean => value === null || value === undefined || value === '';

/** `row` with the prefix that this sheet's tags bear. */
const tagsOf = (prefix: string) => ({
  row: `<${prefix}row`,
  rowEnd: `</${prefix}row>`,
  data: `<${prefix}sheetData`,
  dataEnd: `</${prefix}sheetData`,
  cell: `<${prefix}c`,
  cellEnd: `</${prefix}c>`,
  value: `<${prefix}v>`,
});

/**
 * Reads the rows out of the XML of a sheet, piece by piece as it is unpacked, and holds no more than the row that is not complete yet.
 * Knows the few tags that a sheet's data is made of, no document type, and no entities but the five of XML. Blank rows are left out;
 * rows and cells stand where they say they do, and in order. Errors: `file-damaged`, `file-too-much-inside`.
 */
export class SheetScanner {
  private rest = '';
  private phase: 'before' | 'rows' | 'after' = 'before';
  private tags = tagsOf('');
  private last = 0;

  constructor(private readonly context: CellContext) {}

  /** True once all rows have passed. */
  get isDone(): boolean {
    return this.phase === 'after';
  }

  /** The tag that ends the rows, once the first row has passed. */
  get endOfRows(): string {
    return this.tags.dataEnd;
  }

  /** Rows that are complete with this piece. */
  take(piece: string): readonly SheetRow[] {
    if (this.isDone) return [];
    let text = plainXml(this.rest === '' ? piece : this.rest + piece);
    // A comment that has not ended yet.
    const open = text.indexOf('<!');
    const later = open < 0 ? '' : text.slice(open);
    if (open >= 0) text = text.slice(0, open);
    const rows: SheetRow[] = [];
    const upTo = this.scan(text, rows);
    this.rest = this.isDone ? '' : text.slice(upTo) + later;
    if (this.rest.length > LIMITS.rowCharacters) return rejectImport('file-too-much-inside');
    return rows;
  }

  private scan(text: string, rows: SheetRow[]): number {
    let at = this.phase === 'before' ? this.begin(text) : 0;
    while (this.phase === 'rows') {
      const { row, rowEnd, dataEnd } = this.tags;
      const lt = text.indexOf('<', at);
      if (lt < 0 || text.length - lt < dataEnd.length) return at;
      if (text.startsWith(dataEnd, lt)) {
        this.phase = 'after';
        break;
      }
      if (!text.startsWith(row, lt)) return rejectImport('file-damaged');
      const gt = text.indexOf('>', lt);
      if (gt < 0) return lt;
      if (text.charCodeAt(gt - 1) === SLASH) {
        this.number(text.slice(lt + row.length, gt - 1));
        at = gt + 1;
        continue;
      }
      const end = text.indexOf(rowEnd, gt);
      if (end < 0) return lt;
      const number = this.number(text.slice(lt + row.length, gt));
      const cells = this.cells(text, gt + 1, end);
      if (!cells.every(isBlank)) rows.push({ number, cells });
      at = end + rowEnd.length;
    }
    return at;
  }

  /** Up to where the rows begin. */
  private begin(text: string): number {
    const root = /<((?:\w+:)?)worksheet[\s>]/.exec(text);
    if (root === null) return 0;
    this.tags = tagsOf(root[1] ?? '');
    const data = text.indexOf(this.tags.data, root.index);
    const gt = data < 0 ? -1 : text.indexOf('>', data);
    if (gt < 0) return root.index;
    this.phase = text.charCodeAt(gt - 1) === SLASH ? 'after' : 'rows';
    return gt + 1;
  }

  private number(tag: string): number {
    const stated = attributeOf(tag, 'r');
    const number = stated === null ? this.last + 1 : Number(stated);
    // A row out of order would put every address wrong.
    if (!Number.isInteger(number) || number <= this.last) return rejectImport('file-damaged');
    this.last = number;
    return number;
  }

  private cells(text: string, from: number, end: number): CellValue[] {
    const { cell, cellEnd } = this.tags;
    const cells: CellValue[] = [];
    let column = 0;
    for (let at = text.indexOf('<', from); at < end; at = text.indexOf('<', at)) {
      const gt = text.indexOf('>', at);
      const next = text.charCodeAt(at + cell.length);
      if (!text.startsWith(cell, at) || (next !== SPACE && next !== GT && next !== SLASH && next > SPACE)) {
        at = gt + 1;
        continue;
      }
      let style = 0;
      let type = '';
      let stated = 0;
      for (let p = at + cell.length; p < gt;) {
        const equals = text.indexOf('=', p);
        if (equals < 0 || equals > gt) break;
        const quote = text.charCodeAt(equals + 1);
        if (quote !== QUOTE && quote !== APOSTROPHE) return rejectImport('file-damaged');
        const close = text.indexOf(quote === QUOTE ? '"' : "'", equals + 2);
        if (close < 0 || close > gt) return rejectImport('file-damaged');
        if (text.charCodeAt(equals - 2) <= SPACE) {
          const name = text.charCodeAt(equals - 1);
          if (name === R) stated = columnOf(text, equals + 2, close);
          else if (name === S) style = Number(text.slice(equals + 2, close));
          else if (name === T) type = text.slice(equals + 2, close);
        }
        p = close + 1;
      }
      if (stated > 0 && stated <= column) return rejectImport('file-damaged');
      column = stated > 0 ? stated : column + 1;
      if (text.charCodeAt(gt - 1) === SLASH) {
        at = gt + 1;
        continue;
      }
      const close = text.indexOf(cellEnd, gt);
      if (close < 0 || close > end) return rejectImport('file-damaged');
      if (column <= LIMITS.columns) {
        while (cells.length < column - 1) cells.push(null);
        cells.push(this.value(text, gt + 1, close, type, style));
      }
      at = close + cellEnd.length;
    }
    return cells;
  }

  private value(text: string, from: number, end: number, type: string, style: number): CellValue {
    const { value } = this.tags;
    if (text.startsWith(value, from)) {
      const start = from + value.length;
      return this.typed(text.slice(start, text.indexOf('<', start)), type, style);
    }
    // A formula, a text of its own, or tags written in some other way.
    const inside = text.slice(from, end);
    if (type === 'inlineStr') return limited(textsWithin(inside));
    const held = /<(?:\w+:)?v(?:\s[^>]*)?(?:\/>|>([^<]*)<)/.exec(inside);
    // A formula stands for its last result; one that was never computed is refused rather than guessed.
    if (held === null) return /<(?:\w+:)?f[\s>/]/.test(inside) ? { error: '#FORMULA' } : null;
    return this.typed(held[1] ?? '', type, style);
  }

  private typed(written: string, type: string, style: number): CellValue {
    const { strings, dateStyles, date1904 } = this.context;
    switch (type) {
      case 's': {
        const text = strings.get(Number(written));
        return text === undefined ? rejectImport('file-damaged') : limited(text);
      }
      case 'str':
      case 'inlineStr':
        return limited(unescapeCellText(written));
      case 'b':
        return Number(written) === 0 ? '否' : '是';
      case 'e':
        return { error: written };
      case 'd':
        return /^\d{4}-\d\d-\d\d/.test(written) ? { day: written.slice(0, 10) as LocalDate } : written;
      default: {
        if (written === '') return null;
        const number = Number(written);
        if (!Number.isFinite(number)) return { error: '#NUM!' };
        return dateStyles[style] === true ? dayOf(number, date1904) : number;
      }
    }
  }
}

/** Of an address like `AB12`; 0 when it is none. */
const columnOf = (text: string, from: number, to: number): number => {
  let column = 0;
  for (let at = from; at < to; at += 1) {
    const letter = text.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) return column;
    column = column * 26 + letter - 64;
  }
  return 0;
};
