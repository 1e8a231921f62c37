import { freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { createJobs, JobsUnavailable, type Jobs, type JobToAdd } from './index';
import { QUEUE_TABLES } from './queue-schema';

const redisUrl = process.env['TEST_REDIS_URL'];
const withRedis = redisUrl !== undefined && redisUrl !== '';

const job = (id: string, delayMs = 0): JobToAdd<'deadlines'> => ({
  id,
  data: { findingId: id, key: 'triage', dueAt: '2020-07-07T09:30:00.000Z', before: 0, knockAt: '2020-07-07T09:30:00.000Z' },
  delayMs,
});

type Place = Readonly<{ options: Parameters<typeof createJobs>[0]; lose: () => Promise<void>; end: () => Promise<void> }>;

const inPostgres = async (): Promise<Place> => {
  const database: FreshDatabase = await freshDatabase();
  return {
    options: { databaseUrl: database.url },
    lose: async () => {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query(`drop table ${QUEUE_TABLES.map((table) => `bullmq.${table}`).join(', ')} cascade`);
      await client.end();
    },
    end: database.drop,
  };
};

/** One Redis serves several suites at a time: each takes a database number of its own. */
const inRedis = (databaseNumber: number) => async (): Promise<Place> => {
  const url = `${redisUrl ?? ''}/${String(databaseNumber)}`;
  const lose = async (): Promise<void> => {
    const redis = new Redis(url);
    await redis.flushdb();
    redis.disconnect();
  };
  await lose();
  return { options: { redisUrl: url }, lose, end: lose };
};

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  ['PostgreSQL', inPostgres],
  ...(withRedis ? ([['Redis', inRedis(1)]] as const) : []),
];

describe.each(places)('Jobs on %s', (_, at) => {
  let place: Place;
  let jobs: Jobs;
  const ran: string[] = [];
  const count = (id: string) => ran.filter((x) => x === id).length;

  beforeAll(async () => {
    place = await at();
    jobs = createJobs(place.options);
    await jobs.start();
    await jobs.start();
    await jobs.work('deadlines', async ({ id, data }) => {
      expect(data.findingId).toBe(id);
      ran.push(id);
      if (id === 'third-time' && count(id) < 3) throw new Error('not yet');
    });
  });
  afterAll(async () => {
    await jobs.close();
    await place.end();
  });

  it('run at once or later', async () => {
    await jobs.add('deadlines', [job('now'), job('later', 300)]);
    await waitUntil(() => count('now') === 1);
    await waitUntil(() => count('later') === 1);
  });

  it('are there once however often they are added, and can be added again when they are done', async () => {
    for (let n = 0; n < 5; n += 1) await jobs.add('deadlines', [job('again', 150)]);
    await waitUntil(() => count('again') === 1);
    await waitUntil(async () => (await jobs.pending('deadlines')) === 0);
    await jobs.add('deadlines', [job('again')]);
    await waitUntil(() => count('again') === 2);
  });

  it('run again when they fail', async () => {
    await jobs.add('deadlines', [job('third-time')]);
    await waitUntil(() => count('third-time') === 3);
    await waitUntil(async () => (await jobs.pending('deadlines')) === 0);
  });

  it('are counted while they wait', async () => {
    await jobs.add(
      'deadlines',
      Array.from({ length: 1_200 }, (_unused, n) => job(`many-${String(n)}`, 3_600_000)),
    );
    expect(await jobs.pending('deadlines')).toBe(1_200);
  });

  it('survive that everything is thrown away: the queue works on, empty', async () => {
    await place.lose();
    await waitUntil(async () => {
      await jobs.repair();
      return (await jobs.pending('deadlines')) === 0;
    });
    await jobs.add('deadlines', [job('after-loss'), job('after-loss-later', 200)]);
    await waitUntil(() => count('after-loss') === 1);
    await waitUntil(() => count('after-loss-later') === 1);
  });

  it('refuse ids that the queue would take for its own', async () => {
    await expect(jobs.add('deadlines', [job('a:b')])).rejects.toThrow(RangeError);
    await expect(jobs.add('deadlines', [job('123')])).rejects.toThrow(RangeError);
  });
});

describe('A queue on PostgreSQL whose tables vanish', () => {
  it('is noticed by its worker, which makes them again and does not spin', async () => {
    const place = await inPostgres();
    const jobs = createJobs(place.options);
    const ran: string[] = [];
    await jobs.start();
    await jobs.work('deadlines', async ({ id }) => void ran.push(id));
    await jobs.add('deadlines', [job('before')]);
    await waitUntil(() => ran.includes('before'));
    await place.lose();
    await waitUntil(() =>
      jobs
        .add('deadlines', [job('after')])
        .then(() => true)
        .catch(() => false),
    );
    await waitUntil(() => ran.includes('after'));
    await jobs.close();
    await place.end();
  });

  it('refuses to start where the database does not answer', async () => {
    const jobs = createJobs({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere' });
    await expect(jobs.start()).rejects.toThrow(JobsUnavailable);
  });
});

const onRedis = withRedis || process.env['CI'] === 'true' ? describe : describe.skip;

onRedis(withRedis ? 'A Redis' : 'Jobs on Redis (no redis-server on PATH)', () => {
  it('is there for this run', () => expect(withRedis).toBe(true));
  it('that may evict keys is refused', async () => {
    const redis = new Redis(redisUrl ?? '');
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      await expect(createJobs({ redisUrl: redisUrl ?? '' }).start()).rejects.toThrow(/noeviction/);
    } finally {
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      redis.disconnect();
    }
  });

  it('that does not answer is refused in one sentence', async () => {
    await expect(createJobs({ redisUrl: 'redis://127.0.0.1:1' }).start()).rejects.toThrow(/does not answer/);
  });
});
