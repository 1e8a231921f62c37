import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Clock, instantFromMs, msOf, type AccountId, type FileHash, type Instant } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EvidenceStore } from './evidence-store';
import { rejectEvidence } from './evidence.errors';
import { isAccepted } from './media-type';
import { writeWhole } from './write-whole';

export type NewUpload = Readonly<{ name: string; mediaType: string; size: number; sha256: FileHash }>;
export type BegunUpload = NewUpload & Readonly<{ uploadId: string; received: number; complete: boolean }>;
type Stored = { id: string; name: string; media_type: string; size: string; sha256: FileHash; received: string };

const UNUSED_AT_MOST = 60;
const UNFINISHED_MS = 3 * 24 * 3_600_000;
const USED_MS = 3_600_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where pieces lie until the file is whole. */
export class UploadFolder {
  constructor(readonly root: string) {}
}

const begun = ({ id, name, media_type, size, sha256, received }: Stored): BegunUpload => ({
  uploadId: id,
  name,
  mediaType: media_type,
  size: Number(size),
  sha256,
  received: Number(received),
  complete: received === size,
});

/**
 * Files that arrive piece by piece, each private to an account. How far one has come stands in the database and holds across
 * restarts; a piece counts once it is on the disk.
 */
@Injectable()
export class Uploads {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UploadFolder) private readonly folder: UploadFolder,
    @Inject(EvidenceStore) private readonly store: EvidenceStore,
  ) {}

  /** The same id again finds what was begun. Errors: evidence-too-large, evidence-type-unsupported, upload-limit. */
  async begin(uploadId: string, accountId: AccountId, { name, mediaType, size, sha256 }: NewUpload): Promise<BegunUpload> {
    this.store.mustTake(size);
    if (!isAccepted(mediaType)) rejectEvidence('evidence-type-unsupported');
    const now = this.clock.now();
    await mkdir(this.folder.root, { recursive: true, mode: 0o700 });
    await this.dataSource.transaction(async (tx) => {
      await tx.query('select 1 from account where id = $1 for update', [accountId]);
      const [unused] = await tx.query<{ n: number }[]>(
        'select count(*)::int as n from upload where account_id = $1 and id <> $2 and used_at is null',
        [accountId, uploadId],
      );
      if ((unused?.n ?? 0) >= UNUSED_AT_MOST) rejectEvidence('upload-limit', { max: UNUSED_AT_MOST });
      await tx.query(
        `insert into upload (id, account_id, name, media_type, size, sha256, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (id) do nothing`,
        [uploadId, accountId, name, mediaType, size, sha256, now],
      );
    });
    return this.find(uploadId, accountId);
  }

  /** Rejects with upload-absent, also for one of somebody else. */
  async find(uploadId: string, accountId: AccountId): Promise<BegunUpload> {
    const [row] = await this.dataSource.query<Stored[]>('select * from upload where id = $1 and account_id = $2', [uploadId, accountId]);
    return row === undefined ? rejectEvidence('upload-absent') : begun(row);
  }

  /**
   * Adds a piece at `offset`. Null when the file does not stand there, or the piece goes beyond its size: nothing is written then.
   * Rejects with upload-absent.
   */
  async append(uploadId: string, accountId: AccountId, offset: number, piece: Buffer): Promise<BegunUpload | null> {
    return this.dataSource.transaction(async (tx) => {
      const [row] = await tx.query<Stored[]>('select * from upload where id = $1 and account_id = $2 for update', [uploadId, accountId]);
      if (row === undefined) return rejectEvidence('upload-absent');
      const received = Number(row.received);
      if (received !== offset || received + piece.length > Number(row.size)) return null;
      await this.write(uploadId, offset, piece);
      const now = String(received + piece.length);
      await tx.query('update upload set received = $2, changed_at = $3 where id = $1', [uploadId, now, this.clock.now()]);
      return begun({ ...row, received: now });
    });
  }

  /** The whole file. Rejects: upload-absent, upload-incomplete. */
  async content(uploadId: string, accountId: AccountId): Promise<BegunUpload & Readonly<{ read: () => Readable }>> {
    const upload = await this.find(uploadId, accountId);
    if (!upload.complete) rejectEvidence('upload-incomplete', { received: upload.received, size: upload.size });
    // The row without its file: a backup was put back, or the disk lost it.
    if (!(await exists(this.pathOf(uploadId)))) rejectEvidence('upload-absent');
    return { ...upload, read: () => createReadStream(this.pathOf(uploadId)) };
  }

  /** It became evidence; the pieces go a while later. */
  async used(uploadId: string): Promise<void> {
    await this.dataSource.query('update upload set used_at = $2 where id = $1', [uploadId, this.clock.now()]);
  }

  async discard(uploadId: string): Promise<void> {
    await rm(this.pathOf(uploadId), { force: true });
    await this.dataSource.query('delete from upload where id = $1', [uploadId]);
  }

  /** Removes what was not finished within three days, what has become evidence, and files that belong to nothing. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const gone = await this.dataSource.query<{ id: string }[]>('select id from upload where changed_at < $1 or used_at < $2', [
      before(now, UNFINISHED_MS),
      before(now, USED_MS),
    ]);
    for (const { id } of gone) await this.discard(id);
    const files = (await readdir(this.folder.root).catch(() => [])).filter((name) => ID.test(name));
    const rows = await this.dataSource.query<{ id: string }[]>('select id from upload where id = any($1::uuid[])', [files]);
    const known = new Set(rows.map(({ id }) => id));
    for (const file of files) if (!known.has(file)) await rm(path.join(this.folder.root, file), { force: true });
  }

  /** On the disk before it counts. A piece that was cut short before is written over. */
  private async write(uploadId: string, offset: number, piece: Buffer): Promise<void> {
    const target = this.pathOf(uploadId);
    const file = await open(target, (await exists(target)) ? 'r+' : 'w', 0o600);
    try {
      await file.truncate(offset);
      await writeWhole(file, piece, offset);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  private pathOf(uploadId: string): string {
    if (!ID.test(uploadId)) throw new RangeError('not an upload id');
    return path.join(this.folder.root, uploadId);
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
const before = (now: Instant, ms: number): Instant => instantFromMs(msOf(now) - ms);
