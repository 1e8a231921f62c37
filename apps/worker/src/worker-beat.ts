import { randomUUID } from 'node:crypto';
import { Jobs } from '@app/jobs';
import { beat, endBeat } from '@app/read-store';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 5_000;

/** Writes down that this process lives and how its queue is, where the api and whoever watches it can see. */
@Injectable()
export class WorkerBeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(WorkerBeat.name);
  private readonly id = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | null = null;
  private failed = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => void this.once(), EVERY_MS);
    await this.once();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await endBeat(this.database, this.id).catch(() => undefined);
  }

  /** Never two at a time, and said once when the database is away. */
  private async once(): Promise<void> {
    this.writing ??= beat(this.database, { id: this.id, process: 'worker', detail: this.jobs.pulse() })
      .then(() => {
        this.failed = false;
      })
      .catch((error: unknown) => {
        if (!this.failed) this.log.error(`the sign of life cannot be written: ${error instanceof Error ? error.message : 'unknown'}`);
        this.failed = true;
      })
      .finally(() => {
        this.writing = null;
      });
    await this.writing;
  }
}
