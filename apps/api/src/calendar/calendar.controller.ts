import {
  CalendarQueries,
  CalendarService,
  HandleCalendarYear,
  HandleDeadlineRule,
  type DeadlineRuleCommand,
  type LoadedEdition,
  type SetDeadlineRule,
} from '@app/calendar';
import type { Ack } from '@app/event-store';
import { Clock, localDateOf } from '@app/kernel';
import type { CalendarYear, DeadlineRule } from '@app/worktime';
import { Body, Controller, Get, Param, Put, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Body as Of } from '../findings/finding.requests';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import { retireRequest, ruleIdParam, ruleRequest, yearParam, yearRequest } from './calendar.requests';

type Answer = Readonly<{ revision: string; position: string; changed: boolean }>;

/** Working calendar and deadline rules: dated, versioned, set by administrators. */
@ApiTags('calendar 日历与期限规则')
@Controller()
@UseInterceptors(ReadYourWritesInterceptor)
export class CalendarController {
  constructor(
    private readonly bus: CommandBus,
    private readonly calendar: CalendarService,
    private readonly queries: CalendarQueries,
    private readonly clock: Clock,
  ) {}

  /** Every year known; `provisional` ones are computed until the notice is out (R42). */
  @Get('calendar')
  @Access({ note: 'working calendar 工作日历' })
  async years(): Promise<Readonly<{ years: readonly CalendarYear[]; editions: readonly LoadedEdition[] }>> {
    return { years: this.calendar.years(), editions: await this.queries.editions() };
  }

  /** Open deadlines that the year touches move by events of their findings. */
  @Put('admin/calendar/:year')
  @Access({ roles: ['admin'], note: 'load a year 载入年度日历' })
  async load(
    @Param('year', { schema: yearParam }) year: number,
    @Body({ schema: yearRequest }) data: Of<typeof yearRequest>,
    @InWriting() writing: Writing,
  ): Promise<Answer> {
    const command = { type: 'LoadCalendarYear', data: { year, ...data }, ...this.act(writing) } as const;
    return this.answer(writing, await this.bus.execute(new HandleCalendarYear(command, writing.commandId, writing.seen())));
  }

  @Get('rules')
  @Access({ note: 'deadline rules 期限规则' })
  async rules(): Promise<Readonly<{ inForce: readonly DeadlineRule[]; versions: Awaited<ReturnType<CalendarQueries['ruleVersions']>> }>> {
    return { inForce: this.calendar.rules().rules, versions: await this.queries.ruleVersions() };
  }

  @Put('admin/rules/:ruleId')
  @Access({ roles: ['admin'], note: 'set a deadline rule 设定期限规则' })
  set(
    @Param('ruleId', { schema: ruleIdParam }) ruleId: string,
    @Body({ schema: ruleRequest }) { scope, ...data }: Of<typeof ruleRequest>,
    @InWriting() writing: Writing,
  ): Promise<Answer> {
    const narrowed = Object.fromEntries(Object.entries(scope).filter(([, part]) => part !== undefined)) as SetDeadlineRule['data']['scope'];
    return this.change({ type: 'SetDeadlineRule', data: { ruleId, scope: narrowed, ...data }, ...this.act(writing) }, writing);
  }

  @Put('admin/rules/:ruleId/retirement')
  @Access({ roles: ['admin'], note: 'retire a deadline rule 停用期限规则' })
  retire(
    @Param('ruleId', { schema: ruleIdParam }) ruleId: string,
    @Body({ schema: retireRequest }) data: Of<typeof retireRequest>,
    @InWriting() writing: Writing,
  ): Promise<Answer> {
    return this.change({ type: 'RetireDeadlineRule', data: { ruleId, ...data }, ...this.act(writing) }, writing);
  }

  private async change(command: DeadlineRuleCommand, writing: Writing): Promise<Answer> {
    return this.answer(writing, await this.bus.execute(new HandleDeadlineRule(command, writing.commandId, writing.seen())));
  }

  private act({ by }: Writing): Pick<DeadlineRuleCommand, 'by' | 'at' | 'on'> {
    const at = this.clock.now();
    return { by, at, on: localDateOf(at) };
  }

  private answer(writing: Writing, { revision, position, changed }: Ack): Answer {
    writing.tag(revision);
    return { revision: String(revision), position: String(position), changed };
  }
}
