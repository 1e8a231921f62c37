import { randomUUID } from 'node:crypto';
import { beat } from '@app/read-store';
import { DataSource } from 'typeorm';
import { startProduct, type Product } from '../support/product';

describe('What the api tells of the worker', () => {
  let product: Product;
  let database: DataSource;
  beforeAll(async () => {
    product = await startProduct({ county: false });
    database = product.app.get(DataSource);
  });
  afterAll(() => product.close());
  const ready = async () => {
    const { status, body } = await product.anonymous.get<{ worker: unknown }>('/api/health/ready');
    return { status, worker: body.worker };
  };
  const metrics = async () =>
    (await product.anonymous.get('/api/metrics')).text.split('\n').filter((line) => /^qingling_(worker|queue)_/.test(line));
  const PULSE = { backend: 'redis', quietForSeconds: 3, silences: 2, mayEvict: true } as const;

  it('is nothing before one was heard', async () => {
    expect(await ready()).toStrictEqual({ status: 200, worker: { status: 'down', secondsSinceBeat: null, queue: null } });
    expect(await metrics()).toStrictEqual([]);
  });

  it('is when it was heard last, and how its queue is', async () => {
    await beat(database, { id: randomUUID(), process: 'worker', detail: PULSE });
    expect(await ready()).toStrictEqual({ status: 200, worker: { status: 'up', secondsSinceBeat: 0, queue: PULSE } });
    expect(await metrics()).toStrictEqual([
      'qingling_worker_beat_age_seconds 0',
      'qingling_queue_quiet_seconds 3',
      'qingling_queue_silences 2',
      'qingling_queue_may_evict 1',
    ]);
  });

  it('is that it is gone when it has been silent too long, while people go on', async () => {
    await database.query("update process_beat set beat_at = now() - interval '100 seconds'");
    expect(await ready()).toMatchObject({ status: 200, worker: { status: 'down', secondsSinceBeat: 100 } });
    expect((await metrics())[0]).toBe('qingling_worker_beat_age_seconds 100');
  });

  it('is told apart from clocks that cannot be believed', async () => {
    const { text } = await product.anonymous.get('/api/metrics');
    expect(text.split('\n').filter((line) => line.startsWith('qingling_clock_doubted'))).toStrictEqual(['qingling_clock_doubted 0']);
  });
});
