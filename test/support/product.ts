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
import { Module, type Type } from '@nestjs/common';
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
  /** Settings besides where the stores are. */
  env?: Readonly<Record<string, string>>;
  /** What runs in the same process besides. */
  beside?: readonly Type[];
}>;

/** Loaded where it is used: half of the runs have no use for it. */
const eventStoreDouble = async (): Promise<RunningDouble> => (await import('@app/eventstore-double')).startDouble();

/** Undoes what was done, last first, every step of it whatever became of the others: a step left out would keep the tests from ending. */
class Undoing {
  private readonly steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.steps.unshift(step);
  }

  /** Errors: the first that a step threw, once all were tried. */
  async all(): Promise<void> {
    const faults: unknown[] = [];
    for (const step of this.steps.splice(0)) await step().catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw faults[0];
  }
}

const started = new Set<Promise<Undoing>>();
// A hook that ran out of time never hands over what it started, nor does a test that fails close it: both would keep jest from ending.
if (typeof afterAll === 'function') {
  afterAll(async () => {
    for (const starting of started) await (await starting).all().catch(() => undefined);
  });
}

/** Ends with the tests of its file at the latest; what a failed start began is undone. */
export const startProduct = (starting: Starting = {}): Promise<Product> => {
  const undoing = new Undoing();
  const product = start(starting, undoing).catch(async (fault: unknown) => {
    await undoing.all().catch(() => undefined);
    throw fault;
  });
  started.add(
    product.then(
      () => undoing,
      () => undoing,
    ),
  );
  return product;
};

const start = async (
  { county = true, through, throughEventStore, webDir, env = {}, beside = [] }: Starting,
  undoing: Undoing,
): Promise<Product> => {
  const database = await freshDatabase();
  undoing.add(() => database.drop());
  const double = ON_EVENTSTOREDB || throughEventStore !== undefined ? await eventStoreDouble() : null;
  if (double !== null) undoing.add(() => double.close());
  const eventStoreUrl = double === null ? null : ((await throughEventStore?.(double.connectionString)) ?? double.connectionString);
  const stores = {
    DATABASE_URL: through === undefined ? database.url : await through(database.url),
    ...(eventStoreUrl === null ? {} : { EVENTSTORE_URL: eventStoreUrl }),
  };
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ql-product-'));
  undoing.add(() => rm(dataDir, { recursive: true, force: true }));
  const settings = loadSettings({
    ...stores,
    DATA_DIR: dataDir,
    QUEUE_BACKEND: 'postgres',
    PORT: '3999',
    LOG_LEVEL: 'warn',
    ...env,
  });
  const clock = new VirtualClock(START);
  const app = await createApp(settings, clock, [WithReaders, ...beside]);
  undoing.add(() => app.close());
  if (webDir !== undefined) await serveWeb(app, webDir);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const readers = app.get(Readers, { strict: false });
  if (county) await settleCounty(app, clock);
  readers.start();
  undoing.add(() => readers.stop());
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
    close: () => undoing.all(),
  };
};

export const newKey = (): string => randomUUID();
