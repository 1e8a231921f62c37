import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { CommandRunner } from './command-runner';
import { EventStore } from './event-store.port';
import { InMemoryEventStore } from './in-memory-event-store';
import { PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store';

/** Gives the whole application EventStore and CommandRunner. */
@Module({})
export class EventStoreModule implements OnApplicationShutdown {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  static forRoot(options: PostgresEventStoreOptions | 'in-memory'): DynamicModule {
    const create = (): EventStore => (options === 'in-memory' ? new InMemoryEventStore() : new PostgresEventStore(options));
    return {
      module: EventStoreModule,
      global: true,
      providers: [{ provide: EventStore, useFactory: create }, CommandRunner],
      exports: [EventStore, CommandRunner],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
