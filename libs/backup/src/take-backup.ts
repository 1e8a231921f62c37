import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EventStore } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { KEPT_FILES, KEPT_TABLES } from './contents';
import { BackupRefused, throwIfCancelled } from './errors';
import { lineOf } from './event-lines';
import { BACKUP_FORMAT, MANIFEST_FILE, MANIFEST_HASH_FILE, sha256Of, type KeptFile, type Manifest } from './manifest';
import { copyPrivate, exists, moveIntoPlace, removeWhole, writePrivate } from './private-files';
import { SectionWriter } from './section-writer';
import { takeSnapshot, type Snapshot } from './snapshot';
import { columnsOf, linesOf } from './table-rows';

export type BackupProgress = Readonly<{
  phase: 'tables' | 'events' | 'files' | 'verifying';
  done: number;
  /** Null where it is not known beforehand. */
  total: number | null;
}>;

export type BackupSource = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  /** Where the events are; in the database itself, one snapshot holds them together with the tables. */
  backend: 'postgres' | 'eventstoredb';
  dataDir: string;
  /** Id of the master key; null when there is none yet. */
  masterKey: string | null;
  product: string;
}>;

export type BackupOptions = Readonly<{
  /** Where the backup will lie; nothing may be there yet. */
  folder: string;
  signal: AbortSignal;
  onProgress?: (progress: BackupProgress) => void;
}>;

const EVENTS_PAGE = 2_000;
const EVIDENCE_HASH = /"hash":"([0-9a-f]{64})"/g;
/** What an unfinished backup is called; never taken for one. */
export const PARTIAL = '.partial-';

/**
 * Takes a backup while work goes on. It is written beside `folder` and moved there when it is whole and on the disk.
 * Errors: BackupRefused, BackupCancelled, StoreUnavailable, what the file system says (ENOSPC). Nothing is left behind then.
 */
export const takeBackup = async (source: BackupSource, options: BackupOptions): Promise<Manifest> => {
  const { folder } = options;
  await mustBeFree(folder);
  const aside = path.join(path.dirname(folder), `.${path.basename(folder)}${PARTIAL}${randomUUID().slice(0, 8)}`);
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  await mkdir(aside, { mode: 0o700 });
  try {
    const manifest = await new Backup(source, aside, options).write();
    throwIfCancelled(options.signal);
    await moveIntoPlace(aside, folder);
    return manifest;
  } catch (error) {
    await removeWhole(aside);
    throw error;
  }
};

const mustBeFree = async (folder: string): Promise<void> => {
  if (await exists(folder)) {
    throw new BackupRefused({
      zh: '目标目录已存在，请换一个不存在的目录名。',
      en: 'The folder is there already: name one that does not exist yet.',
    });
  }
  const parent = await stat(path.dirname(folder)).catch(() => null);
  const isOpen = parent !== null && (parent.mode & 0o002) !== 0 && (parent.mode & 0o1000) === 0;
  if (isOpen) {
    throw new BackupRefused({
      zh: '目标所在的目录任何人都可写入，备份可能被调换；请换一个目录。',
      en: 'Everybody may write to the folder around it, so that the backup could be exchanged: choose another one.',
    });
  }
};

class Backup {
  private readonly named = new Set<string>();
  private readonly tell: (progress: BackupProgress) => void;

  constructor(
    private readonly source: BackupSource,
    private readonly folder: string,
    private readonly options: BackupOptions,
  ) {
    this.tell = options.onProgress ?? (() => undefined);
  }

  async write(): Promise<Manifest> {
    const { dataSource, store, backend, masterKey, product } = this.source;
    const takenAt = new Date().toISOString();
    const snapshot = await takeSnapshot(dataSource, store, backend === 'postgres');
    let tables: Manifest['tables'];
    let migrations: readonly string[];
    try {
      migrations = (await snapshot.of('account').query<{ name: string }[]>('select name from migration order by id')).map(
        ({ name }) => name,
      );
      tables = await this.tables(snapshot);
    } finally {
      await snapshot.release();
    }
    const events = await this.events(snapshot.position);
    const { files, missingEvidence } = await this.files();
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      id: randomUUID(),
      product,
      takenAt,
      store: backend,
      masterKey,
      migrations: [...migrations],
      position: snapshot.position.toString(),
      events,
      tables,
      files,
      missingEvidence,
    };
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await writePrivate(path.join(this.folder, MANIFEST_FILE), text);
    await writePrivate(path.join(this.folder, MANIFEST_HASH_FILE), `${sha256Of(text)}  ${MANIFEST_FILE}\n`);
    return manifest;
  }

  private async tables(snapshot: Snapshot): Promise<Manifest['tables']> {
    const tables: Manifest['tables'] = {};
    for (const [n, table] of KEPT_TABLES.entries()) {
      this.tell({ phase: 'tables', done: n, total: KEPT_TABLES.length });
      const tx = snapshot.of(table);
      const writer = new SectionWriter(this.folder, table);
      for await (const lines of linesOf(tx, table)) {
        throwIfCancelled(this.options.signal);
        for (const line of lines) await writer.add(line);
      }
      tables[table] = { ...(await writer.finish()), columns: [...(await columnsOf(tx, table))] };
    }
    return tables;
  }

  /** Events are never changed, so they may be read after the snapshot; what came later is left. */
  private async events(position: bigint): Promise<Manifest['events']> {
    const writer = new SectionWriter(this.folder, 'events');
    const lasts: string[] = [];
    let after = 0n;
    let done = 0;
    while (after < position) {
      throwIfCancelled(this.options.signal);
      const page = await this.source.store.readAll(after, EVENTS_PAGE);
      for (const event of page) {
        if (event.position > position) break;
        const line = lineOf(event);
        for (const [, hash = ''] of line.matchAll(EVIDENCE_HASH)) this.named.add(hash);
        after = event.position;
        done += 1;
        if (await writer.add(line)) lasts.push(after.toString());
      }
      this.tell({ phase: 'events', done, total: null });
      if (page.length < EVENTS_PAGE || (page.at(-1)?.position ?? position) >= position) break;
    }
    const section = await writer.finish();
    if (lasts.length < section.chunks.length) lasts.push(after.toString());
    return { ...section, chunks: section.chunks.map((chunk, n) => ({ ...chunk, last: lasts[n] ?? '0' })) };
  }

  /** After the events: a file is there before the event that names it, and evidence is never removed. */
  private async files(): Promise<Readonly<{ files: Manifest['files']; missingEvidence: string[] }>> {
    const writer = new SectionWriter(this.folder, 'files_list');
    const wanted = await keptFilesIn(this.source.dataDir);
    let bytes = 0;
    for (const [n, name] of wanted.entries()) {
      if (n % 50 === 0) this.tell({ phase: 'files', done: n, total: wanted.length });
      const copy = path.join(this.folder, 'files', name);
      const copied = await copyPrivate(path.join(this.source.dataDir, name), copy, this.options.signal);
      // An import or an upload that has ended meanwhile takes its file with it.
      if (copied === null) continue;
      const isEvidence = name.startsWith('evidence/');
      if (isEvidence && copied.sha256 !== path.basename(name)) {
        await removeWhole(copy);
        continue;
      }
      if (isEvidence) this.named.delete(copied.sha256);
      bytes += copied.bytes;
      await writer.add(JSON.stringify({ path: name, ...copied } satisfies KeptFile));
    }
    return { files: { ...(await writer.finish()), bytes }, missingEvidence: [...this.named].sort() };
  }
}

/** Paths below DATA_DIR, with slashes. */
export const keptFilesIn = async (dataDir: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { name, fits } of KEPT_FILES) {
    const entry = await stat(path.join(dataDir, name)).catch(() => null);
    if (entry?.isFile() === true) found.push(name);
    if (entry?.isDirectory() !== true) continue;
    const inside = await readdir(path.join(dataDir, name), { recursive: true, withFileTypes: true });
    for (const file of inside) {
      const within = path.relative(path.join(dataDir, name), path.join(file.parentPath, file.name)).split(path.sep).join('/');
      if (file.isFile() && fits.test(within)) found.push(`${name}/${within}`);
    }
  }
  return found.sort();
};

export const sha256OfLines = (): Readonly<{ add: (lines: readonly string[]) => void; digest: () => string }> => {
  const hash = createHash('sha256');
  return { add: (lines) => lines.forEach((line) => hash.update(`${line}\n`)), digest: () => hash.digest('hex') };
};
