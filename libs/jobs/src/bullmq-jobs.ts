import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { openQueue, openWorker, type Beat, type JobsOptions, type OpenQueue } from './connections';
import { Heartbeat } from './heartbeat';
import type { JobMap, QueueName } from './job-map';
import { Jobs, JobsUnavailable, type JobHandler, type JobToAdd, type Pulse } from './jobs.port';
import { ensureQueueSchema, queueSchemaIsWhole } from './queue-schema';
import { checkRedis, evictionPolicy, mayEvict } from './redis-check';
import { endWithin, TIMING, type JobsTiming } from './timing';
import { WorkLoop } from './work-loop';

/** Jobs are added in pieces between which the process does other things: alarms may ring meanwhile. */
const BULK = 100;
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
  private readonly beats: Heartbeat[] = [];
  private readonly timing: JobsTiming;
  private silences = 0;
  private evicts = false;

  constructor(
    private readonly options: JobsOptions,
    timing: Partial<JobsTiming> = {},
  ) {
    super();
    this.timing = { ...TIMING, ...timing };
    this.backend = 'redisUrl' in options ? 'redis' : 'postgres';
  }

  async start(): Promise<void> {
    if ('redisUrl' in this.options) await checkRedis(this.options.redisUrl);
    else await ensureQueueSchema(this.options.databaseUrl);
  }

  async repair(): Promise<boolean> {
    if ('redisUrl' in this.options) {
      await this.lookForEviction(this.options.redisUrl);
      return false;
    }
    if (await queueSchemaIsWhole(this.options.databaseUrl)) return false;
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
      const counts = await queue.getJobCounts('delayed', 'waiting', 'active');
      return Object.values(counts).reduce((sum, n) => sum + n, 0);
    });
  }

  async work<Q extends QueueName>(name: Q, handler: JobHandler<Q>, options: Readonly<{ concurrency?: number }> = {}): Promise<void> {
    const run = async (job: Job<JobMap[QueueName] | Beat>): Promise<void> => {
      beat.heard();
      if ('beat' in job.data) return;
      await handler({ id: job.id ?? '', data: job.data });
      beat.heard();
    };
    const loop = new WorkLoop(
      () => {
        const worker = openWorker(name, run, this.options, options.concurrency ?? CONCURRENCY);
        worker.onFailed((id, error) => this.log.error(`job ${id ?? 'unknown'} failed: ${error.message}`));
        return worker;
      },
      () => this.repair(),
      this.log,
      this.timing.closeWithinMs,
    );
    const beat = new Heartbeat(this.beatWay(name), this.timing, (forMs) => {
      this.silences += 1;
      loop.restart(`it has taken nothing from the queue ${name} for ${String(Math.round(forMs / 1000))} s`);
    });
    this.loops.push(loop);
    this.beats.push(beat);
    await loop.start();
    beat.start();
  }

  pulse(): Pulse {
    const quietest = this.beats.length === 0 ? null : Math.max(...this.beats.map((beat) => beat.quietFor));
    return {
      backend: this.backend,
      quietForSeconds: quietest === null ? null : Math.round(quietest / 1000),
      silences: this.silences,
      mayEvict: this.evicts,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.beats.splice(0).map((beat) => beat.end()));
    await Promise.all(this.loops.splice(0).map((loop) => loop.close()));
    const queues = [...this.queues.values()];
    this.queues.clear();
    await Promise.all(queues.map((queue) => endWithin(queue.close(), this.timing.closeWithinMs)));
  }

  /** A beat has a priority, which in this queue means: after everything else, and not counted among what is pending. */
  private beatWay(name: QueueName) {
    return {
      send: (id: string): Promise<void> =>
        this.answered(async () => {
          const queue = await this.queueOf(name);
          const opts = { jobId: id, priority: 1, removeOnComplete: true, removeOnFail: true };
          await queue.addBulk([{ name: 'beat', data: { beat: true }, opts }]);
        }),
      waits: (id: string): Promise<boolean> =>
        this.answered(async () => {
          const queue = await this.queueOf(name);
          return ['waiting', 'prioritized', 'delayed', 'active'].includes(await queue.getJobState(id));
        }),
    };
  }

  /** The policy of a running Redis can be changed under it. Alarms that vanish are set again, so work goes on; but it is said. */
  private async lookForEviction(redisUrl: string): Promise<void> {
    let evicts: boolean;
    try {
      evicts = mayEvict(await evictionPolicy(redisUrl));
    } catch {
      // That it does not answer is met by whatever asks it next.
      return;
    }
    if (evicts && !this.evicts) this.log.error('Redis may evict keys by now: set its maxmemory-policy back to noeviction');
    if (!evicts && this.evicts) this.log.warn('Redis keeps its keys again (noeviction)');
    this.evicts = evicts;
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

  /** A connection that swallows what it is sent may stay so for hours: the next call takes a new one. */
  private forgetQueues(): void {
    for (const queue of this.queues.values()) void queue.disconnect().catch(() => undefined);
    this.queues.clear();
  }

  private async answered<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.forgetQueues();
        reject(new JobsUnavailable('the job queue does not answer'));
      }, this.timing.answerWithinMs);
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

export const createJobs = (options: JobsOptions, timing?: Partial<JobsTiming>): Jobs => new BullMqJobs(options, timing);
