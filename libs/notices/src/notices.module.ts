import { CalendarModule } from '@app/calendar';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { NoticeDrafts } from './application/notice-drafts';
import { NoticeCommandHandler } from './application/notice.command-handler';
import { NoticeFiles } from './application/notice-files';
import { NoticePhotos } from './application/notice-photos';
import { NoticePreviews } from './application/notice-previews';
import { NoticeQueries } from './read-models/notice.queries';

/**
 * 通知文书: numbered documents to units, frozen when issued. Needs EventStoreModule, ReadStoreModule, FindingsModule, EvidenceModule, PrivacyModule, a
 * Clock, the Directory, NoticeNumbers and NoticeAddresses beside it.
 */
@Global()
@Module({
  imports: [CqrsModule, CalendarModule],
  providers: [NoticeCommandHandler, NoticeDrafts, NoticeFiles, NoticePhotos, NoticePreviews, NoticeQueries],
  exports: [NoticeFiles, NoticePreviews, NoticeQueries],
})
export class NoticesModule {}
