import type { Ack } from '@app/event-store';
import { Clock, localDateOf } from '@app/kernel';
import { HandleSupervisionRule, SupervisionQueries, type SupervisionRule } from '@app/supervision';
import { Body, Controller, Get, Inject, Param, Put, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Body as Of } from '../findings/finding.requests';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import { retireRequest, ruleIdParam, ruleRequest } from './supervision.requests';

export type SupervisionRules = Readonly<{
  inForce: readonly SupervisionRule[];
  versions: readonly (SupervisionRule & Readonly<{ reason: string }>)[];
}>;
export type SupervisionRuleWritten = Readonly<{ revision: string; position: string; changed: boolean }>;

/** When units are proposed for the list: dated, versioned, set by administrators. */
@ApiTags('supervision 挂牌督办')
@Controller()
@UseInterceptors(ReadYourWritesInterceptor)
export class SupervisionRulesController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SupervisionQueries) private readonly queries: SupervisionQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('supervision-rules')
  @Access({ note: 'rules of supervision 挂牌规则' })
  async rules(): Promise<SupervisionRules> {
    const today = localDateOf(this.clock.now());
    return { inForce: await this.queries.rulesInForce(today), versions: await this.queries.rules() };
  }

  @Put('admin/supervision-rules/:ruleId')
  @Access({ roles: ['admin'], note: 'set a rule of supervision 设定挂牌规则' })
  async set(
    @Param('ruleId', { schema: ruleIdParam }) ruleId: string,
    @Body({ schema: ruleRequest }) { from, reason, ...content }: Of<typeof ruleRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionRuleWritten> {
    const intent = { type: 'SetSupervisionRule', data: { ruleId, content, from, reason } } as const;
    return this.answer(writing, await this.bus.execute(new HandleSupervisionRule(intent, writing.by, writing.commandId, writing.seen())));
  }

  @Put('admin/supervision-rules/:ruleId/retirement')
  @Access({ roles: ['admin'], note: 'retire a rule of supervision 停用挂牌规则' })
  async retire(
    @Param('ruleId', { schema: ruleIdParam }) ruleId: string,
    @Body({ schema: retireRequest }) data: Of<typeof retireRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionRuleWritten> {
    const intent = { type: 'RetireSupervisionRule', data: { ruleId, ...data } } as const;
    return this.answer(writing, await this.bus.execute(new HandleSupervisionRule(intent, writing.by, writing.commandId, writing.seen())));
  }

  private answer(writing: Writing, { revision, position, changed }: Ack): SupervisionRuleWritten {
    writing.tag(revision);
    return { revision: String(revision), position: String(position), changed };
  }
}
