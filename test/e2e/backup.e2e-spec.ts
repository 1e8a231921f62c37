import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KEPT_TABLES, keyFileOf, readManifest } from '@app/backup';
import { Readers } from '@app/core';
import { EventStore } from '@app/event-store';
import { loadSettings } from '@app/settings';
import { waitUntil } from '@app/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { command as backup } from '../../apps/cli/src/commands/backup.command';
import { command as restore } from '../../apps/cli/src/commands/restore.command';
import { Client } from '../support/client';
import { PASSWORD } from '../support/county';
import { CountyWork, HOUSE, ok } from '../support/county-work';
import { ON_EVENTSTOREDB, startProduct, type Product } from '../support/product';
import { rowsOf } from '../support/read-model-rows';
import { emptyInstance, type EmptyInstance } from '../support/restored';

/** Kept of a table, whatever the order; what a restore changes on purpose is left out. */
const keptRows = async (app: Pick<NestFastifyApplication, 'get'>): Promise<Readonly<Record<string, readonly string[]>>> => {
  const all: Record<string, readonly string[]> = {};
  for (const table of KEPT_TABLES.filter((name) => name !== 'checkpoint')) {
    const rows = await app.get(DataSource, { strict: false }).query<{ row: string }[]>(`select to_jsonb(t)::text as row from "${table}" t`);
    all[table] = rows.map(({ row }) => row).sort();
  }
  return all;
};

/** Every text under this name, at any depth. */
const namedIn = (data: unknown, name: string): readonly string[] =>
  [...JSON.stringify(data).matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, text]) => text ?? '');

describe('A backup of an instance at work', () => {
  let product: Product;
  let work: CountyWork;
  let folder: string;
  let cleared: string;
  const instances: EmptyInstance[] = [];
  const own = () =>
    loadSettings({ ...product.stores, DATA_DIR: product.dataDir, QUEUE_BACKEND: 'postgres', PORT: '3999', LOG_LEVEL: 'warn' });
  const empty = async (eventsOn: 'postgres' | 'eventstoredb'): Promise<EmptyInstance> => {
    const instance = await emptyInstance(eventsOn);
    instances.push(instance);
    return instance;
  };

  beforeAll(async () => {
    for (const way of ['log', 'error'] as const) jest.spyOn(console, way).mockImplementation(() => undefined);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    product = await startProduct();
    work = new CountyWork(product);
    cleared = await work.handOver(await work.file());
    await work.finish(cleared, ['T', 'S']);
    folder = path.join(product.dataDir, 'backups', 'one');
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    for (const instance of instances) await instance.close();
    await product.close();
  });

  it('taken while clients keep writing, goes into an empty instance on either store: rows, evidence, policies and people as at its position', async () => {
    const inspector = await product.as('inspector');
    const acknowledged: string[] = [];
    let stop = false;
    const writers = Array.from({ length: 4 }, async (_, n) => {
      for (let i = 0; !stop; i += 1)
        acknowledged.push(String(ok(await inspector.post('/api/findings', { ...HOUSE, text: `第 ${n}-${i} 户` }))['findingId']));
    });
    const more = async (): Promise<void> => {
      const known = acknowledged.length;
      await waitUntil(() => acknowledged.length > known + 4);
    };
    const before: string[] = [];
    try {
      await more();
      before.push(...acknowledged);
      await backup.run([folder], own());
      await more();
    } finally {
      stop = true;
      await Promise.all(writers);
    }

    const manifest = await readManifest(folder);
    const position = BigInt(manifest.position);
    const source = (await product.app.get(EventStore, { strict: false }).readAll(0n, 10_000)).filter((event) => event.position <= position);
    const target = await empty(ON_EVENTSTOREDB ? 'postgres' : 'eventstoredb');
    await restore.run([folder], target.settings);
    const moved = await target.start(product.clock);
    const events = await moved.get(EventStore, { strict: false }).readAll(0n, 10_000);
    const facts = (log: typeof events) => log.map(({ position: _, ...rest }) => rest);
    expect(facts(events)).toStrictEqual(facts(source));
    expect(before.filter((id) => !events.some(({ stream }) => stream === `finding-${id}`))).toStrictEqual([]);
    const differences = await moved.get(Readers, { strict: false }).compareWithRebuild();
    expect(differences.filter(({ onlyLive, onlyRebuilt }) => onlyLive.length + onlyRebuilt.length > 0)).toStrictEqual([]);
    // What follows from events is not newer than they are, and what they rest on is not older.
    const db = moved.get(DataSource);
    const answers = await db.query<{ id: string }[]>(`select body->>'findingId' as id from http_idempotency where status = 201`);
    expect(answers.filter(({ id }) => id !== null && !events.some(({ stream }) => stream === `finding-${id}`))).toStrictEqual([]);
    const keys = new Set((await db.query<{ id: string }[]>('select subject_id as id from subject_key')).map(({ id }) => id));
    const subjects = events.flatMap(({ data }) => namedIn(data, 'subjectId'));
    expect(subjects.length).toBeGreaterThan(0);
    expect(subjects.filter((id) => !keys.has(id))).toStrictEqual([]);
    const length = events.length;
    await moved.get(Readers, { strict: false }).drain();
    expect((await moved.get(EventStore, { strict: false }).readAll(0n, 10_000)).length).toBe(length);
  });

  describe('at rest', () => {
    let moved: NestFastifyApplication;
    let target: EmptyInstance;
    let filedKey: string;
    let filed: string;

    beforeAll(async () => {
      filedKey = 'filed-before-the-backup';
      filed = String(ok(await (await product.as('inspector')).post('/api/findings', HOUSE, { key: filedKey }))['findingId']);
      await product.settle();
      const still = path.join(product.dataDir, 'backups', 'two');
      process.env['BACKUP_PASSPHRASE'] = '一二三四五六七八九十甲乙';
      await backup.run([still], own());
      target = await empty(ON_EVENTSTOREDB ? 'eventstoredb' : 'postgres');
      await restore.run([still], target.settings);
      delete process.env['BACKUP_PASSPHRASE'];
      moved = await target.start(product.clock);
    });

    it('gives back every row of every read model and of every other table, and every file of evidence', async () => {
      expect(await rowsOf(moved)).toStrictEqual(await rowsOf(product.app));
      expect(await keptRows(moved)).toStrictEqual(await keptRows(product.app));
      const events = await product.app.get(EventStore, { strict: false }).readAll(0n, 10_000);
      const hashes = events.flatMap(({ data }) => namedIn(data, 'hash'));
      expect(hashes.length).toBeGreaterThan(0);
      for (const hash of hashes) {
        const bytes = await readFile(path.join(target.dataDir, 'evidence', hash.slice(0, 2), hash));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
      }
    });

    it('lets people sign in again, and nobody go on in a session of before', async () => {
      const inspector = await product.as('inspector');
      const old = await moved.inject({ method: 'GET', url: '/api/session', headers: { cookie: inspector.cookieHeader } });
      expect(old.statusCode).toBe(401);
      const again = new Client(moved);
      await again.signIn('inspector', PASSWORD);
      const shown = async (client: Client): Promise<unknown> => {
        const { position: _, ...rest } = ok(await client.get(`/api/findings/${cleared}`));
        return rest;
      };
      expect(await shown(again)).toStrictEqual(await shown(inspector));
    });

    it('opens personal data with the keys that came along', async () => {
      const office = new Client(moved);
      await office.signIn('office', PASSWORD);
      const { subject } = ok<{ subject: { subjectId: string } }>(await office.get(`/api/findings/${cleared}`));
      const url = `/api/findings/${cleared}/subjects/${subject.subjectId}/reveal`;
      expect(ok(await office.post(url, { field: 'name', purpose: '核实恢复' }))).toMatchObject({ value: '周样一' });
    });

    it('finds the command of a client that sends it again after the restore', async () => {
      const client = new Client(moved);
      await client.signIn('inspector', PASSWORD);
      const count = async () =>
        (await moved.get(EventStore, { strict: false }).readAll(0n, 10_000)).filter(({ type }) => type === 'FindingFiled').length;
      const before = await count();
      const answer = await client.post('/api/findings', HOUSE, { key: filedKey });
      expect([answer.headers['idempotent-replayed'], answer.body['findingId']]).toStrictEqual(['true', filed]);
      // The answer was lost with the crash, the events were not.
      await moved.get(DataSource).query('delete from http_idempotency where key = $1', [filedKey]);
      expect(ok(await client.post('/api/findings', HOUSE, { key: filedKey }))['findingId']).toBe(filed);
      expect(await count()).toBe(before);
    });

    it('goes on with its work, and gives no number twice', async () => {
      const client = new Client(moved);
      await client.signIn('inspector', PASSWORD);
      const id = String(ok(await client.post('/api/findings', { ...HOUSE, text: '恢复之后登记。' }))['findingId']);
      await moved.get(Readers, { strict: false }).drain();
      const numbers = await moved.get(DataSource).query<{ number: string }[]>('select number from finding_list');
      expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length);
      expect(ok(await client.get(`/api/findings/${id}`))).toMatchObject({ status: 'found' });
    });

    it('is refused by an instance that holds anything, which stays as it was', async () => {
      await expect(restore.run([folder], own())).rejects.toThrow('A restore goes into an empty instance only');
    });
  });

  it('keeps subjects erased, also one erased after the backup when its id is given', async () => {
    const [subject] = await product.app
      .get(DataSource)
      .query<{ id: string }[]>('select subject_id as id from subject_key where wrapped is not null limit 1');
    const list = path.join(product.dataDir, 'erased.txt');
    await writeFile(list, `${subject?.id ?? ''}\n`);
    const target = await empty('postgres');
    await restore.run([folder, '--key-file', keyFileOf(folder), '--erased', list], target.settings);
    const moved = await target.start(product.clock);
    expect(await moved.get(DataSource).query('select subject_id as id from subject_key where wrapped is null')).toStrictEqual([subject]);
    await rm(list);
  });
});
