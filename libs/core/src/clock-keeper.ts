import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SteadyClock } from './steady-clock';

const EVERY_MS = 10_000;

/** Looks at the database's clock before anything begins and every ten seconds, and says when it cannot be believed. */
@Injectable()
export class ClockKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger(ClockKeeper.name);
  private timer: NodeJS.Timeout | undefined;
  private doubted = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(SteadyClock) private readonly clock: SteadyClock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** While the database is away the time goes on as it was. */
  private async look(): Promise<void> {
    await this.clock
      .look(async () => {
        const rows = await this.database.query<{ ms: string }[]>('select extract(epoch from clock_timestamp()) * 1000 as ms');
        return Number(rows[0]?.ms);
      })
      .catch(() => undefined);
    const { sure, notFollowed, machineAhead } = this.clock.state();
    const doubted = !sure || notFollowed !== 0;
    if (doubted && !this.doubted) {
      const seconds = Math.round((notFollowed === 0 ? machineAhead : notFollowed) / 1_000);
      this.log.error(`the clocks of database and machine contradict each other by ${String(seconds)} s; set them right`);
    }
    if (!doubted && this.doubted) this.log.warn('the clocks agree again');
    this.doubted = doubted;
  }
}
