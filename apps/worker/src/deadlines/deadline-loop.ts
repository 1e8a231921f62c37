import { Jobs } from '@app/jobs';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DeadlineReconciler } from './deadline-reconciler';

const EVERY_MS = 30_000;
const CONCURRENCY = 8;

/** Listens to the queue, compares it with the read model at start and every 30 seconds, and rings at the moments between. */
@Injectable()
export class DeadlineLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(DeadlineLoop.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private crowd: NodeJS.Timeout | undefined;
  private alarm: NodeJS.Timeout | undefined;
  private ringing: Promise<void> | null = null;
  private again = false;
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
    clearTimeout(this.crowd);
    clearTimeout(this.alarm);
    await Promise.all([this.running, this.ringing]);
  }

  /** Never two at a time; one that is still going on when the next is due takes its place. */
  private compare(): void {
    if (this.stopped || this.running !== null) return;
    this.again = false;
    this.running = this.reconciler
      .sweep(() => this.setAlarm())
      .then(({ lost, direct, crowd, nextInMs }) => {
        if (lost) this.log.warn('the job queue had lost alarms; they have been set again');
        if (direct > crowd) this.log.warn(`${String(direct - crowd)} knocks were done without the job queue`);
        if (nextInMs !== null) this.compareIn(nextInMs);
      })
      .catch((error: unknown) => this.log.error(`deadlines could not be compared: ${error instanceof Error ? error.message : 'unknown'}`))
      .finally(() => {
        this.running = null;
        if (this.again) this.compare();
      });
  }

  private setAlarm(): void {
    clearTimeout(this.alarm);
    const ms = this.reconciler.ringsInMs();
    if (!this.stopped && this.ringing === null && ms !== null) this.alarm = setTimeout(() => this.ring(), ms + 1);
  }

  /** Never two at a time: what comes meanwhile is knocked together. */
  private ring(): void {
    this.ringing = this.reconciler
      .ring()
      .catch((error: unknown) => this.log.error(`alarms could not be rung: ${error instanceof Error ? error.message : 'unknown'}`))
      .finally(() => {
        this.ringing = null;
        this.setAlarm();
      });
  }

  /** For a crowd, whose moment is not to be missed by one that is still going on. */
  private compareIn(ms: number): void {
    clearTimeout(this.crowd);
    this.crowd = setTimeout(() => {
      this.again = this.running !== null;
      this.compare();
    }, ms);
  }
}
