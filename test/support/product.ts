import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readers, ReadersModule } from '@app/core';
import { instant, type Instant } from '@app/kernel';
import { loadSettings } from '@app/settings';
import type { RunningDouble } from '@app/eventstore-double';
import { freshDatabase, VirtualClock } from '@app/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/create-app';
import { serveWeb } from '../../apps/api/src/web/serve-web';
import { Client } from './client';
import { PASSWORD, settleCounty, type Login } from './county';

@Module({ imports: [ReadersModule] })
class WithReaders {}

/** Where this run keeps its events: `npm test` goes through every test of the product once for each. */
export const ON_EVENTSTOREDB = process.env['E2E_STORE'] === 'eventstoredb';

/** The whole product in one process on real PostgreSQL, its events there or on EventStoreDB: the api, its readers, a clock that the test turns. */
export type Product = Readonly<{
  app: NestFastifyApplication;
  clock: VirtualClock;
  readers: Readers;
  dataDir: string;
  /** What another process of this product is told of its stores. */
  stores: Readonly<Record<string, string>>;
  /** Signs in once per login and remembers the session. */
  as: (login: Login) => Promise<Client>;
  anonymous: Client;
  /** Lets read models and policies come to rest. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
}>;

export const START: Instant = instant('2020-07-06T01:00:00.000Z');

type Starting = Readonly<{
  county?: boolean;
  /** The way that the product takes to its database, for tests that cut it. */
  through?: (databaseUrl: string) => Promise<string>;
  /** The way that it takes to its EventStoreDB; where this is given, the events are there. */
  throughEventStore?: (connectionString: string) => Promise<string>;
  /** Where the built web application lies, for tests in a browser. */
  webDir?: string;
}>;

/** Loaded where it is used: half of the runs have no use for it. */
const eventStoreDouble = async (): Promise<RunningDouble> => (await import('@app/eventstore-double')).startDouble();

export const startProduct = async ({ county = true, through, throughEventStore, webDir }: Starting = {}): Promise<Product> => {
  const database = await freshDatabase();
  const double = ON_EVENTSTOREDB || throughEventStore !== undefined ? await eventStoreDouble() : null;
  const eventStoreUrl = double === null ? null : ((await throughEventStore?.(double.connectionString)) ?? double.connectionString);
  const stores = {
    DATABASE_URL: through === undefined ? database.url : await through(database.url),
    ...(eventStoreUrl === null ? {} : { EVENTSTORE_URL: eventStoreUrl }),
  };
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ql-product-'));
  const settings = loadSettings({
    ...stores,
    DATA_DIR: dataDir,
    QUEUE_BACKEND: 'postgres',
    PORT: '3999',
    LOG_LEVEL: 'warn',
  });
  const clock = new VirtualClock(START);
  const app = await createApp(settings, clock, [WithReaders]);
  if (webDir !== undefined) await serveWeb(app, webDir);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const readers = app.get(Readers, { strict: false });
  if (county) await settleCounty(app, clock);
  readers.start();
  await readers.drain();
  const clients = new Map<Login, Client>();
  const as = async (login: Login): Promise<Client> => {
    const known = clients.get(login);
    if (known !== undefined) return known;
    const client = new Client(app);
    await client.signIn(login, PASSWORD);
    clients.set(login, client);
    return client;
  };
  return {
    app,
    clock,
    readers,
    dataDir,
    stores,
    as,
    anonymous: new Client(app),
    settle: () => readers.drain(),
    close: async () => {
      await readers.stop();
      await app.close();
      await double?.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export const newKey = (): string => randomUUID();
