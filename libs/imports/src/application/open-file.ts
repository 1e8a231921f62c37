import { readFile } from 'node:fs/promises';
import { rejectImport } from '../domain/import.errors';
import { plainText, type SheetRow } from '../domain/sheet';
import { inspectWorkbook } from './inspect-workbook';
import { LIMITS } from './limits';
import { openCsv } from './read-csv';
import { asRefusal, type OpenedFile, type ReadSheet, type SheetSource } from './sheet-source';
import { sniff, type FileKind } from './sniff';
import { openWorkbook } from './workbook-file';
import type { FileSource } from './workbook-parts';

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
    refuseSecret([openCsv(bytes, fileName)], secret);
    return kind;
  }
  const facts = await inspectWorkbook(bytes);
  return [...facts.sheetNames, ...facts.earlyTexts].some(secret) ? rejectImport('file-secret') : kind;
};

const refuseSecret = (sheets: readonly SheetSource[], secret: BearsSecrecyMark): void => {
  for (const sheet of sheets) {
    const early = sheet.head.slice(0, FIRST_ROWS).flatMap((row) => row.cells.map(plainText));
    if ([sheet.name, ...sheet.marginTexts, ...early].some(secret)) rejectImport('file-secret');
  }
};

/**
 * The sheets of an admitted file, visible ones first; rows are read when they are asked for. `file` is its path or its bytes.
 * Rejects as the readers do, and with `file-secret` when a mark is found now. Whoever opens it closes it.
 */
export const openAdmitted = async (file: FileSource, fileName: string, kind: FileKind, secret: BearsSecrecyMark): Promise<OpenedFile> => {
  const opened: OpenedFile =
    kind === 'csv'
      ? { sheets: [openCsv(typeof file === 'string' ? await readFile(file) : file, fileName)], close: () => undefined }
      : await openWorkbook(file).catch(asRefusal);
  try {
    refuseSecret(opened.sheets, secret);
  } catch (error) {
    opened.close();
    throw error;
  }
  const { sheets, close } = opened;
  return { sheets: [...sheets.filter((s) => !s.hidden), ...sheets.filter((s) => s.hidden)], close };
};

/**
 * All sheets with all their rows, for files that are small by what they are. Errors: as `openAdmitted`, and `sheet-too-many-rows`;
 * aborts with the signal.
 */
export const openFile = async (
  file: FileSource,
  fileName: string,
  kind: FileKind,
  secret: BearsSecrecyMark,
  signal?: AbortSignal,
): Promise<readonly ReadSheet[]> => {
  const { sheets, close } = await openAdmitted(file, fileName, kind, secret);
  try {
    const read: ReadSheet[] = [];
    for (const { rows: rowsOf, head: _head, rowCount: _count, ...known } of sheets) {
      const rows: SheetRow[] = [];
      for await (const some of rowsOf()) {
        signal?.throwIfAborted();
        rows.push(...some);
        if (rows.length > LIMITS.rows + LIMITS.otherRows) rejectImport('sheet-too-many-rows', { max: LIMITS.rows });
      }
      read.push({ ...known, rows });
    }
    return read;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return asRefusal(error);
  } finally {
    close();
  }
};
