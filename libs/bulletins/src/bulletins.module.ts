import { CalendarModule } from '@app/calendar';
import { ClearanceModule } from '@app/findings';
import { ListsModule } from '@app/lists';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { BulletinCommandHandler } from './application/bulletin.command-handler';
import { BulletinDesk } from './application/bulletin-desk';
import { BulletinDrafts } from './application/bulletin-drafts';
import { BulletinFiles } from './application/bulletin-files';
import { FigureFreezer } from './application/figure-freezer';
import { BulletinQueries } from './read-models/bulletin.queries';

/** 工作简报与调度表: numbered issues whose figures are frozen at a position of the event store. */
@Global()
@Module({
  imports: [CqrsModule, CalendarModule, ClearanceModule, ListsModule],
  providers: [BulletinCommandHandler, BulletinDesk, BulletinDrafts, BulletinFiles, BulletinQueries, FigureFreezer],
  exports: [BulletinDesk, BulletinDrafts, BulletinFiles, BulletinQueries, FigureFreezer],
})
export class BulletinsModule {}
