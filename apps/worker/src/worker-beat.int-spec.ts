import { randomUUID } from 'node:crypto';
import type { Jobs, Pulse } from '@app/jobs';
import { beat, createDataSource, lastBeat } from '@app/read-store';
import { flakyProxy, freshDatabase, waitUntil, type FlakyProxy, type FreshDatabase } from '@app/testing';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { WorkerBeat } from './worker-beat';

const PULSE: Pulse = { backend: 'redis', quietForSeconds: 2, silences: 1, mayEvict: false };
const jobs = { pulse: () => PULSE } as unknown as Jobs;

describe('The sign of life of a worker', () => {
  let database: FreshDatabase;
  let proxy: FlakyProxy;
  let direct: DataSource;
  let theirs: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    proxy = await flakyProxy(database.url);
    direct = await createDataSource(database.url, { poolSize: 2 }).initialize();
    theirs = await createDataSource(proxy.url, { poolSize: 2 }).initialize();
  });
  afterAll(async () => {
    await theirs.destroy();
    await proxy.close();
    await direct.destroy();
    await database.drop();
  });

  it('is there from its start, tells how the queue is, and goes with an end in order', async () => {
    expect(await lastBeat(direct, 'worker')).toBe(null);
    const worker = new WorkerBeat(theirs, jobs);
    await worker.onApplicationBootstrap();
    expect(await lastBeat(direct, 'worker')).toStrictEqual({ secondsAgo: 0, detail: PULSE });
    await worker.beforeApplicationShutdown();
    expect(await lastBeat(direct, 'worker')).toBe(null);
  });

  it('grows old when the process is gone without a word, until another is heard', async () => {
    const gone = randomUUID();
    await beat(direct, { id: gone, process: 'worker', detail: PULSE });
    await direct.query("update process_beat set beat_at = now() - interval '90 seconds'");
    expect((await lastBeat(direct, 'worker'))?.secondsAgo).toBe(90);
    await beat(direct, { id: randomUUID(), process: 'worker', detail: PULSE });
    expect((await lastBeat(direct, 'worker'))?.secondsAgo).toBe(0);
    await direct.query("update process_beat set beat_at = now() - interval '2 days' where id = $1", [gone]);
    await beat(direct, { id: randomUUID(), process: 'worker', detail: PULSE });
    expect(await direct.query('select 1 from process_beat where id = $1', [gone])).toStrictEqual([]);
    await direct.query('delete from process_beat');
  });

  it('survives that the database is away, and says so once', async () => {
    const said: string[] = [];
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation((text: string) => void said.push(text));
    const worker = new WorkerBeat(theirs, jobs);
    proxy.cut();
    await worker.onApplicationBootstrap();
    await worker['once']();
    expect(said.length).toBe(1);
    proxy.mend();
    await waitUntil(async () => {
      await worker['once']();
      return (await lastBeat(direct, 'worker')) !== null;
    });
    await worker.beforeApplicationShutdown();
    log.mockRestore();
  });
});
