import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CoreModule, Readers, ReadersModule } from '@app/core';
import { loadSettings } from '@app/settings';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { StartServer } from '../harness/types';

@Module({})
class ReadingModule {
  static in(databaseUrl: string, dataDir: string): DynamicModule {
    const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
    return { module: ReadingModule, imports: [CoreModule.forRoot(settings), ReadersModule] };
  }
}

/** Every read model and policy of the product, as its worker runs them. */
export const start: StartServer = async ({ databaseUrl }) => {
  if (databaseUrl === null) throw new Error('readers need a database');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const app = await NestFactory.createApplicationContext(ReadingModule.in(databaseUrl, dataDir), { logger: ['error', 'warn'] });
  const readers = app.get(Readers, { strict: false });
  readers.start();
  return {
    answer: null,
    close: async () => {
      await readers.stop();
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
