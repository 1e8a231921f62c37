import { CalendarModule } from '@app/calendar';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FindingDeadlinesModule, FindingReadsModule } from '@app/findings';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { CalendarController } from './calendar.controller';
import { MovedDeadlinesController } from './moved-deadlines.controller';

@Module({
  imports: [CqrsModule, CalendarModule, FindingDeadlinesModule, FindingReadsModule],
  controllers: [CalendarController, MovedDeadlinesController],
  providers: [ReadYourWritesInterceptor],
})
export class CalendarApiModule {}
