import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FileHash } from '@app/kernel';
import sharp from 'sharp';
import type { EvidenceStore } from './evidence-store';
import { rejectEvidence } from './evidence.errors';

/** A picture beyond this many pixels is a flood, not a photograph. */
const MAX_PIXELS = 120_000_000;
/** The longer side on paper: some two hundred dots to the inch at ten centimetres and more. */
const PRINTED_PIXELS = 1200;
const STRIPPED: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * What readers get. Pictures are written anew, upright and without metadata (place, device, time of the camera);
 * the sealed original stays as it came. Other types are served as they are.
 */
export class ServedCopies {
  constructor(
    private readonly store: EvidenceStore,
    private readonly root: string,
  ) {}

  /** Errors: evidence-file-unknown, evidence-picture-unreadable. */
  async open(hash: FileHash, mediaType: string): Promise<Readable> {
    if (!(await this.store.has(hash))) rejectEvidence('evidence-file-unknown');
    if (!STRIPPED.has(mediaType)) return this.store.original(hash);
    const target = path.join(this.root, hash.slice(0, 2), hash);
    if (!(await exists(target))) await this.strip(hash, target);
    return createReadStream(target);
  }

  /** For paper: a JPEG of the picture, upright, without metadata and no larger than print needs. Errors: as `open`. */
  async printed(hash: FileHash): Promise<Buffer> {
    if (!(await this.store.has(hash))) rejectEvidence('evidence-file-unknown');
    const side = PRINTED_PIXELS;
    return sharp(this.store.pathOf(hash), { limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg()
      .toBuffer()
      .catch(() => rejectEvidence('evidence-picture-unreadable'));
  }

  private async strip(hash: FileHash, target: string): Promise<void> {
    await mkdir(path.dirname(target), { recursive: true });
    const aside = `${target}.${randomUUID()}`;
    try {
      // Without withMetadata() sharp writes none; rotate() applies the orientation that would be lost with it.
      await sharp(this.store.pathOf(hash), { limitInputPixels: MAX_PIXELS }).rotate().toFile(aside);
      await rename(aside, target);
    } catch {
      await rm(aside, { force: true });
      rejectEvidence('evidence-picture-unreadable');
    }
  }
}
