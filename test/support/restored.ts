import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ReadersModule } from '@app/core';
import { startDouble } from '@app/eventstore-double';
import { loadSettings, type Settings } from '@app/settings';
import { emptyDatabase } from '@app/testing';
import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/create-app';
import type { Product } from './product';

@Module({ imports: [ReadersModule] })
class WithReaders {}

/** An empty place for an instance: a database without tables, a folder of its own, events there or on a double of EventStoreDB. */
export type EmptyInstance = Readonly<{
  settings: Settings;
  databaseUrl: string;
  dataDir: string;
  start: (clock: Product['clock']) => Promise<NestFastifyApplication>;
  close: () => Promise<void>;
}>;

type Beside = Readonly<{ env?: Readonly<Record<string, string>>; beside?: readonly Type[] }>;

export const emptyInstance = async (
  eventsOn: 'postgres' | 'eventstoredb',
  { env = {}, beside = [] }: Beside = {},
): Promise<EmptyInstance> => {
  const database = await emptyDatabase();
  const double = eventsOn === 'eventstoredb' ? await startDouble() : null;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ql-empty-'));
  const settings = loadSettings({
    DATABASE_URL: database.url,
    ...(double === null ? {} : { EVENTSTORE_URL: double.connectionString }),
    DATA_DIR: dataDir,
    QUEUE_BACKEND: 'postgres',
    PORT: '3998',
    LOG_LEVEL: 'warn',
    ...env,
  });
  const running: NestFastifyApplication[] = [];
  return {
    settings,
    databaseUrl: database.url,
    dataDir,
    start: async (clock) => {
      const app = await createApp(settings, clock, [WithReaders, ...beside]);
      running.push(app);
      await app.init();
      await app.getHttpAdapter().getInstance().ready();
      return app;
    },
    close: async () => {
      for (const app of running) await app.close();
      await double?.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
