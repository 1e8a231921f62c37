import {
  CalendarQueries,
  CalendarService,
  HandleCalendarYear,
  HandleDeadlineRule,
  missingYears,
  type DeadlineRuleCommand,
  type CalendarYearCommand,
  type LoadedEdition,
  type ProposedEdition,
  type SetDeadlineRule,
} from '@app/calendar';
import type { Ack } from '@app/event-store';
import { Clock, localDateOf, type PersonId } from '@app/kernel';
import { Directory } from '@app/organisation';
import type { CalendarYear, DeadlineRule } from '@app/worktime';
import { Body, Controller, Get, Param, Put, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Body as Of } from '../findings/finding.requests';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import { declineRequest, retireRequest, ruleIdParam, ruleRequest, yearParam, yearRequest } from './calendar.requests';

type CalendarShown = Readonly<{
  years: readonly CalendarYear[];
  editions: readonly LoadedEdition[];
  proposals: readonly ProposedEdition[];
  missing: readonly number[];
  /** Names of those who proposed and loaded, by id. */
  people: Readonly<Record<string, string>>;
}>;
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
    private readonly directory: Directory,
  ) {}

  /**
   * Every year known; `provisional` ones are computed until the notice is out (R42). `missing` are those that should have been loaded by
   * now, `proposals` wait for a second person.
   */
  @Get('calendar')
  @Access({ note: 'working calendar 工作日历' })
  async years(): Promise<CalendarShown> {
    const years = this.calendar.years();
    const [editions, proposals] = [await this.queries.editions(), await this.queries.proposals()];
    const missing = missingYears(years, localDateOf(this.clock.now()));
    const ids = [
      ...editions.flatMap(({ loadedBy, proposedBy }) => [loadedBy, proposedBy]),
      ...proposals.map(({ proposedBy }) => proposedBy),
    ];
    return { years, editions, proposals, missing, people: await this.namesOf(ids) };
  }

  /** Holds when a second person has confirmed it; at once, and marked so, where nobody else could. */
  @Put('admin/calendar/:year')
  @Access({ roles: ['admin'], note: 'propose a year 提交年度日历' })
  async load(
    @Param('year', { schema: yearParam }) year: number,
    @Body({ schema: yearRequest }) data: Of<typeof yearRequest>,
    @InWriting() writing: Writing,
  ): Promise<Answer> {
    const alone = !(await this.mayAnotherConfirm(writing.by.personId));
    return this.changeYear({ type: 'ProposeCalendarYear', data: { year, ...data, alone }, ...this.act(writing) }, writing);
  }

  /** Open deadlines that the year touches move by events of their findings. */
  @Put('admin/calendar/:year/confirmation')
  @Access({ roles: ['admin', 'office-head'], note: 'confirm a year 确认年度日历' })
  confirm(@Param('year', { schema: yearParam }) year: number, @InWriting() writing: Writing): Promise<Answer> {
    return this.changeYear({ type: 'ConfirmCalendarYear', data: { year }, ...this.act(writing) }, writing);
  }

  @Put('admin/calendar/:year/refusal')
  @Access({ roles: ['admin', 'office-head'], note: 'decline a year 退回年度日历' })
  decline(
    @Param('year', { schema: yearParam }) year: number,
    @Body({ schema: declineRequest }) { reason }: Of<typeof declineRequest>,
    @InWriting() writing: Writing,
  ): Promise<Answer> {
    return this.changeYear({ type: 'DeclineCalendarYear', data: { year, reason }, ...this.act(writing) }, writing);
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

  private async namesOf(ids: readonly (string | null)[]): Promise<Readonly<Record<string, string>>> {
    const view = await this.directory.view();
    const known = ids.flatMap((id) => (id === null ? [] : [[id, view.person(id as PersonId)?.name ?? id] as const]));
    return Object.fromEntries(known);
  }

  /** Somebody else fills a post today by which a year may be confirmed. */
  private async mayAnotherConfirm(person: PersonId): Promise<boolean> {
    const view = await this.directory.view();
    const today = localDateOf(this.clock.now());
    const posts = view.allPosts().filter(({ roles }) => roles.includes('admin') || roles.includes('office-head'));
    return posts.some(({ id }) => view.holdersOf(id, today).some((holder) => holder !== person));
  }

  private async changeYear(command: CalendarYearCommand, writing: Writing): Promise<Answer> {
    return this.answer(writing, await this.bus.execute(new HandleCalendarYear(command, writing.commandId, writing.seen())));
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
