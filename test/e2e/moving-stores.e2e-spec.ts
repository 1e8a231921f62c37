import { Readers, ReadersModule } from '@app/core';
import { startDouble, type RunningDouble } from '@app/eventstore-double';
import { loadSettings, type Settings } from '@app/settings';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/create-app';
import { command } from '../../apps/cli/src/commands/copy-events.command';
import { Client } from '../support/client';
import { PASSWORD } from '../support/county';
import { CountyWork, HOUSE, ok } from '../support/county-work';
import { ON_EVENTSTOREDB, startProduct, type Product } from '../support/product';
import { rowsOf } from '../support/read-model-rows';

@Module({ imports: [ReadersModule] })
class WithReaders {}

/** Each run of these tests moves away from the store that it is about: to EventStoreDB, and from it. */
const WAY = ON_EVENTSTOREDB
  ? ({ name: 'EventStoreDB to PostgreSQL', from: 'eventstoredb', to: 'postgres' } as const)
  : ({ name: 'PostgreSQL to EventStoreDB', from: 'postgres', to: 'eventstoredb' } as const);

/** What a person sees of a finding; where the store keeps its last event is the store's own affair. */
const shownOf = ({ position: _, ...rest }: Record<string, unknown>): unknown => rest;

describe(`A product moved from ${WAY.name}`, () => {
  let product: Product;
  let double: RunningDouble | null = null;
  let moved: NestFastifyApplication | null = null;
  let cleared: string;
  let shown: unknown;
  let before: unknown;
  const settingsWith = (more: Readonly<Record<string, string>>): Settings =>
    loadSettings({ ...more, DATA_DIR: product.dataDir, QUEUE_BACKEND: 'postgres', PORT: '3999', LOG_LEVEL: 'warn' });

  beforeAll(async () => {
    product = await startProduct();
    const work = new CountyWork(product);
    cleared = await work.handOver(await work.file());
    await work.finish(cleared, ['T', 'S']);
    await work.handToTown(await work.file());
    await work.file();
    await product.settle();
    shown = shownOf(ok(await (await product.as('office')).get(`/api/findings/${cleared}`)));
    await product.readers.stop();
    before = await rowsOf(product.app);
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await moved?.close();
    await product.close();
    await double?.close();
  });

  it('has the same read models, row for row, when they are made anew from the copy', async () => {
    double = ON_EVENTSTOREDB ? null : await startDouble();
    const both = { ...product.stores, ...(double === null ? {} : { EVENTSTORE_URL: double.connectionString }) };
    await command.run(['--from', WAY.from, '--to', WAY.to], settingsWith(both));
    const switched = ON_EVENTSTOREDB ? Object.fromEntries(Object.entries(both).filter(([name]) => name !== 'EVENTSTORE_URL')) : both;
    moved = await createApp(settingsWith(switched), product.clock, [WithReaders]);
    await moved.init();
    await moved.getHttpAdapter().getInstance().ready();
    const readers = moved.get(Readers, { strict: false });
    await readers.rebuild();
    expect(await rowsOf(moved)).toStrictEqual(before);
    const differences = await readers.compareWithRebuild();
    expect(differences.filter(({ onlyLive, onlyRebuilt }) => onlyLive.length + onlyRebuilt.length > 0)).toStrictEqual([]);
  });

  it('goes on with its work where it stood', async () => {
    if (moved === null) throw new Error('nothing was moved');
    const inspector = new Client(moved);
    await inspector.signIn('inspector', PASSWORD);
    const office = new Client(moved);
    await office.signIn('office', PASSWORD);
    expect(shownOf(ok(await office.get(`/api/findings/${cleared}`)))).toStrictEqual(shown);
    const filed = String(ok(await inspector.post('/api/findings', { ...HOUSE, text: '迁移之后登记。' }))['findingId']);
    await moved.get(Readers, { strict: false }).drain();
    expect(ok(await office.get(`/api/findings/${filed}`))).toMatchObject({ status: 'found' });
  });
});
