import type { FindingId, LegId } from '@app/kernel';
import { Body, Controller, Post, Put, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import {
  answersRequest,
  assignRequest,
  extensionRequest,
  findingId,
  firstReviewRequest,
  guidanceRequest,
  legId,
  objectionRequest,
  opinionRequest,
  pauseRequest,
  plainRequest,
  planRequest,
  progressRequest,
  reportRequest,
  returnRequest,
  rulingRequest,
  signRequest,
  type Body as Of,
} from './finding.requests';

/** What a unit does on its leg. */
@ApiTags('legs 条线')
@Controller('findings')
export class LegsController {
  constructor(private readonly desk: FindingDesk) {}

  @Put(':id/legs/:legId/receipt')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'sign for 签收' })
  signFor(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: plainRequest }) { on }: Of<typeof plainRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'SignForLeg', data: { legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/return')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'return 退单' })
  returnLeg(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: returnRequest }) { on, ...data }: Of<typeof returnRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'ReturnLeg', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/return/objection')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'object to the ruling 再异议' })
  objectTo(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: objectionRequest }) { on, ...data }: Of<typeof objectionRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'ObjectToRuling', data: { ...data, legId: leg } }, writing, { on });
  }

  /** The office first; after an objection the leader in charge, whose ruling is final (R21). */
  @Put(':id/legs/:legId/return/ruling')
  @Access({ roles: ['office', 'office-head', 'leader'], note: 'rule on a return 裁定' })
  rule(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: rulingRequest }) { on, ...data }: Of<typeof rulingRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RuleOnReturn', data: { ...data, legId: leg } }, writing, { on, rests: true });
  }

  @Put(':id/legs/:legId/assignment')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'assign inside the unit 内部交办' })
  assign(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: assignRequest }) { on, ...data }: Of<typeof assignRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'AssignLeg', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/plan')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'plan 整改方案' })
  plan(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: planRequest }) { on, ...data }: Of<typeof planRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'PlanLeg', data: { ...data, legId: leg } }, writing, { on });
  }

  @Post(':id/legs/:legId/progress')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'progress 进展' })
  progress(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: progressRequest }) { on, ...data }: Of<typeof progressRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RecordProgress', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/extension')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'ask for an extension 申请延期' })
  askExtension(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: extensionRequest }) { on, ...data }: Of<typeof extensionRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'AskExtension', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/pause')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'ask for a pause 申请暂停' })
  askPause(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: pauseRequest }) { on, ...data }: Of<typeof pauseRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'AskPause', data: { ...data, legId: leg } }, writing, { on });
  }

  /** Before the pause ends by itself: by the unit, or by the office. */
  @Put(':id/legs/:legId/pause/end')
  @Access({ roles: ['clerk', 'deputy', 'head', 'office', 'office-head'], note: 'let the clock run again 恢复计时' })
  resume(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: plainRequest }) { on }: Of<typeof plainRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'ResumeLeg', data: { legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/item-answers')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'answer items 明细答复' })
  answerItems(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: answersRequest }) { on, ...data }: Of<typeof answersRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'AnswerItems', data: { ...data, legId: leg } }, writing, { on });
  }

  @Post(':id/legs/:legId/guidance')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'guidance 政策口径' })
  guide(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: guidanceRequest }) { on, ...data }: Of<typeof guidanceRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'GiveGuidance', data: { ...data, legId: leg } }, writing, { on });
  }

  /** A unit’s own claim: 已报完成（待复核）, never 已整改. */
  @Put(':id/legs/:legId/report')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'report done 报完成' })
  report(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: reportRequest }) { on, ...data }: Of<typeof reportRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'ReportLeg', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/first-review')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'first review 初审' })
  firstReview(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: firstReviewRequest }) { on, ...data }: Of<typeof firstReviewRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'FirstReviewLeg', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/signature')
  @Access({ roles: ['deputy', 'head', 'office', 'office-head'], note: 'sign 审签' })
  sign(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: signRequest }) { on, ...data }: Of<typeof signRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'SignLeg', data: { ...data, legId: leg } }, writing, { on });
  }

  @Put(':id/legs/:legId/opinion')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'opinion 指导意见' })
  opinion(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: opinionRequest }) { on, ...data }: Of<typeof opinionRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'GiveOpinion', data: { ...data, legId: leg } }, writing, { on });
  }
}
