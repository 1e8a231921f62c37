import type { Actor } from '@app/kernel';
import { NoticeQueries, type NoticeId } from '@app/notices';
import { Controller, Get, Inject, Param, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../platform/etag';
import { PEOPLE } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { detailIn, shownIn, type NoticeByCode, type NoticeDetail, type NoticePage } from './notice.answers';
import { NoticeDesk } from './notice-desk';
import { hashQuery, noticeId, noticesQuery, opaqueParam, type Body as Of } from './notice.requests';

/** Fewer characters of the hash prove nothing. */
const SHORTEST_HASH = 16;

/** Notices as issued, and what became of them. */
@ApiTags('notices 通知文书')
@Controller('notices')
@UseInterceptors(ReadYourWritesInterceptor)
export class NoticesReadingController {
  constructor(
    @Inject(NoticeQueries) private readonly notices: NoticeQueries,
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
  ) {}

  /** Newest first. Units see what is addressed to their subtree or was issued by it, leaders that of their towns, the office all. */
  @Get()
  @Access({ roles: PEOPLE, note: 'notices 文书一览: own units, leaders their towns, the office all' })
  async all(@Query({ schema: noticesQuery }) asked: Of<typeof noticesQuery>, @CurrentActor() by: Actor): Promise<NoticePage> {
    const { units, view, now } = await this.desk.reading(by);
    const { kind, unit, signature, replied, finding, after, limit } = asked;
    const rows = await this.notices.page({ units, unit, kind, findingId: finding, signature, replied }, now, after ?? null, limit);
    return { notices: rows.map((row) => shownIn(view, row)), next: rows.length < limit ? null : (rows.at(-1)?.position ?? null) };
  }

  /** Where a QR code leads: whether it is of a notice the reader may see, and whether the paper says what was issued. */
  @Get('by-code/:opaque')
  @Access({ roles: PEOPLE, note: 'notice by its QR code 扫码核对: who may read the notice' })
  async byCode(
    @Param('opaque', { schema: opaqueParam }) opaque: string,
    @Query({ schema: hashQuery }) { h }: Of<typeof hashQuery>,
    @CurrentActor() by: Actor,
  ): Promise<NoticeByCode> {
    const { noticeId: id, number, issued } = await this.desk.byOpaque(opaque, by);
    return { noticeId: id, number, matches: h.length >= SHORTEST_HASH && issued.contentHash.startsWith(h) };
  }

  @Get(':id')
  @Access({ roles: PEOPLE, note: 'a notice 文书: who may read it' })
  async one(
    @Param('id', { schema: noticeId }) id: NoticeId,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoticeDetail> {
    const { notice, reading } = await this.desk.one(id, by);
    void reply.header('etag', etagOf(BigInt(notice.revision)));
    return detailIn(reading.view, notice, this.desk.offersOf(by, notice, reading.view));
  }
}
