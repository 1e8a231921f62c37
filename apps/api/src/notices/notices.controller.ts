import { idFrom, type Actor } from '@app/kernel';
import { HandleNotice, NoticePreviews, type NoticeId, type NoticeIntent, type NoticeRequest } from '@app/notices';
import { Body, Controller, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { Access, CurrentActor } from '../security/access';
import type { NoticeAnswer, NoticePreviewAnswer } from './notice.answers';
import { FindingAccess } from '../findings/finding-access';
import { NoticeDesk } from './notice-desk';
import {
  correctionRequest,
  deliveryRequest,
  issueRequest,
  noticeId,
  refusalRequest,
  replyRequest,
  type Body as Of,
} from './notice.requests';

const ISSUERS = ['office', 'office-head', 'team-head'] as const;
const ADDRESSED = ['clerk', 'deputy', 'head', 'office', 'office-head'] as const;

const requestOf = (body: Of<typeof issueRequest>): NoticeRequest => ({ ...body, corrects: null, follows: null });

/** 通知文书: issued, delivered, signed for, refused, answered and corrected. What was issued never changes. */
@ApiTags('notices 通知文书')
@Controller('notices')
export class NoticesController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(NoticePreviews) private readonly previews: NoticePreviews,
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(FindingAccess) private readonly access: FindingAccess,
  ) {}

  /** What would be issued: nothing is stored, no number is taken. Refused as the issuing would be. */
  @Post('preview')
  @HttpCode(200)
  @Access({ roles: ISSUERS, note: 'preview a notice 预览文书' })
  async preview(@Body({ schema: issueRequest }) body: Of<typeof issueRequest>, @CurrentActor() by: Actor): Promise<NoticePreviewAnswer> {
    await this.mustSee(body, by);
    const { content, document, html } = await this.previews.of(requestOf(body), by);
    const { letterhead, signer, title, recipient, copies } = document;
    return { content, document: { letterhead, signer, title, recipient, copies }, html };
  }

  /** 交办单 by the office, 限期整改通知单 also by the head of the team that found it; it documents clocks and starts none. */
  @Post()
  @Access({ roles: ISSUERS, note: 'issue a notice 印发文书' })
  async issue(@Body({ schema: issueRequest }) body: Of<typeof issueRequest>, @InWriting() writing: Writing): Promise<NoticeAnswer> {
    await this.mustSee(body, writing.by);
    const id = idFrom(writing.commandId, 'notice') as NoticeId;
    return this.send(id, { type: 'IssueNotice', data: requestOf(body) }, writing);
  }

  /** 更正通知: a notice of its own that refers to this one. `legs` are shown as they stand now. */
  @Post(':id/correction')
  @Access({ roles: ['office-head'], note: 'correct a notice 印发更正通知' })
  async correct(
    @Param('id', { schema: noticeId }) id: NoticeId,
    @Body({ schema: correctionRequest }) body: Of<typeof correctionRequest>,
    @InWriting() writing: Writing,
  ): Promise<NoticeAnswer> {
    const { notice } = await this.desk.one(id, writing.by);
    const { kind, number, issuedOn, unitId } = notice;
    const none = {
      inspectors: [],
      inspectedFrom: null,
      inspectedTo: null,
      feedbackBy: null,
      feedback: null,
      recheck: null,
      photos: [],
      follows: null,
    };
    const data: NoticeRequest = { ...body, ...none, kind: 'correction-notice', unitId, corrects: { noticeId: id, kind, number, issuedOn } };
    return this.send(idFrom(writing.commandId, 'notice') as NoticeId, { type: 'IssueNotice', data }, writing);
  }

  /** Handed over on paper as well, by post or posted up: who issued it records how, when and to whom. */
  @Put(':id/delivery')
  @Access({ roles: ISSUERS, note: 'record a delivery 登记送达' })
  deliver(
    @Param('id', { schema: noticeId }) id: NoticeId,
    @Body({ schema: deliveryRequest }) data: Of<typeof deliveryRequest>,
    @InWriting() writing: Writing,
  ): Promise<NoticeAnswer> {
    return this.step(id, { type: 'DeliverNotice', data }, writing);
  }

  /** By any receiving post of the unit; late or twice is quiet. */
  @Put(':id/signature')
  @Access({ roles: ADDRESSED, note: 'sign for a notice 签收文书' })
  sign(@Param('id', { schema: noticeId }) id: NoticeId, @InWriting() writing: Writing): Promise<NoticeAnswer> {
    return this.step(id, { type: 'SignForNotice' }, writing);
  }

  /** The unit would not take it: who delivered it says so, with two witnesses. */
  @Put(':id/refusal')
  @Access({ roles: ISSUERS, note: 'record a refusal 登记拒收' })
  refuse(
    @Param('id', { schema: noticeId }) id: NoticeId,
    @Body({ schema: refusalRequest }) data: Of<typeof refusalRequest>,
    @InWriting() writing: Writing,
  ): Promise<NoticeAnswer> {
    return this.step(id, { type: 'RefuseNotice', data }, writing);
  }

  /** The unit's answer in writing; whoever answers has received it. */
  @Put(':id/reply')
  @Access({ roles: ADDRESSED, note: 'answer a notice 书面反馈' })
  reply(
    @Param('id', { schema: noticeId }) id: NoticeId,
    @Body({ schema: replyRequest }) data: Of<typeof replyRequest>,
    @InWriting() writing: Writing,
  ): Promise<NoticeAnswer> {
    return this.step(id, { type: 'ReplyToNotice', data }, writing);
  }

  /** Whoever annexes a photo may look at it. */
  private async mustSee({ photos }: Of<typeof issueRequest>, by: Actor): Promise<void> {
    for (const findingId of new Set(photos.map((photo) => photo.findingId))) await this.access.mustKnow(findingId, by);
  }

  /** Unknown and out of sight are both 404. */
  private async step(id: NoticeId, intent: NoticeIntent, writing: Writing): Promise<NoticeAnswer> {
    await this.desk.one(id, writing.by);
    return this.send(id, intent, writing);
  }

  private async send(id: NoticeId, intent: NoticeIntent, writing: Writing): Promise<NoticeAnswer> {
    const { commandId, by } = writing;
    const ack = await this.bus.execute(new HandleNotice(id, intent, { commandId, by, expected: writing.seen() }));
    writing.tag(ack.revision);
    return { noticeId: id, number: ack.number, revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }
}
