import { PassThrough } from 'node:stream';
import { FindingDetailQueries, FindingQueries, writeFindingsSheet } from '@app/findings';
import { SecurityLog } from '@app/identity';
import type { Actor, FindingId } from '@app/kernel';
import { Controller, Get, Inject, Logger, Param, Query, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { etagOf } from '../platform/etag';
import { notFound } from '../platform/problem';
import { Access, CurrentAccount, CurrentActor, type SignedIn } from '../security/access';
import { OwnTurns } from './own-turns';
import { PEOPLE, ReaderContext } from './reader-context';
import { ReadYourWritesInterceptor } from './read-your-writes.interceptor';
import { categoryName, detailAnswer, findingAnswer, lineAnswer } from './reading.answers';
import { orBadCursor } from './reading-problems';
import { detailQuery, exportQuery, filterOf, findingParam, findingsQuery, orderOf, timelineQuery } from './reading.requests';

/** More rows than anybody reads in a sheet; a longer list is narrowed first. */
const EXPORT_LIMIT = 50_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('reading 查阅')
@Controller('findings')
@UseInterceptors(ReadYourWritesInterceptor)
export class FindingsReadingController {
  private readonly logger = new Logger(FindingsReadingController.name);

  constructor(
    @Inject(FindingQueries) private readonly findings: FindingQueries,
    @Inject(FindingDetailQueries) private readonly details: FindingDetailQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
    @Inject(OwnTurns) private readonly turns: OwnTurns,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  /** What the reader may see, narrowed by any filter, by keyset pages; `total` is exact unless `exact` is false ("10,000+"). */
  @Get()
  @Access({ roles: PEOPLE, note: 'findings 问题列表: those one may see' })
  async list(@Query({ schema: findingsQuery }) asked: z.output<typeof findingsQuery>, @CurrentActor() actor: Actor) {
    const { scope, view, daysLeft } = await this.context.of(actor);
    const { limit, cursor } = asked;
    const page = await orBadCursor(this.findings.page(scope, { filter: filterOf(asked, view), ...orderOf(asked), limit, cursor }));
    return { findings: page.rows.map((row) => findingAnswer(row, view, daysLeft)), next: page.next, total: page.total, exact: page.exact };
  }

  /** What the list shows, as a sheet with reader, time and purpose above the rows (R40). Every export is logged. */
  @Get('export.xlsx')
  @Access({ roles: PEOPLE, note: 'export findings 导出问题: those one may see' })
  async export(
    @Query({ schema: exportQuery }) asked: z.output<typeof exportQuery>,
    @CurrentActor() actor: Actor,
    @CurrentAccount() account: SignedIn,
  ): Promise<StreamableFile> {
    const { scope, view, now } = await this.context.of(actor);
    await this.log.record({
      kind: 'exported',
      accountId: account.accountId,
      personId: account.personId,
      detail: { what: 'findings', unit: actor.unitId, sort: asked.sort },
    });
    const rows = this.findings.all(scope, { filter: filterOf(asked, view), ...orderOf(asked) }, EXPORT_LIMIT);
    const file = new PassThrough();
    writeFindingsSheet(file, rows, {
      reader: view.person(actor.personId)?.name ?? actor.personId,
      unit: view.unit(actor.unitId)?.name ?? actor.unitId,
      at: now,
      purpose: asked.purpose,
      categoryName: (code) => categoryName(view, code),
    }).catch((error: unknown) => {
      this.logger.error('an export broke off');
      file.destroy(error instanceof Error ? error : new Error('an export broke off'));
    });
    return new StreamableFile(file, { type: XLSX, disposition: 'attachment; filename="findings.xlsx"' });
  }

  /** Legs and items side by side, each due time with its derivation, whose turn it is. ETag is the revision to send as If-Match. */
  @Get(':id')
  @Access({ roles: PEOPLE, note: 'a finding 问题详情: whoever may see it, else 404' })
  async detail(
    @Param('id', { schema: findingParam }) id: FindingId,
    @Query({ schema: detailQuery }) _: z.output<typeof detailQuery>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { scope, view, daysLeft } = await this.context.of(actor);
    const detail = await this.details.detail(id, scope);
    if (detail === null) throw notFound();
    void reply.header('etag', etagOf(BigInt(detail.revision)));
    return detailAnswer(detail, view, await this.turns.of(detail, actor), daysLeft);
  }

  /** The whole history: who, for which unit, from which post, when by both dates. Oldest first; go on with `after`. */
  @Get(':id/timeline')
  @Access({ roles: PEOPLE, note: 'timeline 办理过程: whoever may see it, else 404' })
  async timeline(
    @Param('id', { schema: findingParam }) id: FindingId,
    @Query({ schema: timelineQuery }) { after, limit }: z.output<typeof timelineQuery>,
    @CurrentActor() actor: Actor,
  ) {
    const { scope, view } = await this.context.of(actor);
    const lines = await this.details.timeline(id, scope, after, limit);
    if (lines === null) throw notFound();
    const last = lines.at(-1);
    return {
      lines: lines.map((line) => lineAnswer(line, view)),
      next: lines.length === limit && last !== undefined ? last.position : null,
    };
  }
}
