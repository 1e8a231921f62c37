import { Housekeeping, OutboxSender } from '@app/notifications';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

const EVERY_MS = 5_000;
const KEEP_HOUSE_EVERY_MS = 15 * 60_000;

/** Sends what is due every few seconds, and looks a few times an hour after what administrators should know and what may be forgotten. */
@Injectable()
export class OutboxLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(OutboxLoop.name);
  private readonly stopping = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private sending: Promise<void> | null = null;
  private keeping: Promise<void> | null = null;

  constructor(
    @Inject(OutboxSender) private readonly sender: OutboxSender,
    @Inject(Housekeeping) private readonly house: Housekeeping,
  ) {}

  onApplicationBootstrap(): void {
    this.timers.push(
      setInterval(() => this.send(), EVERY_MS),
      setInterval(() => this.keepHouse(), KEEP_HOUSE_EVERY_MS),
    );
    this.keepHouse();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([this.sending, this.keeping]);
  }

  /** Never two at a time; goes on while there is something due. */
  private send(): void {
    this.sending ??= this.sendAll()
      .catch((error: unknown) => this.fault('messages could not be sent', error))
      .finally(() => (this.sending = null));
  }

  private async sendAll(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && (await this.sender.round(signal)) > 0);
  }

  private keepHouse(): void {
    this.keeping ??= this.house
      .once()
      .catch((error: unknown) => this.fault('old messages could not be looked after', error))
      .finally(() => (this.keeping = null));
  }

  private fault(what: string, error: unknown): void {
    this.log.error(`${what}: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}
