import { StringDecoder } from 'node:string_decoder';
import { rejectImport } from '../domain/import.errors';
import { HEAD_ROWS, type Merge, type SheetRow } from '../domain/sheet';
import { dateStylesOf } from './cell-styles';
import { LIMITS } from './limits';
import { SheetScanner, type CellContext } from './scan-sheet';
import { SharedStrings } from './shared-strings';
import type { OpenedFile, SheetSource } from './sheet-source';
import { WorkbookParts, type FileSource, type NamedPart } from './workbook-parts';
import { attributeOf, textsWithin } from './xml-text';

const columnNumber = (letters: string): number => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);
const mergeOf = (reference: string): Merge | null => {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return null;
  return { top: Number(match[2]), left: columnNumber(match[1] ?? ''), bottom: Number(match[4]), right: columnNumber(match[3] ?? '') };
};

/** What follows the rows: merged areas and the texts of page margins. */
class TailReader {
  readonly merges: Merge[] = [];
  readonly marginTexts: string[] = [];
  private rest = '';

  take(piece: string): void {
    const text = this.rest + piece;
    let upTo = 0;
    for (const match of text.matchAll(/<(?:\w+:)?mergeCell\s([^>]*)>|<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)</g)) {
      upTo = match.index + match[0].length;
      if (match[2] !== undefined) this.marginTexts.push(textsWithin(`<t>${match[2]}</t>`));
      const merge = match[1] === undefined ? null : mergeOf(attributeOf(match[1], 'ref') ?? '');
      if (merge !== null) this.merges.push(merge);
      if (this.merges.length > LIMITS.merges) rejectImport('file-too-much-inside');
    }
    this.rest = text.slice(Math.max(upTo, text.length - LIMITS.cellCharacters));
  }
}

const ROW_END = Buffer.from('row>');

/**
 * Goes once through a sheet for what must be known before its rows can be understood: the first rows, the merged areas, which stand after
 * the rows, and about how many rows there are.
 */
const headOf = async (
  parts: WorkbookParts,
  { name, hidden, part }: NamedPart,
  context: CellContext,
): Promise<Omit<SheetSource, 'rows'>> => {
  const scanner = new SheetScanner(context);
  const tail = new TailReader();
  const head: SheetRow[] = [];
  const decoders = { head: new StringDecoder('utf8'), tail: new StringDecoder('utf8') };
  let rowCount = 0;
  let before = Buffer.alloc(0);
  let inTail = false;
  for await (const piece of parts.bytes(part)) {
    if (inTail) {
      tail.take(decoders.tail.write(piece));
      continue;
    }
    if (head.length < HEAD_ROWS) head.push(...scanner.take(decoders.head.write(piece)));
    for (let at = piece.indexOf(ROW_END); at >= 0; at = piece.indexOf(ROW_END, at + ROW_END.length)) rowCount += 1;
    const { endOfRows } = scanner;
    const whole = Buffer.concat([before, piece]);
    const end = whole.indexOf(endOfRows);
    inTail = end >= 0 || scanner.isDone;
    if (inTail) tail.take(decoders.tail.write(whole.subarray(Math.max(0, end))));
    before = Buffer.from(whole.subarray(-endOfRows.length));
  }
  if (!inTail) return rejectImport('file-damaged');
  const { merges, marginTexts } = tail;
  return { name, hidden, date1904: context.date1904, head: head.slice(0, HEAD_ROWS), rowCount, merges, marginTexts };
};

async function* rowsOf(parts: WorkbookParts, { part }: NamedPart, context: CellContext): AsyncGenerator<readonly SheetRow[]> {
  const scanner = new SheetScanner(context);
  for await (const piece of parts.text(part)) {
    const rows = scanner.take(piece);
    if (rows.length > 0) yield rows;
    if (scanner.isDone) return;
  }
  // The part ended before its rows did.
  rejectImport('file-damaged');
}

/**
 * All visible and hidden sheets of an .xlsx, row by row: memory holds its texts once, as bytes, and a piece of the sheet being read.
 * `inspectWorkbook` comes first. Rejects with `file-damaged` or `file-too-much-inside`, here and while rows are read.
 */
export const openWorkbook = async (source: FileSource): Promise<OpenedFile> => {
  const parts = await WorkbookParts.open(source);
  try {
    const { sheets: named, date1904, strings, styles } = await parts.contents();
    const context: CellContext = {
      strings: strings === null ? SharedStrings.none : SharedStrings.of(await parts.whole(strings)),
      dateStyles: styles === null ? [] : dateStylesOf((await parts.whole(styles)).toString('utf8')),
      date1904,
    };
    const sheets: SheetSource[] = [];
    for (const one of named) sheets.push({ ...(await headOf(parts, one, context)), rows: () => rowsOf(parts, one, context) });
    return { sheets, close: () => parts.close() };
  } catch (error) {
    parts.close();
    throw error;
  }
};
