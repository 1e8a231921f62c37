import type { Actor } from '@app/kernel';
import { NoticeFiles, type NoticeFormat, type NoticeId } from '@app/notices';
import { Controller, Get, Inject, Param, Query, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PEOPLE } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { NoticeDesk } from './notice-desk';
import { copyQuery, format, noticeId, type Body as Of } from './notice.requests';

/** Nothing in a document may run or load anything; its styles and pictures stand in it. */
const FILE_HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
} as const;

/** Notices on paper. */
@ApiTags('notices 通知文书')
@Controller('notices')
@UseInterceptors(ReadYourWritesInterceptor)
export class NoticeFilesController {
  constructor(
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(NoticeFiles) private readonly files: NoticeFiles,
  ) {}

  /** The same bytes for ever. `html` is a page for printing and opens in the browser, the others are saved. */
  @Get(':id/file/:format')
  @Access({ roles: PEOPLE, note: 'a notice as a file 文书文件: who may read it' })
  async file(
    @Param('id', { schema: noticeId }) id: NoticeId,
    @Param('format', { schema: format }) wanted: NoticeFormat,
    @Query({ schema: copyQuery }) { copy }: Of<typeof copyQuery>,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { notice } = await this.desk.one(id, by);
    const { bytes, type, name } = await this.files.of(notice.issued, wanted, { copy });
    void reply.headers(FILE_HEADERS);
    const way = wanted === 'html' ? 'inline' : 'attachment';
    return new StreamableFile(bytes, {
      type,
      length: bytes.length,
      disposition: `${way}; filename="notice.${wanted}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }
}
