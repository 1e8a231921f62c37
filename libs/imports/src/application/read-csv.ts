import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { rejectImport } from '../domain/import.errors';
import { HEAD_ROWS, type SheetRow } from '../domain/sheet';
import type { SheetSource } from './sheet-source';
import { LIMITS } from './limits';

const decode = (bytes: Buffer, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** UTF-8 with or without its mark, UTF-16 with its mark ("Unicode 文本"), else GB18030, which contains GBK and GB2312. */
export const decodeText = (bytes: Buffer): string => {
  const mark = bytes.subarray(0, 2).toString('latin1');
  const text =
    mark === '\xff\xfe'
      ? decode(bytes, 'utf-16le')
      : mark === '\xfe\xff'
        ? decode(bytes, 'utf-16be')
        : (decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030'));
  if (text === null || /[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 65_536))) return rejectImport('file-unreadable-text');
  return text.replace(/^\uFEFF/, '');
};

/** The separator that occurs most often outside quotes in the first lines; full-width commas belong to the text. */
export const delimiterOf = (text: string): string => {
  const head = text
    .split(/\r?\n/, 20)
    .join('\n')
    .replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => head.split(delimiter).length;
  return [',', '\t', ';', '|'].reduce((best, d) => (count(d) > count(best) ? d : best));
};

const OPTIONS = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  max_record_size: 4 * 1024 * 1024,
} as const;
const SLICE = 256 * 1024;
const BATCH = 500;

const rowOf = (cells: readonly string[], at: number): SheetRow | null => {
  const kept = cells.slice(0, LIMITS.columns).map((cell) => (cell.trim() === '' ? null : cell));
  return kept.some((cell) => cell !== null) ? { number: at + 1, cells: kept } : null;
};

function* slicesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE) yield text.slice(at, at + SLICE);
}

async function* rowsOf(text: string): AsyncGenerator<readonly SheetRow[]> {
  const records = Readable.from(slicesOf(text)).pipe(parse({ ...OPTIONS, delimiter: delimiterOf(text) }));
  let batch: SheetRow[] = [];
  let at = 0;
  for await (const cells of records as AsyncIterable<string[]>) {
    const row = rowOf(cells, at);
    at += 1;
    if (row !== null) batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** A CSV as a sheet. Rejects with `file-unreadable-text` or `file-damaged`. */
export const openCsv = (bytes: Buffer, name: string): SheetSource => {
  const text = decodeText(bytes);
  let first: string[][];
  try {
    first = parseAtOnce(text, { ...OPTIONS, delimiter: delimiterOf(text), to: HEAD_ROWS });
  } catch {
    return rejectImport('file-damaged');
  }
  return {
    name,
    hidden: false,
    date1904: false,
    marginTexts: [],
    merges: [],
    head: first.map(rowOf).filter((row) => row !== null),
    rowCount: text.split('\n').length,
    rows: () => rowsOf(text),
  };
};
