import { Module } from '@nestjs/common';
import { CalendarYearCommandHandler } from './application/calendar-year.command-handler';
import { CalendarService } from './application/calendar.service';
import { DeadlineRuleCommandHandler } from './application/deadline-rule.command-handler';
import { CalendarQueries } from './read-models/calendar.queries';

/** Needs EventStoreModule, ReadStoreModule and CqrsModule in the application. */
@Module({
  providers: [CalendarService, CalendarQueries, CalendarYearCommandHandler, DeadlineRuleCommandHandler],
  exports: [CalendarService, CalendarQueries],
})
export class CalendarModule {}
