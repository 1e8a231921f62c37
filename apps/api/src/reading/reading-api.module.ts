import { FindingReadsModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ChangeFeed } from './change-feed';
import { ChangeStreamController } from './change-stream.controller';
import { FindingsReadingController } from './findings-reading.controller';
import { ReaderContext } from './reader-context';
import { ReadYourWritesInterceptor } from './read-your-writes.interceptor';
import { RevealController } from './reveal.controller';
import { WorkReadingController } from './work-reading.controller';

/** Everything that is read of findings. What is done to them: `findings/`. */
@Module({
  imports: [CqrsModule, FindingReadsModule],
  controllers: [FindingsReadingController, WorkReadingController, RevealController, ChangeStreamController],
  providers: [ReaderContext, ReadYourWritesInterceptor, ChangeFeed],
  exports: [ReaderContext, ReadYourWritesInterceptor, FindingReadsModule],
})
export class ReadingApiModule {}
