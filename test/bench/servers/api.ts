import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readers, ReadersModule } from '@app/core';
import { runMigrations } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { VirtualClock } from '@app/testing';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { createApp } from '../../../apps/api/src/create-app';
import { WithoutIdempotencyKey } from '../../../apps/api/src/platform/idempotency';
import { Public } from '../../../apps/api/src/security/access';
import { settleCounty } from '../../support/county';
import { START } from '../../support/product';
import type { StartServer } from '../harness/types';

/** A route of the same server that reads its body and does nothing. */
@Controller('empty')
class EmptyController {
  @Post()
  @Public()
  @WithoutIdempotencyKey()
  post(@Body() body: unknown): Readonly<{ taken: boolean }> {
    return { taken: body !== null };
  }
}

@Module({ imports: [ReadersModule], controllers: [EmptyController] })
class Beside {}

/** The product's api on a port, with a small county; its read models are filled once and stand still: the worker is another process. */
export const start: StartServer = async ({ databaseUrl }) => {
  if (databaseUrl === null) throw new Error('the api needs a database');
  await runMigrations(databaseUrl);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
  const clock = new VirtualClock(START);
  const app = await createApp(settings, clock, [Beside]);
  await app.init();
  await settleCounty(app, clock);
  await app.get(Readers, { strict: false }).drain();
  await app.listen(0, '127.0.0.1');
  return {
    answer: { url: await app.getUrl() },
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
