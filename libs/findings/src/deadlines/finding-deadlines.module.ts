import { CalendarModule } from '@app/calendar';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DeadlineCommands } from './deadline-commands';
import { DeadlineQueries } from './deadline.queries';

/** Reading and knocking at the deadlines of findings; needs FindingsModule beside it. */
@Module({
  imports: [CqrsModule, CalendarModule],
  providers: [DeadlineQueries, DeadlineCommands],
  exports: [CalendarModule, DeadlineQueries, DeadlineCommands],
})
export class FindingDeadlinesModule {}
