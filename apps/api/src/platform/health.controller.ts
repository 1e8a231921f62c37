import { EventStore } from '@app/event-store';
import { Clock, localDateOf } from '@app/kernel';
import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { ScenarioClock } from '@app/core';
import { Public } from '../security/access';
import { Metrics } from './metrics';
import { WorkerWatch, type WorkerHealth } from './worker-watch';

type Check = Readonly<{ status: 'up' | 'down' }>;
const check = (asked: Promise<unknown>): Promise<Check> =>
  asked.then(
    () => ({ status: 'up' }),
    () => ({ status: 'down' }),
  );

@ApiTags('health 运行状态')
@Controller()
export class HealthController {
  constructor(
    private readonly store: EventStore,
    @Inject(DataSource) private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly worker: WorkerWatch,
  ) {}

  /** The process runs. */
  @Get('health')
  @Public()
  alive(): Readonly<{ status: 'up'; scenario: string | null }> {
    // A demo instance lives in another year and says so.
    return { status: 'up', scenario: this.clock instanceof ScenarioClock ? localDateOf(this.clock.now()) : null };
  }

  /** The stores answer; 503 when one does not. A worker that is gone shows here too, but people can go on without it for a while. */
  @Get('health/ready')
  @Public()
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readonly<{ eventStore: Check; readStore: Check; worker: WorkerHealth | null }>> {
    const [eventStore, readStore, worker] = await Promise.all([
      check(this.store.head()),
      check(this.database.query('SELECT 1')),
      this.worker.look().catch(() => null),
    ]);
    if (eventStore.status === 'down' || readStore.status === 'down') void reply.status(503).header('retry-after', '5');
    return { eventStore, readStore, worker };
  }

  /** Prometheus text format. Counts and times, never names. */
  @Get('metrics')
  @Public()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.text();
  }
}
