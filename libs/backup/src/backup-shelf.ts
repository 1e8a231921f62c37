import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '@app/kernel';
import { BackupCancelled, BackupRefused } from './errors';
import { readManifest, type Manifest } from './manifest';
import { isCode, removeWhole } from './private-files';
import { PARTIAL, takeBackup, type BackupProgress, type BackupSource } from './take-backup';
import { verifyBackup, type Fault } from './verify-backup';

/** Real time, also where the instance lives in another one. */
export type ShelvedBackup = Readonly<{
  name: string;
  takenAt: string;
  events: number;
  files: number;
  bytes: number;
  position: string;
}>;
export type ShelfWork = Readonly<{ kind: 'taking' | 'verifying'; name: string; startedAt: string; progress: BackupProgress | null }>;
/** How the last piece of work of this process ended; `failure` is null where it ended well. */
export type ShelfOutcome = Readonly<{
  kind: ShelfWork['kind'];
  name: string;
  at: string;
  failure: Bilingual | null;
  faults: readonly Fault[];
}>;

const NAME = /^[0-9A-Za-z][\w.-]{0,99}$/;
/** An unfinished backup that old belongs to a process that was killed. */
const ABANDONED_MS = 24 * 3_600_000;

const summaryOf = (name: string, { takenAt, events, tables, files, position }: Manifest): ShelvedBackup => ({
  name,
  takenAt,
  events: events.lines,
  files: files.lines,
  bytes: [events, files, ...Object.values(tables)].flatMap(({ chunks }) => chunks).reduce((sum, { bytes }) => sum + bytes, files.bytes),
  position,
});

const sentenceOf = (error: unknown): Bilingual => {
  if (error instanceof BackupRefused) return error.sentence;
  if (isCode(error, 'ENOSPC')) return { zh: '磁盘空间不足，未留下任何内容。', en: 'The disk is full; nothing is left behind.' };
  if (isCode(error, 'EACCES') || isCode(error, 'EROFS')) {
    return { zh: '无权写入备份目录（BACKUP_DIR）。', en: 'The folder of backups (BACKUP_DIR) cannot be written.' };
  }
  return { zh: '没有完成，未留下任何内容；原因见 api 日志。', en: 'It did not finish and left nothing behind; see the log of the api.' };
};

/** The backups of an instance in its own folder, one piece of work at a time. */
export class BackupShelf {
  private work: ShelfWork | null = null;
  private outcome: ShelfOutcome | null = null;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    private readonly source: BackupSource,
    /** What a person cannot put right, for the log. */
    private readonly onFault: (error: unknown) => void,
  ) {}

  get underWay(): ShelfWork | null {
    return this.work;
  }

  get last(): ShelfOutcome | null {
    return this.outcome;
  }

  /** Newest first; what is not a whole backup is not listed. */
  async list(): Promise<readonly ShelvedBackup[]> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => NAME.test(name));
    const found: ShelvedBackup[] = [];
    for (const name of names) {
      const manifest = await readManifest(path.join(this.folder, name)).catch(() => null);
      if (manifest !== null) found.push(summaryOf(name, manifest));
    }
    return found.sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
  }

  /** Null while something else is under way. */
  take(): string | null {
    const name = new Date()
      .toISOString()
      .replaceAll(':', '')
      .replace(/\.\d+Z$/, 'Z');
    const begun = this.begin('taking', name, async (signal, onProgress) => {
      await this.sweep();
      await takeBackup(this.source, { folder: path.join(this.folder, name), signal, onProgress });
      return [];
    });
    return begun ? name : null;
  }

  /** False while something else is under way. The backup must be listed. */
  verify(name: string): boolean {
    return this.begin('verifying', name, async (signal, onProgress) => {
      const { faults } = await verifyBackup(path.join(this.folder, name), { signal, onProgress });
      return faults;
    });
  }

  /** Harmless where nothing of this name is under way. */
  async cancel(name: string): Promise<void> {
    if (this.work?.name !== name) return;
    this.stopping.abort();
    await this.running;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private begin(
    kind: ShelfWork['kind'],
    name: string,
    work: (signal: AbortSignal, onProgress: (progress: BackupProgress) => void) => Promise<readonly Fault[]>,
  ): boolean {
    if (this.work !== null || !NAME.test(name)) return false;
    const begun: ShelfWork = { kind, name, startedAt: new Date().toISOString(), progress: null };
    this.work = begun;
    this.stopping = new AbortController();
    const end = (failure: Bilingual | null, faults: readonly Fault[]): void => {
      this.outcome = { kind, name, at: new Date().toISOString(), failure, faults };
      this.work = null;
    };
    this.running = work(this.stopping.signal, (progress) => (this.work = { ...begun, progress })).then(
      (faults) => end(null, faults),
      (error: unknown) => {
        if (!(error instanceof BackupRefused)) this.onFault(error);
        end(error instanceof BackupCancelled && kind === 'verifying' ? CANCELLED_CHECK : sentenceOf(error), []);
      },
    );
    return true;
  }

  private async sweep(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (!name.startsWith('.') || !name.includes(PARTIAL)) continue;
      const entry = await stat(path.join(this.folder, name)).catch(() => null);
      if (entry !== null && Date.now() - entry.mtimeMs > ABANDONED_MS) await removeWhole(path.join(this.folder, name));
    }
  }
}

const CANCELLED_CHECK: Bilingual = { zh: '核对已取消。', en: 'The check was cancelled.' };
