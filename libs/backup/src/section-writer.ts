import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sha256Of, type Chunk, type Section } from './manifest';
import { writePrivate } from './private-files';

const packed = promisify(gzip);
/** Unpacked; small enough to be held whole by whoever writes or reads it. */
const CHUNK_CHARACTERS = 2 * 1024 * 1024;

/** Writes lines into files `<name>/000001.ndjson.gz`, one after the other. */
export class SectionWriter {
  private readonly chunks: Chunk[] = [];
  private readonly hash = createHash('sha256');
  private lines: string[] = [];
  private characters = 0;
  private total = 0;

  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  /** Of what lies in files. */
  get chunksWritten(): number {
    return this.chunks.length;
  }

  /** `line` holds no line end. True when a chunk was closed with it. */
  async add(line: string): Promise<boolean> {
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters < CHUNK_CHARACTERS) return false;
    await this.close();
    return true;
  }

  async finish(): Promise<Section> {
    if (this.lines.length > 0) await this.close();
    return { lines: this.total, sha256: this.hash.digest('hex'), chunks: this.chunks };
  }

  private async close(): Promise<void> {
    const text = Buffer.from(`${this.lines.join('\n')}\n`);
    const bytes = (await packed(text, { level: 4 })) as Buffer;
    const file = `${this.name}/${String(this.chunks.length + 1).padStart(6, '0')}.ndjson.gz`;
    await mkdir(path.join(this.folder, this.name), { recursive: true, mode: 0o700 });
    await writePrivate(path.join(this.folder, file), bytes);
    this.hash.update(text);
    this.chunks.push({ file, sha256: sha256Of(bytes), bytes: bytes.length, lines: this.lines.length });
    this.total += this.lines.length;
    this.lines = [];
    this.characters = 0;
  }
}
