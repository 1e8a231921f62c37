import type { Entry, ZipFile } from 'yauzl';
import { rejectImport } from '../domain/import.errors';
import { LIMITS } from './limits';
import { openZip, unpacked } from './workbook-parts';
import { unescapeXml } from './xml-text';

/** What is known of a workbook before any parser sees it. */
export type WorkbookFacts = Readonly<{
  sheetNames: readonly string[];
  /** Cell texts near the start, headers and footers, document properties: where marks of secrecy stand. */
  earlyTexts: readonly string[];
}>;

const EARLY_BYTES = 128 * 1024;
const unescape = (xml: string): string => unescapeXml(xml.replace(/<[^>]*>/g, ''));

const columnNumber = (letters: string): number => [...letters.toUpperCase()].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);
/** Cells in `A1:C3`; whole rows or columns count as too many. */
const areaOf = (reference: string): number => {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (!match) return /^\$?[A-Z]{1,3}\$?\d{1,7}$/i.test(reference) ? 1 : Number.POSITIVE_INFINITY;
  const width = columnNumber(match[3] ?? '') - columnNumber(match[1] ?? '') + 1;
  return width * (Number(match[4]) - Number(match[2]) + 1);
};

/** What is looked for may lie across two pieces of a part. */
const CARRY = 512;
/** Page margins stand at the very end of a sheet. */
const TAIL = 8_192;

/** Cells in the merged areas that are complete in this piece, and up to where it has been looked through. */
const mergesIn = (part: Buffer): Readonly<{ cells: number; upTo: number }> => {
  let cells = 0;
  let upTo = 0;
  for (let at = part.indexOf('<mergeCell '); at >= 0; at = part.indexOf('<mergeCell ', upTo)) {
    const end = part.indexOf('>', at);
    if (end < 0) break;
    cells += areaOf(/ref="([^"]*)"/.exec(part.toString('latin1', at, end))?.[1] ?? '');
    upTo = end;
  }
  return { cells, upTo };
};

type Scan = { bytes: number; merged: number; early: string[] };

/** Unpacks one part to nowhere, counting what really comes out: the sizes written in the archive may lie. */
const scanEntry = async (zip: ZipFile, entry: Entry, scan: Scan): Promise<void> => {
  const isXml = /\.(xml|rels)$/i.test(entry.fileName);
  const isSheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(entry.fileName);
  const wanted = isSheet || /^(xl\/sharedStrings\.xml|xl\/workbook\.xml|docProps\/(core|app|custom)\.xml)$/i.test(entry.fileName);
  let out = 0;
  let last: Buffer = Buffer.alloc(0);
  let carry: Buffer = Buffer.alloc(0);
  const head: Buffer[] = [];
  let headBytes = 0;
  for await (const chunk of unpacked(zip, entry)) {
    out += chunk.length;
    scan.bytes += chunk.length;
    const tooDense = out > 1024 * 1024 && out > entry.compressedSize * LIMITS.ratio;
    if (scan.bytes > LIMITS.unpackedBytes || tooDense) return rejectImport('file-too-much-inside');
    if (!isXml) continue;
    const part = Buffer.concat([carry, chunk]);
    // Spreadsheets need no document type; entities are how such files read what is not theirs or grow without end.
    if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY')) return rejectImport('file-damaged');
    const merges = isSheet ? mergesIn(part) : null;
    scan.merged += merges?.cells ?? 0;
    if (scan.merged > LIMITS.mergedCells) return rejectImport('file-too-much-inside');
    carry = part.subarray(Math.max(merges?.upTo ?? 0, part.length - CARRY));
    if (wanted && headBytes < EARLY_BYTES) {
      head.push(chunk);
      headBytes += chunk.length;
    }
    if (isSheet) last = chunk.length >= TAIL ? chunk : Buffer.concat([last, chunk]).subarray(-TAIL);
  }
  if (!wanted) return;
  const early = Buffer.concat(head).toString('utf8');
  const tail = last.subarray(-TAIL).toString('utf8');
  for (const [, t] of early.matchAll(
    /<(?:\w+:)?(?:si|is|title|dc:title|dc:subject|cp:keywords|dc:description)(?:\s[^>]*)?>(.*?)<\/(?:\w+:)?(?:si|is|title|dc:title|dc:subject|cp:keywords|dc:description)>/gs,
  ))
    scan.early.push(unescape(t ?? ''));
  for (const [, t] of tail.matchAll(/<(?:odd|even|first)(?:Header|Footer)>(.*?)<\//gs))
    scan.early.push(unescape(t ?? '').replace(/&[A-Z](?:"[^"]*")?|&\d+/g, ' '));
  if (entry.fileName === 'xl/workbook.xml') {
    for (const [, name] of early.matchAll(/<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"/g)) scan.early.push(`\u0000${unescape(name ?? '')}`);
  }
};

/**
 * Looks through an .xlsx without building anything: number and true size of its parts, density, merged areas, macros, encryption,
 * document types. Rejects with `file-too-much-inside`, `file-encrypted`, `file-with-macros`, `file-not-what-it-says` or `file-damaged`.
 */
export const inspectWorkbook = async (bytes: Buffer): Promise<WorkbookFacts> => {
  const zip = await openZip(bytes);
  const scan: Scan = { bytes: 0, merged: 0, early: [] };
  try {
    if (zip.entryCount > LIMITS.zipEntries) return rejectImport('file-too-much-inside');
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    checkDirectory(entries);
    for (const entry of entries) if (!entry.fileName.endsWith('/')) await scanEntry(zip, entry, scan);
  } catch (error) {
    if (error instanceof Error && error.name === 'DomainError') throw error;
    return rejectImport('file-damaged');
  }
  const names = scan.early.filter((t) => t.startsWith('\u0000')).map((t) => t.slice(1));
  return { sheetNames: names, earlyTexts: scan.early.filter((t) => !t.startsWith('\u0000')) };
};

const checkDirectory = (entries: readonly Entry[]): void => {
  const names = new Set(entries.map((e) => e.fileName.toLowerCase()));
  if (names.size !== entries.length) rejectImport('file-damaged');
  if (entries.some((e) => e.isEncrypted())) rejectImport('file-encrypted');
  if (!names.has('[content_types].xml') || !names.has('xl/workbook.xml')) {
    const actual = names.has('word/document.xml')
      ? 'docx'
      : names.has('ppt/presentation.xml')
        ? 'pptx'
        : names.has('xl/workbook.bin')
          ? 'xlsb'
          : 'zip';
    rejectImport('file-not-what-it-says', { name: '.xlsx', actual });
  }
  if ([...names].some((n) => /vbaproject\.bin$/.test(n))) rejectImport('file-with-macros');
  if (entries.reduce((sum, e) => sum + e.uncompressedSize, 0) > LIMITS.unpackedBytes) rejectImport('file-too-much-inside');
};
