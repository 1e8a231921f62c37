import { CoreModule, databaseUrlOf, ReadersModule } from '@app/core';
import { JobsModule } from '@app/jobs';
import type { Clock } from '@app/kernel';
import type { Settings } from '@app/settings';
import { Module, type DynamicModule } from '@nestjs/common';
import { DeadlinesModule } from './deadlines/deadlines.module';
import { EscalationLoopsModule } from './escalation/escalation-loops.module';
import { SupervisionLoopModule } from './supervision/supervision.module';
import { OutboxModule } from './notifications/notifications.module';
import { WorkerBeat } from './worker-beat';
import { WorkerLife } from './worker-life';

@Module({})
export class WorkerModule {
  static forRoot(settings: Settings, clock?: Clock): DynamicModule {
    const jobs = settings.queue.backend === 'redis' ? { redisUrl: settings.queue.url } : { databaseUrl: databaseUrlOf(settings) };
    return {
      module: WorkerModule,
      imports: [
        CoreModule.forRoot(settings, clock),
        ReadersModule,
        JobsModule.forRoot(jobs),
        DeadlinesModule,
        OutboxModule,
        EscalationLoopsModule,
        SupervisionLoopModule,
      ],
      providers: [WorkerLife, WorkerBeat],
    };
  }
}
