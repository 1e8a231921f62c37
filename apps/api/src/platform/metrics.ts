import { EventStore } from '@app/event-store';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { finalize, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';

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

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(DataSource) private readonly database: DataSource,
  ) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry });
    const { store, database } = this;
    new Gauge({
      name: 'qingling_event_store_position',
      help: 'Position of the last committed event',
      registers: [this.registry],
      async collect() {
        this.set(Number(await store.head()));
      },
    });
    new Gauge({
      name: 'qingling_projection_position',
      help: 'How far each reader of events has come',
      labelNames: ['reader'],
      registers: [this.registry],
      async collect() {
        const rows: { name: string; position: string }[] = await database.query('SELECT name, position FROM checkpoint');
        for (const { name, position } of rows) this.set({ reader: name }, Number(position));
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
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
