import type { JobMap, QueueName } from './job-map';

export type JobToAdd<Q extends QueueName> = Readonly<{
  /** Names the job for ever: adding it again while it waits does nothing. No colon, not digits alone (RangeError). */
  id: string;
  data: JobMap[Q];
  /** Real milliseconds from now; 0 or less runs at once. */
  delayMs: number;
}>;

export type RunningJob<Q extends QueueName> = Readonly<{ id: string; data: JobMap[Q] }>;
/** Throwing makes the job run again after a growing pause, five times in all; then it is dropped and may be added anew. */
export type JobHandler<Q extends QueueName> = (job: RunningJob<Q>) => Promise<void>;

/** The queue cannot be used and says why, in one sentence without addresses or passwords. */
export class JobsUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'JobsUnavailable';
  }
}

/** How the queue and the workers of this process are. */
export type Pulse = Readonly<{
  backend: 'redis' | 'postgres';
  /** Since when nothing proves that the queues this process works on are served, seconds; null where it works on none. */
  quietForSeconds: number | null;
  /** How often a worker of this process had gone silent and was started again. */
  silences: number;
  /** The server may throw jobs away when its memory runs short; was found out after the start. */
  mayEvict: boolean;
}>;

/**
 * Alarms that may be lost: whoever adds a job must be able to add it again from what is stored elsewhere.
 * Abstract class, so that it is its own injection token.
 */
export abstract class Jobs {
  abstract readonly backend: 'redis' | 'postgres';
  /** Checks the server and makes the tables, once per process. Errors: JobsUnavailable. */
  abstract start(): Promise<void>;
  /** Makes again whatever of the queue's own tables is missing; true when something was. Errors: JobsUnavailable. */
  abstract repair(): Promise<boolean>;
  /** Adds jobs that are not there yet and makes sure that all of them are. Errors: JobsUnavailable. */
  abstract add<Q extends QueueName>(queue: Q, jobs: readonly JobToAdd<Q>[]): Promise<void>;
  /** How many jobs wait for their time, for a worker, or are being worked on. Errors: JobsUnavailable. */
  abstract pending(queue: QueueName): Promise<number>;
  /** Starts working in this process; ends with `close`. */
  abstract work<Q extends QueueName>(queue: Q, handler: JobHandler<Q>, options?: Readonly<{ concurrency?: number }>): Promise<void>;
  abstract pulse(): Pulse;
  abstract close(): Promise<void>;
}
