import { BulletinsModule } from '@app/bulletins';
import { CalendarModule } from '@app/calendar';
import { CarryOversModule } from '@app/carry-overs';
import { EscalationModule } from '@app/escalation';
import { EventStoreModule, type EventStoreOptions } from '@app/event-store';
import { EvidenceModule } from '@app/evidence';
import { FindingNumbers, FindingsModule } from '@app/findings';
import { IdentityModule } from '@app/identity';
import { InspectionsModule } from '@app/inspections';
import { Clock } from '@app/kernel';
import { ListsModule } from '@app/lists';
import { NoticeAddresses, NoticeNumbers, NoticesModule } from '@app/notices';
import { NotificationsModule } from '@app/notifications';
import { OrganisationModule } from '@app/organisation';
import { PlaceholderNumbers, PlaceholdersModule } from '@app/placeholders';
import { PrivacyModule } from '@app/privacy';
import { ReadStoreModule } from '@app/read-store';
import type { Settings } from '@app/settings';
import { SupervisionModule, SupervisionNumbers } from '@app/supervision';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ClockKeeper } from './clock-keeper';
import { clockOf } from './clocks';
import { databaseUrlOf } from './database-url';
import { RegisterNoticeNumbers, RegisterNumbers, RegisterPlaceholderNumbers, RegisterSupervisionNumbers } from './register-numbers';
import { SteadyClock } from './steady-clock';
import { StoreGuard } from './store-guard';

@Global()
@Module({})
class ClockModule {
  static with(clock: Clock, steady: SteadyClock): DynamicModule {
    const providers = [{ provide: Clock, useValue: clock }, { provide: SteadyClock, useValue: steady }, ClockKeeper];
    return { module: ClockModule, providers, exports: [Clock, SteadyClock] };
  }
}

/** Ports of one context that another one fills. */
@Global()
@Module({
  imports: [ListsModule],
  providers: [
    { provide: FindingNumbers, useClass: RegisterNumbers },
    { provide: PlaceholderNumbers, useClass: RegisterPlaceholderNumbers },
    { provide: NoticeNumbers, useClass: RegisterNoticeNumbers },
    { provide: SupervisionNumbers, useClass: RegisterSupervisionNumbers },
  ],
  exports: [FindingNumbers, PlaceholderNumbers, NoticeNumbers, SupervisionNumbers, NoticeAddresses],
})
class PortsModule {
  static with({ publicUrl }: Pick<Settings, 'publicUrl'>): DynamicModule {
    const of: NoticeAddresses['of'] = (path) => `${publicUrl ?? ''}${path}`;
    return { module: PortsModule, providers: [{ provide: NoticeAddresses, useValue: { of } satisfies NoticeAddresses }] };
  }
}

/** Where the events of this instance are: in its database, or on EventStoreDB. */
export const eventStoreOf = (settings: Settings): EventStoreOptions =>
  settings.eventStore.backend === 'postgres' ? { url: databaseUrlOf(settings) } : settings.eventStore;

/** The write side and the stores of the whole product: what api, worker, cli and the scenarios have in common. */
@Module({})
export class CoreModule {
  /** `own` is for scenarios and tests; without it the instance's own clock holds. */
  static forRoot(settings: Settings, own?: Clock): DynamicModule {
    const steady = new SteadyClock();
    const clock = own ?? clockOf(settings.dataDir, steady);
    const url = databaseUrlOf(settings);
    return {
      module: CoreModule,
      providers: [StoreGuard],
      exports: [StoreGuard],
      imports: [
        ClockModule.with(clock, steady),
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
        CarryOversModule,
        InspectionsModule,
        NoticesModule,
        EscalationModule,
        SupervisionModule,
        BulletinsModule,
        NotificationsModule.forRoot({ mail: settings.mail, webhookHosts: settings.webhookHosts, publicUrl: settings.publicUrl }),
        PortsModule.with(settings),
        IdentityModule.forRoot({ sessionHours: settings.session.hours, idleMinutes: settings.session.idleMinutes }),
      ],
    };
  }
}
