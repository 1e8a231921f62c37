import { rejectImport } from '../domain/import.errors';
import { plainText } from '../domain/sheet';
import { inspectWorkbook } from './inspect-workbook';
import { readCsv } from './read-csv';
import { readWorkbook, type ReadSheet } from './read-workbook';
import { sniff, type FileKind } from './sniff';

/** True when a text bears a mark of secrecy (R39). */
export type BearsSecrecyMark = (text: string) => boolean;

const FIRST_ROWS = 15;

/**
 * Everything that can be refused within a second: type, encryption, what is inside, marks of secrecy in the name of the file, of the
 * sheets and in what stands first. The file may be kept only after this has passed.
 */
export const admitFile = async (bytes: Buffer, fileName: string, secret: BearsSecrecyMark): Promise<FileKind> => {
  if (secret(fileName)) return rejectImport('file-secret');
  const kind = sniff(bytes, fileName);
  if (kind === 'csv') {
    refuseSecret([readCsv(bytes, fileName, FIRST_ROWS)], secret);
    return kind;
  }
  const facts = await inspectWorkbook(bytes);
  return [...facts.sheetNames, ...facts.earlyTexts].some(secret) ? rejectImport('file-secret') : kind;
};

const refuseSecret = (sheets: readonly ReadSheet[], secret: BearsSecrecyMark): void => {
  for (const sheet of sheets) {
    const early = sheet.rows.slice(0, FIRST_ROWS).flatMap((row) => row.cells.map(plainText));
    if ([sheet.name, ...sheet.marginTexts, ...early].some(secret)) rejectImport('file-secret');
  }
};

/** The sheets of an admitted file, visible ones first. Rejects as the readers do, and with `file-secret` when a mark is found now. */
export const openFile = async (
  bytes: Buffer,
  fileName: string,
  kind: FileKind,
  secret: BearsSecrecyMark,
  signal?: AbortSignal,
): Promise<readonly ReadSheet[]> => {
  const sheets = kind === 'csv' ? [readCsv(bytes, fileName)] : await readWorkbook(bytes, signal);
  refuseSecret(sheets, secret);
  return [...sheets.filter((s) => !s.hidden), ...sheets.filter((s) => s.hidden)];
};
