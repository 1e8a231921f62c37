import { pipeline } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createInflateRaw } from 'node:zlib';
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl';
import { rejectImport } from '../domain/import.errors';
import { LIMITS } from './limits';
import { attributeOf, plainXml, tagsIn } from './xml-text';

/** A file on disk by its path, or its bytes. */
export type FileSource = string | Buffer;
export type NamedPart = Readonly<{ name: string; hidden: boolean; part: string }>;
export type WorkbookContents = Readonly<{ sheets: readonly NamedPart[]; date1904: boolean; strings: string | null; styles: string | null }>;

const OPTIONS = { lazyEntries: true, validateEntrySizes: true, autoClose: false } as const;
/** Pieces of a part are put together to about this size before anybody looks at them. */
const PIECE = 128 * 1024;
/** Of the parts that say where everything is; honest ones have a few kilobytes. */
const SMALL_PART = 8 * 1024 * 1024;

/** Opens an archive. Rejects with `file-damaged`. */
export const openZip = async (source: FileSource): Promise<ZipFile> => {
  try {
    return await (typeof source === 'string' ? openPromise(source, OPTIONS) : fromBufferPromise(source, OPTIONS));
  } catch {
    return rejectImport('file-damaged');
  }
};

const DEFLATED = 8;
/**
 * One part, in pieces that are large enough to go back to the system when they are forgotten: what yauzl unpacks comes in small ones, which
 * stay among everything else. Rejects when it is not what the archive says, its length included.
 */
export async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.compressionMethod !== DEFLATED || entry.isEncrypted()) {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
    return;
  }
  const raw = await zip.openReadStreamPromise(entry, { decompress: false });
  // What goes wrong on the way is thrown by whoever reads the end of it.
  const inflated = pipeline(raw, createInflateRaw({ chunkSize: PIECE }), () => undefined);
  let size = 0;
  for await (const piece of inflated as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > entry.uncompressedSize) throw new Error('a part is longer than it says');
    yield piece;
  }
  if (size < entry.uncompressedSize) throw new Error('a part is shorter than it says');
}

/** The parts of a workbook, unpacked as they are asked for; nothing is kept. */
export class WorkbookParts {
  private unpacked = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(source: FileSource): Promise<WorkbookParts> {
    const zip = await openZip(source);
    const entries = new Map<string, Entry>();
    try {
      if (zip.entryCount > LIMITS.zipEntries) return rejectImport('file-too-much-inside');
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
    } catch (error) {
      zip.close();
      throw error;
    }
    return new WorkbookParts(zip, entries);
  }

  close(): void {
    this.zip.close();
  }

  /** Bytes of a part in pieces; none when there is no such part. Every byte counts towards the limit, again each time. */
  async *bytes(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) return;
    let held: Buffer[] = [];
    let size = 0;
    for await (const chunk of unpacked(this.zip, entry)) {
      held.push(chunk);
      size += chunk.length;
      if (size < PIECE) continue;
      this.count(size);
      yield held.length === 1 ? chunk : Buffer.concat(held, size);
      held = [];
      size = 0;
    }
    this.count(size);
    if (size > 0) yield Buffer.concat(held, size);
  }

  async *text(name: string): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    for await (const piece of this.bytes(name)) yield decoder.write(piece);
    yield decoder.end();
  }

  /** A whole part; empty when there is none. Its place is made once, as large as the archive says; a part that is longer is damaged. */
  async whole(name: string, most: number = LIMITS.unpackedBytes): Promise<Buffer> {
    const stated = this.entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
    if (stated > most) return rejectImport('file-too-much-inside');
    const part = Buffer.allocUnsafeSlow(stated);
    let size = 0;
    for await (const piece of this.bytes(name)) {
      if (size + piece.length > stated) return rejectImport('file-damaged');
      size += piece.copy(part, size);
    }
    return part.subarray(0, size);
  }

  /** Which sheets there are, in the order of the workbook. */
  async contents(): Promise<WorkbookContents> {
    const small = async (name: string): Promise<string> => plainXml((await this.whole(name, SMALL_PART)).toString('utf8'));
    const workbook = await small('xl/workbook.xml');
    const relations = tagsIn(await small('xl/_rels/workbook.xml.rels'), 'Relationship').map((tag) => {
      const target = attributeOf(tag, 'Target') ?? '';
      return {
        id: attributeOf(tag, 'Id'),
        type: attributeOf(tag, 'Type') ?? '',
        part: target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`,
      };
    });
    const ofType = (type: string): string | null => relations.find((relation) => relation.type.endsWith(`/${type}`))?.part ?? null;
    const sheets = tagsIn(workbook, 'sheet').flatMap((tag): NamedPart[] => {
      const id = attributeOf(tag, 'id');
      const part = relations.find((relation) => relation.id === id && relation.type.endsWith('/worksheet'))?.part;
      const hidden = (attributeOf(tag, 'state') ?? 'visible') !== 'visible';
      return part === undefined ? [] : [{ name: attributeOf(tag, 'name') ?? '', hidden, part }];
    });
    if (sheets.length > LIMITS.sheets) return rejectImport('file-too-much-inside');
    const [properties = ''] = tagsIn(workbook, 'workbookPr');
    const date1904 = ['1', 'true'].includes(attributeOf(properties, 'date1904') ?? '');
    return { sheets, date1904, strings: ofType('sharedStrings'), styles: ofType('styles') };
  }

  private count(bytes: number): void {
    this.unpacked += bytes;
    // Twice: once for what stands first in each sheet, once for the rows.
    if (this.unpacked > 2 * LIMITS.unpackedBytes) rejectImport('file-too-much-inside');
  }
}
