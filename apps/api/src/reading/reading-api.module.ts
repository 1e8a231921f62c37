import { CalendarModule } from '@app/calendar';
import { FindingDeadlinesModule, FindingReadsModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ChangeFeed } from './change-feed';
import { ChangeStreamController } from './change-stream.controller';
import { DeadlinesReadingController } from './deadlines-reading.controller';
import { FindingsReadingController } from './findings-reading.controller';
import { FindingsApiModule } from '../findings/findings-api.module';
import { NeighboursController } from './neighbours.controller';
import { OwnTurns } from './own-turns';
import { ReaderContext } from './reader-context';
import { ReadYourWritesInterceptor } from './read-your-writes.interceptor';
import { RevealController } from './reveal.controller';
import { WorkReadingController } from './work-reading.controller';

/** Everything that is read of findings. What is done to them: `findings/`. */
@Module({
  imports: [CqrsModule, CalendarModule, FindingReadsModule, FindingDeadlinesModule, FindingsApiModule],
  controllers: [
    FindingsReadingController,
    DeadlinesReadingController,
    WorkReadingController,
    NeighboursController,
    RevealController,
    ChangeStreamController,
  ],
  providers: [ReaderContext, OwnTurns, ReadYourWritesInterceptor, ChangeFeed],
  exports: [ReaderContext, ReadYourWritesInterceptor, FindingReadsModule],
})
export class ReadingApiModule {}
