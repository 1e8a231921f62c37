import { SteadyClock } from '@app/core';
import { EventStore, StoreAlarms, type AlarmKind } from '@app/event-store';
import { DeadLetters } from '@app/notifications';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { finalize, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { WorkerWatch, type WorkerHealth } from './worker-watch';

const ALARMS: readonly AlarmKind[] = ['disconnected', 'lagging'];
const orNull = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null);

@Injectable()
export class Metrics implements OnModuleInit {
  private readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'qingling_http_request_seconds',
    help: 'Time to answer, by route pattern, method and status class',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  private readonly up = this.gauge('qingling_store_up', '1 when the store answered this time', 'store');
  private readonly position = this.gauge('qingling_event_store_position', 'Position of the last committed event');
  private readonly reached = this.gauge('qingling_projection_position', 'How far each reader of events has come', 'reader');
  private readonly lag = this.gauge('qingling_reader_lag', 'How far each reader is behind the last event, in positions', 'reader');
  private readonly alarm = this.gauge('qingling_event_store_alarm', '1 while this alarm of the event store is raised', 'alarm');

  private readonly workerBeat = this.gauge('qingling_worker_beat_age_seconds', 'Since when no worker has said that it lives');
  private readonly queueQuiet = this.gauge('qingling_queue_quiet_seconds', 'Since when nothing proves that the job queue is served');
  private readonly queueSilences = this.gauge(
    'qingling_queue_silences',
    'How often the worker had gone silent on its queue since its start',
  );
  private readonly outboxRows = this.gauge('qingling_outbox', 'Mails and webhook deliveries by state, up to 10,000', 'state');
  private readonly outboxLate = this.gauge('qingling_outbox_late_seconds', 'For how long the oldest of them has been due');
  private readonly clockAhead = this.gauge('qingling_clock_ahead_seconds', 'This machine’s clock less the database’s, whose time holds');
  private readonly clockDoubted = this.gauge('qingling_clock_doubted', '1 while the clocks cannot be believed');
  private readonly queueEvicts = this.gauge('qingling_queue_may_evict', '1 when the Redis of the queue may throw jobs away');

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(StoreAlarms) private readonly alarms: StoreAlarms,
    @Inject(WorkerWatch) private readonly worker: WorkerWatch,
    @Inject(DeadLetters) private readonly letters: DeadLetters,
    @Inject(SteadyClock) private readonly clock: SteadyClock,
  ) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  async text(): Promise<string> {
    await this.look();
    return this.registry.metrics();
  }

  /** Never fails: when a store is away is when these are read. What is not known then is left out. */
  private async look(): Promise<void> {
    const [head, readers, worker, outbox] = await Promise.all([
      orNull(this.store.head()),
      orNull(this.readers()),
      orNull(this.worker.look()),
      orNull(this.letters.outbox()),
    ]);
    for (const gauge of [this.position, this.reached, this.lag]) gauge.reset();
    this.tellOf(worker);
    this.outboxRows.reset();
    this.outboxLate.remove();
    if (outbox !== null) {
      this.outboxRows.set({ state: 'waiting' }, outbox.waiting);
      this.outboxRows.set({ state: 'dead' }, outbox.dead);
      this.outboxLate.set(outbox.oldestDueSeconds ?? 0);
    }
    const { sure, machineAhead, notFollowed } = this.clock.state();
    this.clockAhead.set(machineAhead / 1_000);
    this.clockDoubted.set(sure && notFollowed === 0 ? 0 : 1);
    for (const kind of ALARMS) this.alarm.set({ alarm: kind }, this.alarms.isRaised(kind) ? 1 : 0);
    this.up.set({ store: 'events' }, head === null ? 0 : 1);
    this.up.set({ store: 'reads' }, readers === null ? 0 : 1);
    if (head === null) this.position.remove();
    else this.position.set(Number(head));
    for (const { name, position } of readers ?? []) {
      this.reached.set({ reader: name }, Number(position));
      if (head !== null) this.lag.set({ reader: name }, Math.max(0, Number(head - BigInt(position))));
    }
  }

  /** What no worker has told is left out: an alarm asks for the absence of the first of these, or for its age. */
  private tellOf(worker: WorkerHealth | null): void {
    const queue = worker?.queue ?? null;
    for (const gauge of [this.workerBeat, this.queueQuiet, this.queueSilences, this.queueEvicts]) gauge.remove();
    if (typeof worker?.secondsSinceBeat === 'number') this.workerBeat.set(worker.secondsSinceBeat);
    if (queue === null) return;
    if (queue.quietForSeconds !== null) this.queueQuiet.set(queue.quietForSeconds);
    this.queueSilences.set(queue.silences);
    this.queueEvicts.set(queue.mayEvict ? 1 : 0);
  }

  private gauge(name: string, help: string, ...labelNames: readonly string[]): Gauge {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private readers(): Promise<{ name: string; position: string }[]> {
    return this.database.query('SELECT name, position FROM checkpoint');
  }
}

@Injectable()
export class MetricsInterceptor implements NestInterceptor {
  constructor(private readonly metrics: Metrics) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const stop = this.metrics.requests.startTimer();
    return next.handle().pipe(
      finalize(() => {
        const status = `${Math.floor(http.getResponse<FastifyReply>().statusCode / 100)}xx`;
        stop({ route: request.routeOptions.url ?? 'unknown', method: request.method, status });
      }),
    );
  }
}
