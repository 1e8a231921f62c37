import { CalendarModule } from '@app/calendar';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DeadlineCommands } from './deadline-commands';
import { DeadlineQueries } from './deadline.queries';
import { KnocksInBulk } from './knocks-in-bulk';

/** Reading and knocking at the deadlines of findings; needs FindingsModule beside it. */
@Module({
  imports: [CqrsModule, CalendarModule],
  providers: [DeadlineQueries, DeadlineCommands, KnocksInBulk],
  exports: [CalendarModule, DeadlineQueries, DeadlineCommands, KnocksInBulk],
})
export class FindingDeadlinesModule {}
