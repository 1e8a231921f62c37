import { randomBytes, randomUUID } from 'node:crypto';
import fs, { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InMemoryEventStore, openEventStore, PostgresCopySink, type EventStore, type EventToAppend } from '@app/event-store';
import { MasterKey } from '@app/privacy';
import { createDataSource, readRestoreMarker } from '@app/read-store';
import { emptyDatabase, EVENT_METADATA, freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { BackupCancelled } from './errors';
import { readKeyFile, writeKeyFile } from './key-file';
import { readManifest, sha256Of } from './manifest';
import { restoreBackup, type RestoreProgress, type RestoreTarget } from './restore-backup';
import { takeBackup, type BackupProgress, type BackupSource } from './take-backup';
import { verifyBackup } from './verify-backup';

const ACCOUNT = '11111111-1111-4111-8111-111111111111';
const NEVER = new AbortController().signal;
const event = (data: unknown, type = 'Noted'): EventToAppend => ({ id: randomUUID(), type, version: 1, data, metadata: EVENT_METADATA });

describe('A backup', () => {
  let root: string;
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: EventStore;
  let source: BackupSource;
  let evidence: string;
  const closing: (() => Promise<unknown>)[] = [];
  const folderFor = (name: string): string => path.join(root, 'backups', name);

  const target = async (): Promise<RestoreTarget & { made: number }> => {
    const empty = await emptyDatabase();
    const db = await createDataSource(empty.url).initialize();
    closing.push(
      () => db.destroy(),
      () => empty.drop(),
    );
    const here = {
      databaseUrl: empty.url,
      dataSource: db,
      dataDir: await mkdtemp(path.join(root, 'target-')),
      backend: 'postgres' as const,
      openStore: () => openEventStore({ url: empty.url }),
      openSink: () => new PostgresCopySink(empty.url),
      made: 0,
      makeReadModels: async () => void (here.made += 1),
    };
    return here;
  };

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'ql-backup-'));
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    store = openEventStore({ url: database.url });
    const dataDir = path.join(root, 'instance');
    const { id } = MasterKey.in(dataDir);
    const content = randomBytes(5_000);
    evidence = sha256Of(content);
    await fs.mkdir(path.join(dataDir, 'evidence', evidence.slice(0, 2)), { recursive: true });
    await writeFile(path.join(dataDir, 'evidence', evidence.slice(0, 2), evidence), content);
    await dataSource.query(
      `insert into account (id, login, person_id, password_hash, status, must_change_password, created_at, password_changed_at)
       values ($1, 'admin', 'p-1', 'argon', 'active', false, now(), '2020-07-06T01:00:00.123456Z')`,
      [ACCOUNT],
    );
    await dataSource.query(
      `insert into security_log (at, kind, detail) select now(), 'signed-in', '{"三":[1,null]}' from generate_series(1, 2500)`,
    );
    // What JSON cannot tell apart or would round.
    await dataSource.query(
      `insert into http_idempotency (account_id, key, request_hash, status, body) values
       ('a', 'null-in-json', 'h', 200, 'null'), ('a', 'absent', 'h', null, null), ('a', 'large', 'h', 200, '{"n":9007199254740993}'),
       ('a', $1, 'h', 200, '"quote \\" and 换行\\n"')`,
      ['two\nlines'],
    );
    await dataSource.query(
      `insert into subject_key values ('s-kept', $1, 'wrapped', now(), null), ('s-erased', $1, null, now(), now()), ('s-between', $1, 'wrapped', now(), null), ('s-later', $1, 'wrapped', now(), null)`,
      [id],
    );
    for (let n = 0; n < 60; n += 1) await store.append(`finding-${String(n % 7)}`, 'any', [event({ n, text: '东夼' }), event({ n: 1.5 })]);
    await store.append('finding-0', 'any', [event({ file: { hash: evidence } }, 'EvidenceAdded')]);
    await store.append('subject-s-between', 'any', [event({}, 'SubjectErased')]);
    source = { store, dataSource, backend: 'postgres', dataDir, masterKey: id, product: '0.1.0' };
  });
  afterAll(async () => {
    await store.close();
    await dataSource.destroy();
    await database.drop();
    for (const close of closing) await close();
    await rm(root, { recursive: true, force: true });
  });
  const key = () => MasterKey.in(source.dataDir);
  const rowsOf = async (db: DataSource, table: string): Promise<readonly string[]> =>
    (await db.query<{ row: string }[]>(`select t::text as row from "${table}" t`)).map(({ row }) => row).sort();

  it('is readable by its owner alone, holds no master key, and gives back every row, file and event', async () => {
    const folder = folderFor('whole');
    const { events, missingEvidence } = await takeBackup(source, { folder, signal: NEVER });
    expect([events.lines, missingEvidence]).toStrictEqual([122, []]);
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      expect([entry.name, (await stat(file)).mode & 0o777]).toStrictEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
      if (entry.isFile()) expect((await readFile(file)).includes(key().bytes)).toBe(false);
    }
    expect((await verifyBackup(folder, { signal: NEVER })).faults).toStrictEqual([]);
    const into = await target();
    const restored = await restoreBackup(into, { folder, masterKey: key(), erasedSince: ['s-later'], signal: NEVER });
    expect([restored.events.count, restored.files, restored.erased, into.made]).toStrictEqual([122, 1, 2, 1]);
    for (const table of ['account', 'http_idempotency', 'security_log']) {
      expect(await rowsOf(into.dataSource, table)).toStrictEqual(await rowsOf(dataSource, table));
    }
    const live = await into.dataSource.query<{ id: string }[]>('select subject_id as id from subject_key where wrapped is not null');
    expect(live).toStrictEqual([{ id: 's-kept' }]);
    const copy = into.openStore();
    expect(await copy.readAll(0n, 1_000)).toStrictEqual(await store.readAll(0n, 1_000));
    await copy.close();
    expect(MasterKey.in(into.dataDir).id).toBe(key().id);
    // The next entry of the log gets a number of its own.
    await into.dataSource.query(`insert into security_log (at, kind) values (now(), 'signed-in')`);
    expect(await rowsOf(into.dataSource, 'security_log')).toHaveLength(2_501);
    await expect(restoreBackup(into, { folder, masterKey: key(), erasedSince: [], signal: NEVER })).rejects.toThrow(
      'into an empty instance only',
    );
  });

  it('names each file that is damaged, missing or was added, and is not restored then', async () => {
    const folder = folderFor('spoiled');
    await takeBackup(source, { folder, signal: NEVER });
    const photo = `files/evidence/${evidence.slice(0, 2)}/${evidence}`;
    await writeFile(path.join(folder, photo), 'something else');
    await rm(path.join(folder, 'account/000001.ndjson.gz'));
    await writeFile(path.join(folder, 'events/000009.ndjson.gz'), '');
    const { faults } = await verifyBackup(folder, { signal: NEVER });
    expect(faults).toStrictEqual([
      { kind: 'missing', file: 'account/000001.ndjson.gz' },
      { kind: 'damaged', file: photo },
      { kind: 'extra', file: 'events/000009.ndjson.gz' },
    ]);
    const into = await target();
    const restoring = restoreBackup(into, { folder, masterKey: key(), erasedSince: [], signal: NEVER });
    await expect(restoring).rejects.toThrow(`missing account/000001.ndjson.gz; damaged ${photo}`);
    expect(await into.dataSource.query(`select tablename from pg_tables where schemaname = 'public'`)).toStrictEqual([]);
  });

  it.each([
    ['gone', (file: string) => rm(file), 'manifest.json is missing'],
    ['altered', (file: string) => writeFile(file, '{}'), 'manifest.json of the backup is damaged'],
  ])('with its manifest %s is no backup', async (name, spoil, sentence) => {
    const folder = folderFor(name);
    await takeBackup(source, { folder, signal: NEVER });
    await spoil(path.join(folder, 'manifest.json'));
    await expect(verifyBackup(folder, { signal: NEVER })).rejects.toThrow(sentence);
  });

  it('says which evidence was missing or damaged when it was taken', async () => {
    const dataDir = await mkdtemp(path.join(root, 'lossy-'));
    const { missingEvidence, files } = await takeBackup({ ...source, dataDir }, { folder: folderFor('lossy'), signal: NEVER });
    expect([missingEvidence, files.lines]).toStrictEqual([[evidence], 0]);
  });

  it('leaves nothing behind when the disk is full', async () => {
    const folder = folderFor('full');
    let left = 6;
    const real = fs.open;
    const opened = jest.spyOn(fs, 'open').mockImplementation((file, flags, mode) => {
      if (flags === 'wx' && (left -= 1) < 0) return Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      return real(file, flags, mode);
    });
    await expect(takeBackup(source, { folder, signal: NEVER })).rejects.toMatchObject({ code: 'ENOSPC' });
    opened.mockRestore();
    expect((await readdir(path.dirname(folder))).filter((name) => name.includes('full'))).toStrictEqual([]);
  });

  it.each(['tables', 'events', 'files'] as const)('cancelled while it takes %s leaves nothing behind', async (phase) => {
    const folder = folderFor(`cancelled-${phase}`);
    const stop = new AbortController();
    const onProgress = (progress: BackupProgress): void => (progress.phase === phase ? stop.abort() : undefined);
    await expect(takeBackup(source, { folder, signal: stop.signal, onProgress })).rejects.toThrow(BackupCancelled);
    expect((await readdir(path.dirname(folder))).filter((name) => name.includes('cancelled'))).toStrictEqual([]);
  });

  it('is not written over anything, nor where everybody could exchange it', async () => {
    const folder = folderFor('whole');
    await expect(takeBackup(source, { folder, signal: NEVER })).rejects.toThrow('The folder is there already');
    const open = await mkdtemp(path.join(root, 'open-'));
    await fs.chmod(open, 0o777);
    await expect(takeBackup(source, { folder: path.join(open, 'one'), signal: NEVER })).rejects.toThrow('Everybody may write');
  });

  it.each(['files', 'tables', 'events', 'comparing'] as const)(
    'whose restore is interrupted at %s is no instance yet, and goes on when it is restored again',
    async (phase) => {
      const folder = folderFor('whole');
      const { id } = await readManifest(folder);
      const into = await target();
      const stop = new AbortController();
      const onProgress = (progress: RestoreProgress): void => (progress.phase === phase ? stop.abort() : undefined);
      const options = { folder, masterKey: key(), erasedSince: [] };
      await expect(restoreBackup(into, { ...options, signal: stop.signal, onProgress })).rejects.toThrow(BackupCancelled);
      expect((await readRestoreMarker(into.dataSource))?.backupId).toBe(id);
      const other = folderFor(`other-${phase}`);
      await takeBackup(source, { folder: other, signal: NEVER });
      await expect(restoreBackup(into, { ...options, folder: other, signal: NEVER })).rejects.toThrow(
        'Another backup has been restored here in part',
      );
      expect((await restoreBackup(into, { ...options, signal: NEVER })).events.count).toBe(122);
      expect(await readRestoreMarker(into.dataSource)).toBe(null);
      expect(await rowsOf(into.dataSource, 'account')).toStrictEqual(await rowsOf(dataSource, 'account'));
    },
  );

  it('keeps no answer newer than its events where these lie elsewhere', async () => {
    const elsewhere = new InMemoryEventStore();
    await elsewhere.append('finding-1', 'any', [event({})]);
    // A client is answered just after the events were looked at.
    const head = async (): Promise<bigint> => {
      const position = await elsewhere.head();
      await elsewhere.append('finding-1', 'any', [event({})]);
      await dataSource.query(`insert into http_idempotency (account_id, key, request_hash, status) values ('a', 'too-late', 'h', 201)`);
      await dataSource.query(`insert into subject_key values ('s-new', $1, 'wrapped', now(), null)`, [key().id]);
      return position;
    };
    const folder = folderFor('elsewhere');
    const spied = Object.assign(Object.create(elsewhere) as EventStore, { head });
    const manifest = await takeBackup({ ...source, store: spied, backend: 'eventstoredb' }, { folder, signal: NEVER });
    expect([manifest.events.lines, manifest.tables['http_idempotency']?.lines, manifest.tables['subject_key']?.lines]).toStrictEqual([
      1, 4, 5,
    ]);
  });

  describe('has its master key in a file of its own', () => {
    it('which only its owner reads, and which is not overwritten by another key', async () => {
      const file = path.join(root, 'plain.key');
      expect(await writeKeyFile(file, key(), null)).toBe(true);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readKeyFile(file, null)).toStrictEqual({ id: key().id, bytes: key().bytes });
      expect(await writeKeyFile(file, key(), null)).toBe(false);
      await expect(writeKeyFile(file, { id: 'another', bytes: randomBytes(32) }, null)).rejects.toThrow('is not overwritten');
    });

    it('which a passphrase seals', async () => {
      const file = path.join(root, 'sealed.key');
      await expect(writeKeyFile(file, key(), 'short')).rejects.toThrow('at least 12 characters');
      await writeKeyFile(file, key(), '一二三四五六七八九十甲乙');
      expect((await readFile(file, 'utf8')).includes(key().bytes.toString('base64'))).toBe(false);
      expect((await readKeyFile(file, '一二三四五六七八九十甲乙')).bytes).toStrictEqual(key().bytes);
      await expect(readKeyFile(file, null)).rejects.toThrow('The key file is sealed');
      await expect(readKeyFile(file, 'not this passphrase')).rejects.toThrow('The passphrase is wrong');
    });

    it('and is refused where it belongs to another backup, or the folder to another instance', async () => {
      const other = MasterKey.place(await mkdtemp(path.join(root, 'other-')), randomBytes(32));
      const options = { folder: folderFor('whole'), erasedSince: [], signal: NEVER };
      await expect(restoreBackup(await target(), { ...options, masterKey: other })).rejects.toThrow('does not belong to this backup');
      const into = await target();
      MasterKey.place(into.dataDir, randomBytes(32));
      await expect(restoreBackup(into, { ...options, masterKey: key() })).rejects.toThrow('is the master key of another instance');
    });
  });
});
