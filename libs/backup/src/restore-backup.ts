import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { copyEvents, CopyInterrupted, type CopyProgress, type CopySink, type EventStore } from '@app/event-store';
import type { Bilingual } from '@app/kernel';
import { MasterKey } from '@app/privacy';
import { markTablesRestored, readRestoreMarker, removeRestoreMarker, runMigrations, setRestoreMarker } from '@app/read-store';
import type { DataSource } from 'typeorm';
import { KEPT_TABLES } from './contents';
import { BackupCancelled, BackupRefused, throwIfCancelled } from './errors';
import { BackupLog } from './event-lines';
import type { MasterKeyToKeep } from './key-file';
import type { KeptFile, Manifest } from './manifest';
import { copyPrivate, hashOf, removeWhole } from './private-files';
import { migrationsOf, mustTake } from './restore-target';
import { pagesOf } from './section-reader';
import { linesOf, moveSequences, putRows } from './table-rows';
import { sha256OfLines } from './take-backup';
import { verifyBackup, type Fault } from './verify-backup';

export type RestoreProgress = Readonly<{
  phase: 'verifying' | 'files' | 'tables' | 'events' | 'comparing' | 'read-models';
  done: number;
  total: number | null;
}>;

export type RestoreTarget = Readonly<{
  databaseUrl: string;
  dataSource: DataSource;
  dataDir: string;
  /** Whether the events go into the same database. */
  backend: 'postgres' | 'eventstoredb';
  /** Opened only once its tables are there. */
  openStore: () => EventStore;
  openSink: (store: EventStore) => CopySink;
  /** Makes every read model anew and moves the policies to the place they had. */
  makeReadModels: (store: EventStore) => Promise<void>;
}>;

export type RestoreOptions = Readonly<{
  folder: string;
  /** Null: the keys of all persons are destroyed, which somebody has to want. */
  masterKey: MasterKeyToKeep | null;
  /** Subjects whose keys were destroyed after the backup was taken. */
  erasedSince: readonly string[];
  signal: AbortSignal;
  onProgress?: (progress: RestoreProgress) => void;
}>;

export type Restored = Readonly<{
  manifest: Manifest;
  events: Readonly<{ count: number; sha256: string }>;
  rows: number;
  files: number;
  /** Keys that were destroyed again: of subjects whose erasure is an event of the backup, and of those given. */
  erased: number;
}>;

const KINDS = {
  missing: { zh: '缺失', en: 'missing' },
  damaged: { zh: '损坏', en: 'damaged' },
  extra: { zh: '多余', en: 'extra' },
} as const satisfies Readonly<Record<Fault['kind'], Bilingual>>;
const FAULTS_SHOWN = 10;

/** What is wrong with a backup, as a sentence that names the files. */
export const refuseFaults = (faults: readonly Fault[]): void => {
  if (faults.length === 0) return;
  const shown = (language: keyof Bilingual): string =>
    faults
      .slice(0, FAULTS_SHOWN)
      .map(({ kind, file }) => `${KINDS[kind][language]} ${file}`)
      .join(language === 'zh' ? '；' : '; ');
  const count = String(faults.length);
  throw new BackupRefused({
    zh: `备份与其清单不符（${count} 处）：${shown('zh')}`,
    en: `The backup is not what its manifest says (${count}): ${shown('en')}`,
  });
};

/**
 * Puts a backup into an empty instance and proves it: rows by the hash of their table, events read back one by one, files by their
 * hashes. Interrupted, it goes on when it is run again; no start takes the instance until it is whole.
 * Errors: BackupRefused, BackupCancelled, StoreUnavailable, what the file system says.
 */
export const restoreBackup = async (target: RestoreTarget, options: RestoreOptions): Promise<Restored> => {
  const { folder, signal, onProgress = () => undefined } = options;
  const { manifest, faults } = await verifyBackup(folder, {
    signal,
    onProgress: ({ done, total }) => onProgress({ phase: 'verifying', done, total }),
  });
  // What is there besides does no harm.
  refuseFaults(faults.filter(({ kind }) => kind !== 'extra'));
  const migrations = migrationsOf(manifest);
  mustFit(manifest, options.masterKey, MasterKey.find(target.dataDir));
  await mustTake(manifest, target.dataSource, target.backend === 'postgres' ? null : () => headOf(target.openStore()));
  return new Restore(target, manifest, options).run(() => runMigrations(target.databaseUrl, migrations));
};

const headOf = async (store: EventStore): Promise<bigint> => {
  try {
    return await store.head();
  } finally {
    await store.close();
  }
};

const mustFit = (manifest: Manifest, given: MasterKeyToKeep | null, there: MasterKey | null): void => {
  if (given !== null && given.id !== manifest.masterKey) {
    throw new BackupRefused({ zh: '密钥文件不属于这份备份。', en: 'The key file does not belong to this backup.' });
  }
  if (there !== null && there.id !== manifest.masterKey) {
    throw new BackupRefused({
      zh: 'DATA_DIR/keys/master.key 是另一个实例的主密钥；请另设 DATA_DIR。',
      en: 'DATA_DIR/keys/master.key is the master key of another instance: set another DATA_DIR.',
    });
  }
};

class Restore {
  private readonly tell: (progress: RestoreProgress) => void;

  constructor(
    private readonly target: RestoreTarget,
    private readonly manifest: Manifest,
    private readonly options: RestoreOptions,
  ) {
    this.tell = options.onProgress ?? (() => undefined);
  }

  async run(makeSchema: () => Promise<unknown>): Promise<Restored> {
    const { dataSource, databaseUrl, dataDir } = this.target;
    await setRestoreMarker(dataSource, this.manifest.id);
    await makeSchema();
    if (this.options.masterKey !== null) MasterKey.place(dataDir, this.options.masterKey.bytes);
    const files = await this.files();
    const rows = await this.tables();
    await runMigrations(databaseUrl);
    const store = this.target.openStore();
    try {
      const events = await this.events(store);
      await this.keepQuiet(await store.head());
      const erased = await this.eraseAgain(store);
      throwIfCancelled(this.options.signal);
      this.tell({ phase: 'read-models', done: 0, total: null });
      await this.target.makeReadModels(store);
      await removeRestoreMarker(dataSource);
      return { manifest: this.manifest, events, rows, files, erased };
    } finally {
      await store.close();
    }
  }

  private async files(): Promise<number> {
    const { lines: total } = this.manifest.files;
    let done = 0;
    for await (const lines of pagesOf(this.options.folder, this.manifest.files)) {
      for (const line of lines) {
        throwIfCancelled(this.options.signal);
        await this.file(JSON.parse(line) as KeptFile);
        done += 1;
        if (done % 50 === 0 || done === total) this.tell({ phase: 'files', done, total });
      }
    }
    return done;
  }

  private async file(kept: KeptFile): Promise<void> {
    const to = path.join(this.target.dataDir, kept.path);
    if ((await hashOf(to))?.sha256 === kept.sha256) return;
    const aside = `${to}.restoring`;
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    try {
      const copied = await copyPrivate(path.join(this.options.folder, 'files', kept.path), aside, this.options.signal);
      if (copied?.sha256 !== kept.sha256) refuseFaults([{ kind: 'damaged', file: `files/${kept.path}` }]);
      await rename(aside, to);
    } finally {
      await removeWhole(aside);
    }
  }

  /** All tables in one transaction, compared by the hash of what they then hold. */
  private async tables(): Promise<number> {
    const { dataSource } = this.target;
    const sections = KEPT_TABLES.flatMap((table) => {
      const section = this.manifest.tables[table];
      return section === undefined ? [] : [{ table, section }];
    });
    const rows = sections.reduce((sum, { section }) => sum + section.lines, 0);
    if ((await readRestoreMarker(dataSource))?.tablesDone === true) return rows;
    await dataSource.transaction(async (tx) => {
      let done = 0;
      for (const { table, section } of sections) {
        for await (const lines of pagesOf(this.options.folder, section)) {
          throwIfCancelled(this.options.signal);
          await putRows(tx, table, section.columns, lines);
          done += lines.length;
          this.tell({ phase: 'tables', done, total: rows });
        }
        const hash = sha256OfLines();
        for await (const lines of linesOf(tx, table)) hash.add(lines);
        if (hash.digest() !== section.sha256) {
          throw new BackupRefused({
            zh: `表 ${table} 恢复后的内容与备份不同，未保留任何改动。`,
            en: `The table ${table} does not hold after the restore what the backup says; no row was kept.`,
          });
        }
        await moveSequences(tx, table);
      }
      await markTablesRestored(tx);
    });
    return rows;
  }

  private async events(store: EventStore): Promise<Restored['events']> {
    const { signal, folder } = this.options;
    const total = this.manifest.events.lines;
    const sink = this.target.openSink(store);
    const onProgress = ({ phase, done }: CopyProgress): void =>
      this.tell({ phase: phase === 'copying' ? 'events' : 'comparing', done, total });
    try {
      const report = await copyEvents({ source: new BackupLog(folder, this.manifest), target: store, sink, signal, onProgress });
      if (report.count !== total || report.hashes.source !== report.hashes.target) {
        throw new BackupRefused({ zh: '恢复后的事件与备份不同。', en: 'The events after the restore are not those of the backup.' });
      }
      return { count: report.count, sha256: report.hashes.target };
    } catch (error) {
      throw error instanceof CopyInterrupted ? new BackupCancelled() : error;
    } finally {
      await sink.close();
    }
  }

  /** The instance that was backed up told its people of all of this, or will have by now. */
  private async keepQuiet(upTo: bigint): Promise<void> {
    await this.target.dataSource.query(
      'insert into restored_to (position) values ($1) on conflict (only_row) do update set position = excluded.position',
      [upTo],
    );
  }

  /** A backup of the moment between the event and the destruction of the key, and erasures since. */
  private async eraseAgain(store: EventStore): Promise<number> {
    const ids = new Set(this.options.erasedSince);
    for (let after = 0n; ;) {
      const page = await store.readAll(after, 1_000, { eventTypes: ['SubjectErased'] });
      for (const { stream } of page) ids.add(stream.slice('subject-'.length));
      const last = page.at(-1);
      if (last === undefined || page.length < 1_000) break;
      after = last.position;
    }
    const erased = await this.target.dataSource.query<unknown[]>(
      `with gone as (
         update subject_key set wrapped = null, erased_at = now()
         where wrapped is not null and ($2 or subject_id = any ($1)) returning 1
       ) select * from gone`,
      // Without the master key nothing opens the others either, and a start would wait for the key for ever.
      [[...ids], this.options.masterKey === null],
    );
    return erased.length;
  }
}
