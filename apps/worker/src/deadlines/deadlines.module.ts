import { CalendarModule } from '@app/calendar';
import { FindingDeadlinesModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { DeadlineLoop } from './deadline-loop';
import { DeadlineReconciler } from './deadline-reconciler';

/** Needs JobsModule, FindingsModule, ReadStoreModule, EventStoreModule and a Clock in the application. */
@Module({
  imports: [CalendarModule, FindingDeadlinesModule],
  providers: [DeadlineReconciler, DeadlineLoop],
  exports: [DeadlineReconciler],
})
export class DeadlinesModule {}
