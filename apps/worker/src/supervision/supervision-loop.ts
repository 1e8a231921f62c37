import { Clock, localDateOf, type LocalDate } from '@app/kernel';
import { DailyEvaluation, ReportClocks } from '@app/supervision';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

const EVERY_MS = 30_000;

/** Reports that are due, every thirty seconds; the rules, once for each day: when it has begun, or when the worker starts. */
@Injectable()
export class SupervisionLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(SupervisionLoop.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private stopped = false;
  private evaluated: LocalDate | null = null;

  constructor(
    @Inject(ReportClocks) private readonly reports: ReportClocks,
    @Inject(DailyEvaluation) private readonly rules: DailyEvaluation,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.turn(), EVERY_MS);
    this.turn();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Never two at a time; one that fails is made up for by the next. */
  private turn(): void {
    if (this.stopped || this.running !== null) return;
    this.running = this.work()
      .catch((error: unknown) =>
        this.log.error(`supervision could not be looked at: ${error instanceof Error ? error.message : 'unknown'}`),
      )
      .finally(() => {
        this.running = null;
      });
  }

  /** Nothing becomes due while nobody can say what time it is. */
  private async work(): Promise<void> {
    if (!this.clock.isSure()) return;
    await this.reports.knock();
    const today = localDateOf(this.clock.now());
    if (this.evaluated === today) return;
    await this.rules.run();
    this.evaluated = today;
  }
}
