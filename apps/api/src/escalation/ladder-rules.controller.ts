import { HandleLadderRule, LadderQueries, type LadderRule, type LadderRuleCommand } from '@app/escalation';
import { Clock, localDateOf } from '@app/kernel';
import { Body, Controller, Get, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import type { LadderWritten } from './escalation-desk';
import { endLadderRuleRequest, ladderRuleId, ladderRuleRequest, positionQuery, type Body as Of } from './escalation.requests';

export type LadderRules = Readonly<{ versions: readonly (LadderRule & Readonly<{ reason: string }>)[] }>;

/** The dated rules of the ladder: which step, after how many working days, addressed to whom. */
@ApiTags('escalation 督办')
@Controller()
@UseInterceptors(ReadYourWritesInterceptor)
export class LadderRulesController {
  constructor(
    private readonly bus: CommandBus,
    private readonly ladders: LadderQueries,
    private readonly clock: Clock,
  ) {}

  @Get('escalation/rules')
  @Access({ note: 'rules of the ladder 督办阶梯规则' })
  async rules(@Query({ schema: positionQuery }) _: Of<typeof positionQuery>): Promise<LadderRules> {
    return { versions: await this.ladders.rules() };
  }

  /** Holds from tomorrow at the earliest: what was missed keeps its ladder. */
  @Put('admin/ladder-rules/:ruleId')
  @Access({ roles: ['admin'], note: 'set a rule of the ladder 设定督办规则' })
  set(
    @Param('ruleId', { schema: ladderRuleId }) ruleId: string,
    @Body({ schema: ladderRuleRequest }) { scope, ...data }: Of<typeof ladderRuleRequest>,
    @InWriting() writing: Writing,
  ): Promise<LadderWritten> {
    const { source, seriousness } = scope;
    const narrowed = { ...(source === undefined ? {} : { source }), ...(seriousness === undefined ? {} : { seriousness }) };
    return this.change({ type: 'SetLadderRule', data: { ruleId, scope: narrowed, ...data }, ...this.act(writing) }, writing);
  }

  @Put('admin/ladder-rules/:ruleId/end')
  @Access({ roles: ['admin'], note: 'end a rule of the ladder 停用督办规则' })
  end(
    @Param('ruleId', { schema: ladderRuleId }) ruleId: string,
    @Body({ schema: endLadderRuleRequest }) data: Of<typeof endLadderRuleRequest>,
    @InWriting() writing: Writing,
  ): Promise<LadderWritten> {
    return this.change({ type: 'EndLadderRule', data: { ruleId, ...data }, ...this.act(writing) }, writing);
  }

  private async change(command: LadderRuleCommand, writing: Writing): Promise<LadderWritten> {
    const { revision, position, changed } = await this.bus.execute(new HandleLadderRule(command, writing.commandId, writing.seen()));
    writing.tag(revision);
    return { revision: String(revision), position: String(position), changed };
  }

  private act({ by }: Writing): Pick<LadderRuleCommand, 'by' | 'at' | 'on'> {
    const at = this.clock.now();
    return { by, at, on: localDateOf(at) };
  }
}
