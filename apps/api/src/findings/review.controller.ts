import type { FindingIntent } from '@app/findings';
import { idFrom, type FindingId, type LegId } from '@app/kernel';
import { Body, Controller, Post, Put, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import {
  clearRequest,
  extensionRulingRequest,
  findingId,
  legId,
  lookBackRequest,
  pauseRulingRequest,
  reviewRequest,
  revokeRequest,
  stageNumber,
  stageRequest,
  stagesRequest,
  verifyRequest,
  type Body as Of,
} from './finding.requests';

/** 复核、核查、销号、回头看: decisions that rest on what was seen. */
@ApiTags('review 复核销号')
@Controller('findings')
export class ReviewController {
  constructor(private readonly desk: FindingDesk) {}

  /** Leg by leg, first come first (R8). What a town found itself is reviewed in the town (R10). */
  @Put(':id/legs/:legId/review')
  @Access({
    roles: ['inspector', 'team-head', 'deputy', 'head', 'office', 'office-head', 'independent-verifier'],
    note: 'review a leg 复核',
  })
  review(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: reviewRequest }) body: Of<typeof reviewRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const intent: FindingIntent =
      body.result === 'passed'
        ? { type: 'PassLeg', data: { legId: leg, text: body.text } }
        : { type: 'SendLegBack', data: { legId: leg, reason: body.reason, alsoReopen: body.alsoReopen } };
    return this.desk.send(id, intent, writing, { on: body.on, rests: true });
  }

  /** A relapse is filed as a new finding linked to this one (R26). */
  @Post(':id/look-backs')
  @Access({ roles: ['inspector', 'team-head', 'office', 'office-head'], note: 'look back 回头看' })
  lookBack(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: lookBackRequest }) { on, ...data }: Of<typeof lookBackRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const relapseId = data.result === 'relapse' ? (idFrom(writing.commandId, 'relapse') as FindingId) : null;
    return this.desk.send(id, { type: 'LookBack', data: { ...data, relapseId } }, writing, { on });
  }

  /** Granted with a date, or refused with a reason (R35). */
  @Put(':id/legs/:legId/extension/ruling')
  @Access({ roles: ['office', 'office-head', 'leader'], note: 'rule on an extension 批延期' })
  ruleOnExtension(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: extensionRulingRequest }) body: Of<typeof extensionRulingRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const { reason, on } = body;
    const intent: FindingIntent = body.granted
      ? { type: 'GrantExtension', data: { legId: leg, until: body.until, reason } }
      : { type: 'RefuseExtension', data: { legId: leg, reason } };
    return this.desk.send(id, intent, writing, { on, rests: true });
  }

  /** Granted until a day, on the strength of a document or fact, or refused with a reason. */
  @Put(':id/legs/:legId/pause/ruling')
  @Access({ roles: ['office', 'office-head', 'leader'], note: 'rule on a pause 批暂停' })
  ruleOnPause(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: pauseRulingRequest }) body: Of<typeof pauseRulingRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const intent: FindingIntent = body.granted
      ? { type: 'GrantPause', data: { legId: leg, until: body.until, text: body.text } }
      : { type: 'RefusePause', data: { legId: leg, reason: body.reason } };
    return this.desk.send(id, intent, writing, { on: body.on, rests: true });
  }

  @Put(':id/stages/:stage')
  @Access({ roles: ['office', 'office-head'], note: 'pass a stage 阶段通过' })
  passStage(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('stage', { schema: stageNumber }) stage: number,
    @Body({ schema: stageRequest }) { on, text }: Of<typeof stageRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'PassStage', data: { stage, text } }, writing, { on, rests: true });
  }

  @Put(':id/verification')
  @Access({ roles: ['inspector', 'team-head', 'office', 'office-head', 'independent-verifier'], note: 'verify 核查' })
  verify(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: verifyRequest }) { on, ...data }: Of<typeof verifyRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'VerifyFinding', data: data }, writing, { on, rests: true });
  }

  @Put(':id/clearance')
  @Access({ roles: ['office', 'office-head', 'independent-verifier', 'leader'], note: 'clear 销号' })
  clear(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: clearRequest }) { on, ...data }: Of<typeof clearRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'ClearFinding', data: data }, writing, { on, rests: true });
  }

  @Put(':id/clearance/revocation')
  @Access({ roles: ['office-head', 'leader'], note: 'revoke a clearance 撤销销号' })
  revoke(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: revokeRequest }) { on, ...data }: Of<typeof revokeRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RevokeClearance', data: data }, writing, { on, rests: true });
  }

  @Put(':id/stages')
  @Access({ roles: ['office', 'office-head'], note: 'reschedule stages 调整阶段' })
  reschedule(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: stagesRequest }) { on, ...data }: Of<typeof stagesRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RescheduleStages', data: data }, writing, { on });
  }
}
