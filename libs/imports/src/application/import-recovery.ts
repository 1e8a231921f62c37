import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Imports } from './imports';

const LOOK_EVERY_MS = 15_000;

/** Takes up imports that a crash, or another process that ended, left in the middle: at the start and from time to time. */
@Injectable()
export class ImportRecovery implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('imports');
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Imports) private readonly imports: Imports) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }
  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      await this.imports.resume();
    } catch {
      // The database is away; the next look comes.
      this.log.warn('imports that were cut short could not be looked for');
    }
  }
}
