import { CalendarModule } from '@app/calendar';
import { EventStoreModule, type EventStoreOptions } from '@app/event-store';
import { EvidenceModule } from '@app/evidence';
import { FindingNumbers, FindingsModule } from '@app/findings';
import { IdentityModule } from '@app/identity';
import { InspectionsModule } from '@app/inspections';
import { Clock } from '@app/kernel';
import { ListsModule } from '@app/lists';
import { OrganisationModule } from '@app/organisation';
import { PlaceholderNumbers, PlaceholdersModule } from '@app/placeholders';
import { PrivacyModule } from '@app/privacy';
import { ReadStoreModule } from '@app/read-store';
import type { Settings } from '@app/settings';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { clockOf } from './clocks';
import { databaseUrlOf } from './database-url';
import { RegisterNumbers, RegisterPlaceholderNumbers } from './register-numbers';
import { StoreGuard } from './store-guard';

@Global()
@Module({})
class ClockModule {
  static with(clock: Clock): DynamicModule {
    return { module: ClockModule, providers: [{ provide: Clock, useValue: clock }], exports: [Clock] };
  }
}

/** Ports of one context that another one fills. */
@Global()
@Module({
  imports: [ListsModule],
  providers: [
    { provide: FindingNumbers, useClass: RegisterNumbers },
    { provide: PlaceholderNumbers, useClass: RegisterPlaceholderNumbers },
  ],
  exports: [FindingNumbers, PlaceholderNumbers],
})
class PortsModule {}

/** Where the events of this instance are: in its database, or on EventStoreDB. */
export const eventStoreOf = (settings: Settings): EventStoreOptions =>
  settings.eventStore.backend === 'postgres' ? { url: databaseUrlOf(settings) } : settings.eventStore;

/** The write side and the stores of the whole product: what api, worker, cli and the scenarios have in common. */
@Module({})
export class CoreModule {
  /** `clock` is for scenarios and tests; without it the instance's own clock holds. */
  static forRoot(settings: Settings, clock: Clock = clockOf(settings.dataDir)): DynamicModule {
    const url = databaseUrlOf(settings);
    return {
      module: CoreModule,
      providers: [StoreGuard],
      exports: [StoreGuard],
      imports: [
        ClockModule.with(clock),
        CqrsModule.forRoot(),
        ReadStoreModule.forRoot({ url, poolSize: settings.databasePool }),
        EventStoreModule.forRoot(eventStoreOf(settings)),
        PrivacyModule.forRoot({ dataDir: settings.dataDir }),
        EvidenceModule.forRoot({ dataDir: settings.dataDir, maxBytes: settings.uploadMaxBytes }),
        OrganisationModule,
        CalendarModule,
        FindingsModule,
        ListsModule,
        PlaceholdersModule,
        InspectionsModule,
        PortsModule,
        IdentityModule.forRoot({ sessionHours: settings.session.hours, idleMinutes: settings.session.idleMinutes }),
      ],
    };
  }
}
