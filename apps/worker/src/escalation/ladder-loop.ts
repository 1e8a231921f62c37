import { LadderSweep } from '@app/escalation';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

const EVERY_MS = 5_000;

/** Proposes what the ladders have reached, at start and every few seconds; the next sweep does what this one did not. */
@Injectable()
export class LadderLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(LadderLoop.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(@Inject(LadderSweep) private readonly ladder: LadderSweep) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), EVERY_MS);
    this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.timer);
    await this.running;
  }

  /** Never two at a time; one that is still going on when the next is due takes its place. */
  private look(): void {
    if (this.stopping.signal.aborted || this.running !== null) return;
    this.running = this.ladder
      .sweep(this.stopping.signal)
      .catch((error: unknown) => this.log.error(`the ladder could not be looked at: ${error instanceof Error ? error.message : 'unknown'}`))
      .then(() => {
        this.running = null;
      });
  }
}
