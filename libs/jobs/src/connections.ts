import {
  createPostgresBackend,
  Queue,
  Worker,
  type BulkJobOptions,
  type Job,
  type JobProgress,
  type JobType,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type WorkerOptions,
} from 'bullmq';
import type { JobMap, QueueName } from './job-map';
import { QUEUE_SCHEMA } from './queue-schema';

export type JobsOptions = Readonly<{ redisUrl: string }> | Readonly<{ databaseUrl: string }>;

/** Proves that a worker serves its queue; see Heartbeat. */
export type Beat = Readonly<{ beat: true }>;
type Data = JobMap[QueueName] | Beat;
export type Process = (job: Job<Data>) => Promise<void>;

/** What is used of BullMQ's classes, whose types differ by backend. */
export type OpenQueue = Readonly<{
  addBulk: (jobs: { name: string; data: Data; opts: BulkJobOptions }[]) => Promise<readonly { id?: string | undefined }[]>;
  getJobCounts: (...types: JobType[]) => Promise<Readonly<Record<string, number>>>;
  getJobState: (id: string) => Promise<string>;
  waitUntilReady: () => Promise<unknown>;
  close: () => Promise<void>;
  disconnect: () => Promise<void>;
  on: (event: 'error', listener: (error: Error) => void) => unknown;
}>;
export type OpenWorker = Readonly<{
  waitUntilReady: () => Promise<unknown>;
  close: (force?: boolean) => Promise<void>;
  onError: (listener: (error: Error) => void) => void;
  onFailed: (listener: (id: string | undefined, error: Error) => void) => void;
}>;

type PostgresQueue = Queue<Data, void, string, Data, void, string, PostgresQueueBackend, PostgresConnectionOptions>;
type PostgresWorker = Worker<Data, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>;

const QUEUE_POOL = 2;
const WORKER_POOL = 4;
const RECONNECT_AT_MOST_MS = 2_000;

const postgres = (connectionString: string, max: number) => ({
  connectionString,
  schema: QUEUE_SCHEMA,
  // Tables are made in one step at start-up; a worker that finds none must not try by itself.
  migrate: false,
  max,
  keepAlive: true,
  connectionTimeoutMillis: 5_000,
});

const redis = (url: string) => ({ url, retryStrategy: (times: number) => Math.min(times * 100, RECONNECT_AT_MOST_MS) });

export const openQueue = (name: QueueName, options: JobsOptions): OpenQueue => {
  // The event stream of a queue grows to some ten thousand entries by default; nobody here reads it.
  const streams = { events: { maxLen: 100 } };
  if ('redisUrl' in options) {
    // Commands must fail while Redis is away, not wait for it: what was not added is added by the next comparison.
    const connection = { ...redis(options.redisUrl), maxRetriesPerRequest: 1, enableOfflineQueue: false };
    return new Queue<Data, void>(name, { connection, streams });
  }
  const connection = postgres(options.databaseUrl, QUEUE_POOL);
  const queue: PostgresQueue = new Queue(name, { connection, streams }, createPostgresBackend);
  return queue;
};

const BEHAVIOUR = {
  lockDuration: 30_000,
  stalledInterval: 15_000,
  // A process that was killed again and again leaves its jobs to others; every effect here stands only once anyway.
  maxStalledCount: 100,
  // Seconds between two looks of an idle worker; this is also how soon it notices that its tables are gone.
  drainDelay: 2,
  runRetryDelay: 1_000,
} satisfies Omit<WorkerOptions, 'connection'>;

export const openWorker = (name: QueueName, process: Process, options: JobsOptions, concurrency: number): OpenWorker => {
  const behaviour = { ...BEHAVIOUR, concurrency };
  if ('redisUrl' in options) {
    const connection = { ...redis(options.redisUrl), maxRetriesPerRequest: null };
    const worker = new Worker<Data, void>(name, process, { ...behaviour, connection });
    return {
      waitUntilReady: () => worker.waitUntilReady(),
      close: (force) => worker.close(force),
      onError: (listener) => void worker.on('error', listener),
      onFailed: (listener) => void worker.on('failed', (job, error) => listener(job?.id, error)),
    };
  }
  const connection = postgres(options.databaseUrl, WORKER_POOL);
  const worker: PostgresWorker = new Worker(name, process, { ...behaviour, connection }, createPostgresBackend);
  return {
    waitUntilReady: () => worker.waitUntilReady(),
    close: (force) => worker.close(force),
    onError: (listener) => void worker.on('error', listener),
    onFailed: (listener) => void worker.on('failed', (job, error) => listener(job?.id, error)),
  };
};
