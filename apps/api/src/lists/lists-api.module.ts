import { ClearanceModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FindingsApiModule } from '../findings/findings-api.module';
import { ReadingApiModule } from '../reading/reading-api.module';
import { ListDesk } from './list-desk';
import { ListsController } from './lists.controller';
import { ListsReadingController } from './lists-reading.controller';

/** Needs CoreModule beside it. */
@Module({
  imports: [CqrsModule, ClearanceModule, FindingsApiModule, ReadingApiModule],
  controllers: [ListsReadingController, ListsController],
  providers: [ListDesk],
})
export class ListsApiModule {}
