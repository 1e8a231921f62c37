import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { CommandRunner } from './command-runner';
import { EventStore } from './event-store.port';
import { openEventStore, type EventStoreOptions } from './open-event-store';
import { StoreAlarms } from './store-alarms';

/** Gives the whole application EventStore, CommandRunner and StoreAlarms. */
@Module({})
export class EventStoreModule implements OnApplicationShutdown {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  static forRoot(options: EventStoreOptions): DynamicModule {
    const alarms = new StoreAlarms();
    const create = (): EventStore =>
      openEventStore(typeof options === 'object' && 'connectionString' in options ? { onAlarm: alarms.take, ...options } : options);
    return {
      module: EventStoreModule,
      global: true,
      providers: [{ provide: EventStore, useFactory: create }, { provide: StoreAlarms, useValue: alarms }, CommandRunner],
      exports: [EventStore, CommandRunner, StoreAlarms],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
