import { BulletinDrafts } from '@app/bulletins';
import type { Actor } from '@app/kernel';
import { Body, Controller, Delete, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { ReaderContext } from '../reading/reader-context';
import { Access, CurrentActor } from '../security/access';
import { draftShown, type BulletinDraftShown } from './bulletin.answers';
import { draftOf, draftQuery, savingRequest, type Body as Of } from './bulletin.requests';

const OFFICE = ['office', 'office-head'] as const;

export type BulletinDraftsShown = Readonly<{ drafts: readonly BulletinDraftShown[] }>;
export type BulletinDraftDropped = Readonly<{ dropped: true }>;

/** 简报草稿: kept until the issue is out, for whoever of the office goes on with it. */
@ApiTags('bulletins 简报与调度表')
@Controller('bulletin-drafts')
export class BulletinDraftsController {
  constructor(
    @Inject(BulletinDrafts) private readonly drafts: BulletinDrafts,
    @Inject(ReaderContext) private readonly readers: ReaderContext,
  ) {}

  /** Last saved first. */
  @Get()
  @Access({ roles: OFFICE, note: 'drafts of issues 简报草稿' })
  async all(@CurrentActor() by: Actor): Promise<BulletinDraftsShown> {
    const reading = await this.readers.of(by);
    return { drafts: (await this.drafts.all()).map((draft) => draftShown(draft, reading)) };
  }

  /** 409 where somebody else has saved since: nothing is overwritten unseen. */
  @Put()
  @Access({ roles: OFFICE, note: 'save a draft 保存简报草稿' })
  async save(
    @Body({ schema: savingRequest }) { revision, ...body }: Of<typeof savingRequest>,
    @InWriting() { by }: Writing,
  ): Promise<BulletinDraftShown> {
    const reading = await this.readers.of(by);
    return draftShown(await this.drafts.save(draftOf(body), revision, by), reading);
  }

  @Delete()
  @Access({ roles: OFFICE, note: 'give a draft up 放弃简报草稿' })
  async drop(
    @Query({ schema: draftQuery }) { kind, from, to }: Of<typeof draftQuery>,
    @InWriting() { by }: Writing,
  ): Promise<BulletinDraftDropped> {
    await this.drafts.drop({ kind, period: { from, to } }, by);
    return { dropped: true };
  }
}
