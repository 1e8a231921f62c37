import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

/** Takes up work that a crash, or another process that ended, left in the middle: at the start and from time to time. */
export abstract class Recovery implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log: Logger;
  private timer: NodeJS.Timeout | undefined;

  /** `what` is the work in the plural, as the log calls it. */
  protected constructor(
    private readonly what: string,
    private readonly lookEveryMs: number,
    private readonly resume: () => Promise<void>,
  ) {
    this.log = new Logger(what);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), this.lookEveryMs).unref();
  }
  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      await this.resume();
    } catch {
      // The database is away; the next look comes.
      this.log.warn(`${this.what} that were cut short could not be looked for`);
    }
  }
}
