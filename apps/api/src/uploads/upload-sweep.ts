import { Uploads } from '@app/evidence';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

const EVERY_MS = 3_600_000;

/** Clears what nobody finished, at the start and every hour. */
@Injectable()
export class UploadSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('uploads');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly uploads: Uploads) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.sweep();
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }
  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    try {
      await this.uploads.sweep();
    } catch {
      // The database is away; the next look comes.
      this.log.warn('uploads could not be swept');
    }
  }
}
