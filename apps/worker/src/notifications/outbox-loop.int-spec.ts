import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSettings } from '@app/settings';
import { freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { WorkerModule } from '../worker.module';

describe('A worker', () => {
  let database: FreshDatabase;
  let dataDir: string;
  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'ql-worker-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('takes what is due from the outbox by itself', async () => {
    const settings = loadSettings({ DATABASE_URL: database.url, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres' });
    const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings), { logger: false, abortOnError: false });
    const tables = app.get(DataSource);
    await tables.query(
      `insert into outbox (id, channel, endpoint_id, body, state, next_at, created_at)
       values (gen_random_uuid(), 'webhook', gen_random_uuid(), '{}', 'waiting', now(), now())`,
    );
    await waitUntil(async () => (await tables.query<unknown[]>("select 1 from outbox where last_error = 'webhook-removed'")).length === 1);
    await app.close();
  });
});
