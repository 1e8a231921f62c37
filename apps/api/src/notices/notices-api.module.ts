import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FindingsApiModule } from '../findings/findings-api.module';
import { ReadingApiModule } from '../reading/reading-api.module';
import { NoticeDesk } from './notice-desk';
import { NoticeFilesController } from './notice-files.controller';
import { NoticePeopleController } from './notice-people.controller';
import { NoticesReadingController } from './notices-reading.controller';
import { NoticesController } from './notices.controller';

/** Needs CoreModule beside it. */
@Module({
  imports: [CqrsModule, FindingsApiModule, ReadingApiModule],
  controllers: [NoticesReadingController, NoticeFilesController, NoticePeopleController, NoticesController],
  providers: [NoticeDesk],
})
export class NoticesApiModule {}
