import { Jobs } from '@app/jobs';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DeadlineReconciler } from './deadline-reconciler';

const EVERY_MS = 30_000;
const CONCURRENCY = 8;

/** Listens to the queue and compares it with the read model at start and every 30 seconds. */
@Injectable()
export class DeadlineLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(DeadlineLoop.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DeadlineReconciler) private readonly reconciler: DeadlineReconciler,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work('deadlines', (job) => this.reconciler.knock(job), { concurrency: CONCURRENCY });
    this.timer = setInterval(() => this.compare(), EVERY_MS);
    this.compare();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Never two at a time; one that is still going on when the next is due takes its place. */
  private compare(): void {
    if (this.stopped || this.running !== null) return;
    this.running = this.reconciler
      .sweep()
      .then(({ lost, direct }) => {
        if (lost) this.log.warn('the job queue had lost alarms; they have been set again');
        if (direct > 0) this.log.warn(`${String(direct)} knocks were done without the job queue`);
      })
      .catch((error: unknown) => this.log.error(`deadlines could not be compared: ${error instanceof Error ? error.message : 'unknown'}`))
      .finally(() => {
        this.running = null;
      });
  }
}
