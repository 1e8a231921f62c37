import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileHash } from '@app/kernel';
import { rejectEvidence } from './evidence.errors';
import { mediaTypeOf } from './media-type';

export type StoredFile = Readonly<{ hash: FileHash; size: number; mediaType: string }>;

/**
 * Files by the SHA-256 of their bytes, below one directory. A file is there whole or not at all:
 * it is written aside, synced, and renamed. The same bytes are kept once.
 */
export class EvidenceStore {
  constructor(
    private readonly root: string,
    private readonly maxBytes: number,
  ) {}

  pathOf(hash: FileHash): string {
    return path.join(this.root, hash.slice(0, 2), hash);
  }

  /** Whether a file of this size is taken at all. Errors: evidence-too-large, evidence-empty-invalid. */
  mustTake(size: number): void {
    if (size > this.maxBytes) this.rejectTooLarge();
    if (size === 0) rejectEvidence('evidence-empty-invalid');
  }

  /**
   * Errors: evidence-too-large, evidence-type-unsupported, evidence-empty-invalid, and evidence-hash-mismatch where the sender said
   * which hash it must have. Nothing is kept of a refused file.
   */
  async put(content: Readable, name: string, expected?: FileHash): Promise<StoredFile> {
    const aside = path.join(this.root, 'incoming', randomUUID());
    await mkdir(path.dirname(aside), { recursive: true });
    try {
      const hash = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          size += chunk.length;
          hash.update(chunk);
          done(size > this.maxBytes ? new TooLarge() : null, chunk);
        },
      });
      try {
        await pipeline(content, measure, createWriteStream(aside));
      } catch (error) {
        if (error instanceof TooLarge) this.rejectTooLarge();
        throw error;
      }
      if (size === 0) rejectEvidence('evidence-empty-invalid');
      const digest = hash.digest('hex') as FileHash;
      if (expected !== undefined && expected !== digest) rejectEvidence('evidence-hash-mismatch');
      const mediaType = (await mediaTypeOf(aside, name)) ?? rejectEvidence('evidence-type-unsupported');
      await this.keep(aside, this.pathOf(digest));
      return { hash: digest, size, mediaType };
    } finally {
      await rm(aside, { force: true });
    }
  }

  private rejectTooLarge(): never {
    return rejectEvidence('evidence-too-large', { max: Math.floor(this.maxBytes / 1024 / 1024) });
  }

  private async keep(aside: string, target: string): Promise<void> {
    await mkdir(path.dirname(target), { recursive: true });
    const file = await open(aside, 'r+');
    await file.sync();
    await file.close();
    await rename(aside, target);
  }

  async has(hash: FileHash): Promise<boolean> {
    return stat(this.pathOf(hash)).then(
      (s) => s.isFile(),
      () => false,
    );
  }

  /** The bytes as they came: for the audit and for backups, not for showing. */
  original(hash: FileHash): Readable {
    return createReadStream(this.pathOf(hash));
  }
}

class TooLarge extends Error {}
