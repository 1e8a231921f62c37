import {
  BulletinDesk,
  BulletinFiles,
  BulletinQueries,
  HandleBulletin,
  type BulletinFormat,
  type BulletinId,
  type BulletinIntent,
  type NextIssue,
  type ProposedCorrections,
} from '@app/bulletins';
import { localDateOf, type Actor } from '@app/kernel';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../platform/etag';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { bulletinShown, contentShown, lineShown, type BulletinPage, type BulletinShown, type BulletinSaid } from './bulletin.answers';
import { bulletinId, bulletinsQuery, correctionRequest, draftOf, draftRequest, formatParam, type Body as Of } from './bulletin.requests';

const FILE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  'x-content-type-options': 'nosniff',
} as const;
const OFFICE = ['office', 'office-head'] as const;

/** Where the issue stands now, and the position a read can wait for. */
export type BulletinAnswer = Readonly<{ bulletinId: BulletinId; revision: string; position: string; changed: boolean }>;
/** What would be issued now; nothing of it is stored. */
export type BulletinPreview = Readonly<{ content: BulletinSaid }>;
export type BulletinSchedule = Readonly<{ next: readonly NextIssue[] }>;

/** 工作简报与调度表: issued by the office, read by everybody who works on findings. */
@ApiTags('bulletins 简报与调度表')
@Controller('bulletins')
export class BulletinsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(BulletinDesk) private readonly desk: BulletinDesk,
    @Inject(BulletinQueries) private readonly bulletins: BulletinQueries,
    @Inject(BulletinFiles) private readonly files: BulletinFiles,
    @Inject(ReaderContext) private readonly readers: ReaderContext,
  ) {}

  /** Issued ones, newest first. */
  @Get()
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: PEOPLE, note: 'bulletins 简报与调度表一览' })
  async all(
    @Query({ schema: bulletinsQuery }) { kind, after, limit }: Of<typeof bulletinsQuery>,
    @CurrentActor() by: Actor,
  ): Promise<BulletinPage> {
    const reading = await this.readers.of(by);
    const rows = await this.bulletins.page({ kind: kind ?? null, before: after ?? null, limit });
    return { bulletins: rows.map((row) => lineShown(row, reading)), next: rows.length < limit ? null : (rows.at(-1)?.bulletinId ?? null) };
  }

  /** The next issue of each kind: which period, due when, and whether that period is over. */
  @Get('schedule')
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: OFFICE, note: 'what is to be issued next 应发的简报' })
  async schedule(): Promise<BulletinSchedule> {
    return { next: await this.desk.schedule() };
  }

  /** Changes nothing: the figures as they would be frozen, texts as they would be printed. */
  @Post('previews')
  @HttpCode(200)
  @WithoutIdempotencyKey()
  @Access({ roles: OFFICE, note: 'draft and preview 起草、预览简报' })
  async preview(@Body({ schema: draftRequest }) body: Of<typeof draftRequest>, @CurrentActor() by: Actor): Promise<BulletinPreview> {
    const reading = await this.readers.of(by);
    const { content } = await this.desk.compose(draftOf(body), by, localDateOf(reading.now));
    return { content: contentShown(content, reading) };
  }

  /** The same as it would look on paper. */
  @Post('previews/file')
  @HttpCode(200)
  @WithoutIdempotencyKey()
  @Access({ roles: OFFICE, note: 'preview on paper 预览打印稿' })
  async paper(@Body({ schema: draftRequest }) body: Of<typeof draftRequest>, @CurrentActor() by: Actor): Promise<StreamableFile> {
    const { now } = await this.readers.of(by);
    const on = localDateOf(now);
    const { content } = await this.desk.compose(draftOf(body), by, on);
    const { bytes, type } = await this.files.draft({ content, issuedAt: now, issuedOn: on });
    return new StreamableFile(bytes, { type, disposition: 'attachment; filename="preview.pdf"' });
  }

  @Post()
  @Access({ roles: OFFICE, note: 'issue 印发简报' })
  issue(@Body({ schema: draftRequest }) body: Of<typeof draftRequest>, @InWriting() writing: Writing): Promise<BulletinAnswer> {
    return this.send({ type: 'IssueBulletin', data: draftOf(body) }, writing);
  }

  @Get(':id')
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: PEOPLE, note: 'an issue 一期简报' })
  async one(
    @Param('id', { schema: bulletinId }) id: BulletinId,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulletinShown> {
    const [reading, issued] = [await this.readers.of(by), await this.bulletins.one(id)];
    if (issued === null) throw notFound();
    void reply.header('etag', etagOf(BigInt(issued.revision)));
    return bulletinShown(issued, reading);
  }

  /** The same bytes whenever it is asked for. The page is for a look and for the printer: nothing in it runs, and it opens in the browser. */
  @Get(':id/file/:format')
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: PEOPLE, note: 'an issue as a file 下载简报' })
  async file(
    @Param('id', { schema: bulletinId }) id: BulletinId,
    @Param('format', { schema: formatParam }) format: BulletinFormat,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const issued = await this.bulletins.one(id);
    if (issued === null) throw notFound();
    const { bytes, type } = await this.files.of(issued, format);
    void reply.headers(FILE_HEADERS);
    return new StreamableFile(bytes, { type, disposition: `${format === 'html' ? 'inline' : 'attachment'}; filename="${id}.${format}"` });
  }

  /** What the frozen numbers would be today by the dates claimed, where they differ and were not corrected yet (R15). */
  @Get(':id/corrections/proposed')
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: OFFICE, note: 'numbers that a later truth has overtaken 待更正的数字' })
  proposed(@Param('id', { schema: bulletinId }) id: BulletinId): Promise<ProposedCorrections> {
    return this.desk.corrections(id);
  }

  /** The issue keeps its words and files: the correction stands beside it, and the next issue of the kind prints it. */
  @Post(':id/corrections')
  @Access({ roles: OFFICE, note: 'correct an issue 更正简报' })
  correct(
    @Param('id', { schema: bulletinId }) id: BulletinId,
    @Body({ schema: correctionRequest }) body: Of<typeof correctionRequest>,
    @InWriting() writing: Writing,
  ): Promise<BulletinAnswer> {
    return this.send({ type: 'CorrectBulletin', data: { bulletinId: id, ...body } }, writing);
  }

  private async send(intent: BulletinIntent, writing: Writing): Promise<BulletinAnswer> {
    const { commandId, by } = writing;
    const ack = await this.bus.execute(new HandleBulletin(intent, { commandId, by, expected: writing.seen() }));
    writing.tag(ack.revision);
    return { bulletinId: ack.bulletinId, revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }
}
