import { FindingNumbers, type LegPlan } from '@app/findings';
import { idFrom, type Actor, type CommandId, type FindingId } from '@app/kernel';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ProblemError } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { Access, CurrentActor } from '../security/access';
import { FindingAccess } from './finding-access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import {
  acceptRequest,
  dismissRequest,
  findingId,
  jointRulingRequest,
  linkRequest,
  splitRequest,
  transferRequest,
  type Body as Of,
} from './finding.requests';
import { Proposals } from './proposals';

const OFFICE = ['office', 'office-head'] as const;

/** 研判、交办、并案: the managing office's desk. */
@ApiTags('office 督查办')
@Controller('findings')
export class OfficeController {
  constructor(
    private readonly desk: FindingDesk,
    private readonly access: FindingAccess,
    private readonly proposals: Proposals,
    private readonly numbers: FindingNumbers,
  ) {}

  @Put(':id/acceptance')
  @Access({ roles: [...OFFICE, 'team-head'], note: 'triage: accept 研判成立' })
  accept(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: acceptRequest }) { on, ...data }: Of<typeof acceptRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'AcceptFinding', data }, writing, { on });
  }

  @Put(':id/dismissal')
  @Access({ roles: OFFICE, note: 'triage: dismiss 查否' })
  dismiss(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: dismissRequest }) { on, ...data }: Of<typeof dismissRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'DismissFinding', data }, writing, { on });
  }

  @Put(':id/link')
  @Access({ roles: OFFICE, note: 'link 并案' })
  async link(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: linkRequest }) { on, ...data }: Of<typeof linkRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    if (data.to === id)
      throw new ProblemError(422, 'link-to-itself', { zh: '不能与自己并案。', en: 'A finding cannot be linked to itself.' });
    // Unknown and forbidden give the same answer here too.
    if (!(await this.access.knows(data.to, writing.by))) {
      throw new ProblemError(422, 'link-target-unknown', { zh: '没有要并入的问题。', en: 'There is no such finding to link to.' });
    }
    return this.desk.send(id, { type: 'LinkFinding', data }, writing, { on });
  }

  /** What the category's rule proposes for this finding today. */
  @Get(':id/proposal')
  @Access({ roles: [...OFFICE, 'team-head'], note: 'proposed legs 建议条线' })
  async proposal(
    @Param('id', { schema: findingId }) id: FindingId,
    @CurrentActor() by: Actor,
  ): Promise<Readonly<{ legs: readonly LegPlan[]; ruleVersion: string | null; single: string | null }>> {
    await this.access.mustKnow(id, by);
    const { legs, ruleVersion, single } = await this.proposals.of(id);
    return { legs, ruleVersion, single };
  }

  /** 一案双转. Without legs the proposal is taken as it is. */
  @Put(':id/transfer')
  @Access({ roles: [...OFFICE, 'team-head'], note: 'transfer 交办' })
  async transfer(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: transferRequest }) { on, ...body }: Of<typeof transferRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const intent = await this.proposals.transfer(id, body);
    return this.desk.send(id, intent, writing, { on });
  }

  /** Over several towns: one child per town (R6). */
  @Put(':id/split')
  @Access({ roles: OFFICE, note: 'split over towns 跨镇街拆分' })
  async split(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: splitRequest }) { on, towns }: Of<typeof splitRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const children = [];
    for (const [i, townId] of towns.entries()) {
      const childId = idFrom(writing.commandId, 'child', i) as FindingId;
      const number = await this.numbers.take(idFrom(writing.commandId, 'child-number', i) as CommandId, childId);
      children.push({ findingId: childId, townId, number });
    }
    return this.desk.send(id, { type: 'SplitFinding', data: { children } }, writing, { on });
  }

  /** Town and department dispute: a joint ruling with its participants (R22). */
  @Put(':id/joint-ruling')
  @Access({ roles: OFFICE, note: 'joint ruling 会商裁定' })
  jointRuling(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: jointRulingRequest }) { on, ...data }: Of<typeof jointRulingRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RecordJointRuling', data }, writing, { on, rests: true });
  }
}
