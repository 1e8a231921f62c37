import { lastBeat } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';

/** A worker says every few seconds that it lives. */
const GONE_AFTER_SECONDS = 30;

const pulse = z.object({
  backend: z.enum(['redis', 'postgres']),
  quietForSeconds: z.number().nullable(),
  silences: z.number(),
  mayEvict: z.boolean(),
});

export type WorkerHealth = Readonly<{
  status: 'up' | 'down';
  /** Null when none was ever heard, or the last one ended in order. */
  secondsSinceBeat: number | null;
  queue: Readonly<{
    backend: 'redis' | 'postgres';
    /** Since when nothing proves that the queue is served. */
    quietForSeconds: number | null;
    /** How often this worker’s hold on the queue had gone silent and was made anew. */
    silences: number;
    /** The Redis of the queue may throw jobs away. */
    mayEvict: boolean;
  }> | null;
}>;

/** What the api knows of the worker: it is a process of its own, and its end shows in no answer to a person. */
@Injectable()
export class WorkerWatch {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Errors: what the database throws. */
  async look(): Promise<WorkerHealth> {
    const last = await lastBeat(this.database, 'worker');
    if (last === null) return { status: 'down', secondsSinceBeat: null, queue: null };
    const queue = pulse.safeParse(last.detail);
    return {
      status: last.secondsAgo <= GONE_AFTER_SECONDS ? 'up' : 'down',
      secondsSinceBeat: last.secondsAgo,
      queue: queue.success ? queue.data : null,
    };
  }
}
