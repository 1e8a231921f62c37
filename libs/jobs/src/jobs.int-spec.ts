import { spawn } from 'node:child_process';
import { flakyProxy, freePort, freshDatabase, type FreshDatabase, waitUntil } from '@app/testing';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { createJobs, JobsUnavailable, type Jobs, type JobToAdd } from './index';
import { QUEUE_TABLES } from './queue-schema';
import { evictionPolicy } from './redis-check';

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

describe.each(places)('A worker of a queue on %s', (_, at) => {
  let place: Place;
  const ran: string[] = [];
  const ending: (() => Promise<void>)[] = [];
  const open = async (...args: Parameters<typeof createJobs>): Promise<Jobs> => {
    const jobs = createJobs(...args);
    ending.unshift(() => jobs.close());
    await jobs.start();
    return jobs;
  };
  beforeEach(async () => {
    place = await at();
    ran.length = 0;
  });
  afterEach(async () => {
    for (const end of ending.splice(0)) await end();
    await place.end();
  });
  /** Until somebody takes it: while the queue is away an addition is refused, and made again by whoever wants it. */
  const insist = (jobs: Jobs, id: string): Promise<unknown> =>
    waitUntil(() =>
      jobs.add('deadlines', [job(id)]).then(
        () => true,
        () => false,
      ),
    );

  it('goes on when everything in the queue and its tables vanish, and does not spin', async () => {
    const jobs = await open(place.options);
    await jobs.work('deadlines', async ({ id }) => void ran.push(id));
    await jobs.add('deadlines', [job('before')]);
    await waitUntil(() => ran.includes('before'));
    await place.lose();
    await insist(jobs, 'after');
    await waitUntil(() => ran.includes('after'));
  });

  it('that has gone silent on connections which stay open is noticed by its heartbeat and replaced', async () => {
    const address = 'redisUrl' in place.options ? place.options.redisUrl : place.options.databaseUrl;
    const proxy = await flakyProxy(address);
    ending.push(() => proxy.close());
    const options = 'redisUrl' in place.options ? { redisUrl: proxy.url } : { databaseUrl: proxy.url };
    const jobs = await open(options, { answerWithinMs: 500, beatEveryMs: 50, silentAfterMs: 1_500, closeWithinMs: 200 });
    await jobs.work('deadlines', async ({ id }) => void ran.push(id));
    await insist(jobs, 'before');
    await waitUntil(() => ran.includes('before'));
    expect(jobs.pulse()).toMatchObject({ backend: jobs.backend, mayEvict: false });
    const before = jobs.pulse().silences;

    proxy.freeze();
    await waitUntil(() => jobs.pulse().silences > before, { what: 'the notice of a silence', timeoutMs: 30_000 });
    await insist(jobs, 'after');
    await waitUntil(() => ran.includes('after'), { timeoutMs: 30_000 });
    await waitUntil(() => jobs.pulse().quietForSeconds === 0, { timeoutMs: 30_000 });
  });

  it('is left alone by its heartbeat while it is busy or another process takes the beats', async () => {
    const timing = { beatEveryMs: 10, silentAfterMs: 20_000 };
    const [one, other] = [await open(place.options, timing), await open(place.options, timing)];
    for (const jobs of [one, other]) await jobs.work('deadlines', async ({ id }) => void ran.push(id), { concurrency: 2 });
    for (let n = 0; n < 20; n += 1) {
      await one.add('deadlines', [job(`round-${String(n)}`, 20)]);
      await waitUntil(() => ran.includes(`round-${String(n)}`));
    }
    expect([one.pulse().silences, other.pulse().silences]).toStrictEqual([0, 0]);
    await waitUntil(async () => (await one.pending('deadlines')) === 0);
  });
});

describe('A queue on PostgreSQL', () => {
  it('refuses to start where the database does not answer', async () => {
    const jobs = createJobs({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere' });
    await expect(jobs.start()).rejects.toThrow(JobsUnavailable);
  });
});

const onRedis = withRedis || process.env['CI'] === 'true' ? describe : describe.skip;

/** A server of one's own: the policy of the one that others use meanwhile is not touched. */
const ownRedis = async (policy: string): Promise<Readonly<{ url: string; end: () => Promise<void> }>> => {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', policy], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = `redis://127.0.0.1:${String(port)}`;
  await waitUntil(() =>
    evictionPolicy(url).then(
      () => true,
      () => false,
    ),
  );
  return {
    url,
    end: async () => {
      server.kill();
      await ended;
    },
  };
};

onRedis(withRedis ? 'A Redis' : 'Jobs on Redis (no redis-server on PATH)', () => {
  it('is there for this run', () => expect(withRedis).toBe(true));

  it.each(['allkeys-lru', 'volatile-ttl'])('that may evict keys is refused: %s', async (policy) => {
    const { url, end } = await ownRedis(policy);
    await expect(createJobs({ redisUrl: url }).start()).rejects.toThrow(`maxmemory-policy is ${policy}); set it to noeviction`);
    await end();
  });

  it('that may evict keys after its policy was changed under a running product is told of, and works on', async () => {
    const { url, end } = await ownRedis('noeviction');
    const redis = new Redis(url);
    const jobs = createJobs({ redisUrl: url });
    const said: string[] = [];
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation((text: string) => void said.push(text));
    await jobs.start();
    await jobs.repair();
    expect([jobs.pulse().mayEvict, said]).toStrictEqual([false, []]);
    await redis.config('SET', 'maxmemory-policy', 'volatile-ttl');
    await jobs.repair();
    await jobs.repair();
    expect([jobs.pulse().mayEvict, said.length]).toStrictEqual([true, 1]);
    expect(said[0]).toMatch(/set its maxmemory-policy back to noeviction/);
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await jobs.repair();
    expect(jobs.pulse().mayEvict).toBe(false);
    log.mockRestore();
    redis.disconnect();
    await jobs.close();
    await end();
  });

  it('that does not answer is refused in one sentence', async () => {
    await expect(createJobs({ redisUrl: 'redis://127.0.0.1:1' }).start()).rejects.toThrow(/does not answer/);
  });
});
