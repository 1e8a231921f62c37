import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { openQueue, openWorker, type JobsOptions, type OpenQueue } from './connections';
import type { JobMap, QueueName } from './job-map';
import { Jobs, JobsUnavailable, type JobHandler, type JobToAdd } from './jobs.port';
import { ensureQueueSchema, queueSchemaIsWhole } from './queue-schema';
import { checkRedis } from './redis-check';
import { WorkLoop } from './work-loop';

const BULK = 500;
const ANSWER_WITHIN_MS = 15_000;
const ATTEMPTS = 5;
const FIRST_RETRY_MS = 500;
const CONCURRENCY = 10;

const checkId = (id: string): string => {
  if (id === '' || id.includes(':') || /^\d+$/.test(id)) throw new RangeError(`not an id for a job: ${id}`);
  return id;
};

/** BullMQ on Redis, or on PostgreSQL where there is no Redis; both behave alike. */
export class BullMqJobs extends Jobs {
  readonly backend: 'redis' | 'postgres';
  private readonly log = new Logger('Jobs');
  private readonly queues = new Map<QueueName, OpenQueue>();
  private readonly loops: WorkLoop[] = [];

  constructor(private readonly options: JobsOptions) {
    super();
    this.backend = 'redisUrl' in options ? 'redis' : 'postgres';
  }

  async start(): Promise<void> {
    if ('redisUrl' in this.options) await checkRedis(this.options.redisUrl);
    else await ensureQueueSchema(this.options.databaseUrl);
  }

  async repair(): Promise<boolean> {
    if ('redisUrl' in this.options || (await queueSchemaIsWhole(this.options.databaseUrl))) return false;
    const repaired = await ensureQueueSchema(this.options.databaseUrl);
    if (repaired) this.log.warn('the tables of the job queue were missing and have been made again');
    return repaired;
  }

  async add<Q extends QueueName>(name: Q, jobs: readonly JobToAdd<Q>[]): Promise<void> {
    const entries = jobs.map(({ id, data, delayMs }) => ({
      name,
      data,
      opts: {
        jobId: checkId(id),
        delay: Math.max(0, Math.ceil(delayMs)),
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: FIRST_RETRY_MS },
        // An id that is kept among finished jobs would make a later addition vanish without a word.
        removeOnComplete: true,
        removeOnFail: true,
      },
    }));
    await this.answered(async () => {
      const queue = await this.queueOf(name);
      for (let n = 0; n < entries.length; n += BULK) {
        const page = entries.slice(n, n + BULK);
        const added = await queue.addBulk(page);
        const odd = page.find(({ opts }, i) => added[i]?.id !== opts.jobId);
        if (odd !== undefined) throw new JobsUnavailable(`the queue did not take job ${odd.opts.jobId}`);
      }
    });
  }

  pending(name: QueueName): Promise<number> {
    return this.answered(async () => {
      const queue = await this.queueOf(name);
      const counts = await queue.getJobCounts('delayed', 'waiting', 'active', 'prioritized');
      return Object.values(counts).reduce((sum, n) => sum + n, 0);
    });
  }

  async work<Q extends QueueName>(name: Q, handler: JobHandler<Q>, options: Readonly<{ concurrency?: number }> = {}): Promise<void> {
    const run = async (job: Job<JobMap[QueueName]>): Promise<void> => {
      await handler({ id: job.id ?? '', data: job.data });
    };
    const loop = new WorkLoop(
      () => {
        const worker = openWorker(name, run, this.options, options.concurrency ?? CONCURRENCY);
        worker.onFailed((id, error) => this.log.error(`job ${id ?? 'unknown'} failed: ${error.message}`));
        return worker;
      },
      () => this.repair(),
      this.log,
    );
    this.loops.push(loop);
    await loop.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.loops.splice(0).map((loop) => loop.close()));
    const queues = [...this.queues.values()];
    this.queues.clear();
    await Promise.all(queues.map((queue) => queue.close()));
  }

  private async queueOf(name: QueueName): Promise<OpenQueue> {
    const open = this.queues.get(name);
    if (open !== undefined) return open;
    const queue = openQueue(name, this.options);
    // Failures come back from the calls that meet them.
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    await queue.waitUntilReady();
    return queue;
  }

  private async answered<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new JobsUnavailable('the job queue does not answer')), ANSWER_WITHIN_MS);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (cause) {
      if (cause instanceof JobsUnavailable || cause instanceof RangeError) throw cause;
      throw new JobsUnavailable('the job queue cannot be used for the moment', { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

export const createJobs = (options: JobsOptions): Jobs => new BullMqJobs(options);
