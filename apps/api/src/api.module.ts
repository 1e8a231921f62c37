import { CoreModule } from '@app/core';
import type { Clock } from '@app/kernel';
import type { Settings } from '@app/settings';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { BackupsApiModule } from './backups/backups-api.module';
import { BulletinsApiModule } from './bulletins/bulletins-api.module';
import { CalendarApiModule } from './calendar/calendar-api.module';
import { CarryOversApiModule } from './carry-overs/carry-overs-api.module';
import { ClearanceApiModule } from './clearance/clearance-api.module';
import { EscalationApiModule } from './escalation/escalation-api.module';
import { FreeTextInterceptor } from './findings/free-text.interceptor';
import { FindingsApiModule } from './findings/findings-api.module';
import { IdentityApiModule } from './identity/identity-api.module';
import { ImportsApiModule } from './imports/imports-api.module';
import { InspectionsApiModule } from './inspections/inspections-api.module';
import { ListsApiModule } from './lists/lists-api.module';
import { NoticesApiModule } from './notices/notices-api.module';
import { NotificationsApiModule } from './notifications/notifications-api.module';
import { ReadingApiModule } from './reading/reading-api.module';
import { RoundTripApiModule } from './round-trip/round-trip-api.module';
import { OrganisationApiModule } from './organisation/organisation-api.module';
import { HealthController } from './platform/health.controller';
import { PlaceholdersApiModule } from './placeholders/placeholders-api.module';
import { IdempotencyInterceptor } from './platform/idempotency';
import { Metrics, MetricsInterceptor } from './platform/metrics';
import { WorkerWatch } from './platform/worker-watch';
import { ProblemFilter } from './platform/problem.filter';
import { SecurityModule } from './security/security.module';
import { SelectionsApiModule } from './selections/selections-api.module';
import { SupervisionApiModule } from './supervision/supervision-api.module';
import { UploadsApiModule } from './uploads/uploads-api.module';

@Module({})
export class ApiModule {
  static forRoot(settings: Settings, clock?: Clock, beside: readonly Type[] = []): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CoreModule.forRoot(settings, clock),
        SecurityModule,
        FindingsApiModule,
        CalendarApiModule,
        IdentityApiModule,
        OrganisationApiModule,
        ReadingApiModule,
        ListsApiModule,
        PlaceholdersApiModule,
        CarryOversApiModule,
        InspectionsApiModule,
        UploadsApiModule,
        ClearanceApiModule,
        SelectionsApiModule,
        NoticesApiModule,
        EscalationApiModule,
        SupervisionApiModule,
        BulletinsApiModule,
        NotificationsApiModule,
        ImportsApiModule.forRoot({ dataDir: settings.dataDir }),
        RoundTripApiModule.forRoot({ dataDir: settings.dataDir }),
        BackupsApiModule.forRoot(settings),
        ...beside,
      ],
      controllers: [HealthController],
      providers: [
        Metrics,
        WorkerWatch,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: MetricsInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        // After the one above: the same request must give the same hash, as it was sent.
        { provide: APP_INTERCEPTOR, useClass: FreeTextInterceptor },
      ],
    };
  }
}
