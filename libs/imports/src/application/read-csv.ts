import { parse } from 'csv-parse/sync';
import { rejectImport } from '../domain/import.errors';
import type { ReadSheet } from './read-workbook';
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

/** A CSV as a sheet, or its first records only. Rejects with `file-unreadable-text`, `file-damaged`, `sheet-too-many-rows`. */
export const readCsv = (bytes: Buffer, name: string, records = LIMITS.rows + 1): ReadSheet => {
  const text = decodeText(bytes);
  let lines: string[][];
  try {
    lines = parse(text, {
      to: records,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 4 * 1024 * 1024,
    });
  } catch {
    return rejectImport('file-damaged');
  }
  if (lines.length > LIMITS.rows) return rejectImport('sheet-too-many-rows', { max: LIMITS.rows });
  return {
    name,
    hidden: false,
    date1904: false,
    marginTexts: [],
    merges: [],
    rows: lines
      .map((cells, at) => ({ number: at + 1, cells: cells.slice(0, LIMITS.columns).map((c) => (c.trim() === '' ? null : c)) }))
      .filter((row) => row.cells.some((c) => c !== null)),
  };
};
