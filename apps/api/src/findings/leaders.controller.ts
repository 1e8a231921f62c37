import type { FindingId } from '@app/kernel';
import { Body, Controller, Post, Put, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import {
  findingId,
  instructionRequest,
  replyRequest,
  stageNumber,
  upperAnswerRequest,
  upperClearanceRequest,
  type Body as Of,
} from './finding.requests';

/** 批示, and what the upper level answers (R23). */
@ApiTags('leaders 批示与上级')
@Controller('findings')
export class LeadersController {
  constructor(private readonly desk: FindingDesk) {}

  @Post(':id/instructions')
  @Access({ roles: ['leader'], note: 'instruction 批示' })
  instruct(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: instructionRequest }) { on, ...data }: Of<typeof instructionRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'GiveInstruction', data: data }, writing, { on });
  }

  @Put(':id/instructions/:seq/reply')
  @Access({ roles: ['clerk', 'deputy', 'head', 'office', 'office-head'], note: 'reply to an instruction 批示回复' })
  reply(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('seq', { schema: stageNumber }) seq: number,
    @Body({ schema: replyRequest }) { on, text }: Of<typeof replyRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'ReplyToInstruction', data: { seq, text } }, writing, { on });
  }

  @Post(':id/upper-answers')
  @Access({ roles: ['office', 'office-head'], note: 'upper level answers 上级答复' })
  upperAnswer(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: upperAnswerRequest }) { on, ...data }: Of<typeof upperAnswerRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RecordUpperAnswer', data: data }, writing, { on });
  }

  @Put(':id/upper-clearance')
  @Access({ roles: ['office', 'office-head'], note: 'upper clearance 上级销号' })
  upperClearance(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: upperClearanceRequest }) { on, ...data }: Of<typeof upperClearanceRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RecordUpperClearance', data: data }, writing, { on });
  }
}
