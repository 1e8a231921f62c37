import { LadderQueries, type LadderClockRow, type Rung } from '@app/escalation';
import type { Actor, FindingId, LegId } from '@app/kernel';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findingId, legId } from '../findings/finding.requests';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { EscalationDesk, type LadderWritten, type RungsWritten } from './escalation-desk';
import { decidable, ladderShown, rungShown, type LadderShown, type RungShown } from './escalation.answers';
import {
  answerRequest,
  declineRequest,
  interviewRequest,
  issueRequest,
  positionQuery,
  rungParam,
  rungsQuery,
  togetherRequest,
  type Body as Of,
} from './escalation.requests';

const DECIDERS = ['office', 'office-head', 'leader'] as const;
const UNIT = ['clerk', 'deputy', 'head'] as const;
const MOST_OF_ONE_FINDING = 500;

/** `next` goes into `after`. */
export type RungPage = Readonly<{ rungs: readonly RungShown[]; next: string | null }>;
export type LadderOfFinding = Readonly<{
  /** One for each due time that was missed, oldest first; what comes next is for those who see proposals. */
  ladders: readonly LadderShown[];
  /** Newest first. */
  rungs: readonly RungShown[];
}>;

/** 督办阶梯: what is proposed when a leg is overdue, and what named persons made of it. */
@ApiTags('escalation 督办')
@Controller()
@UseInterceptors(ReadYourWritesInterceptor)
export class EscalationController {
  constructor(
    private readonly desk: EscalationDesk,
    private readonly ladders: LadderQueries,
  ) {}

  /** Newest first. */
  @Get('escalation/rungs')
  @Access({ roles: PEOPLE, note: 'rungs 督办一览: units what was issued to them, leaders their towns, the office all' })
  async rungs(
    @Query({ schema: rungsQuery }) { mine, after, limit, position: _, ...filter }: Of<typeof rungsQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<RungPage> {
    const { sight, ...reading } = await this.desk.reading(actor);
    const wanted = mine === true ? { ...filter, state: 'proposed' as const, rungs: decidable(actor) } : filter;
    const rows = await this.ladders.page(sight, wanted, after ?? null, limit);
    const rungs = rows.map((row) => rungShown(row, reading));
    return {
      rungs: mine === true ? rungs.filter(({ may }) => may.decide) : rungs,
      next: rows.length < limit ? null : (rows.at(-1)?.position ?? null),
    };
  }

  /** What has happened, what comes next and when, and by which rule. */
  @Get('findings/:id/ladder')
  @Access({ roles: PEOPLE, note: 'ladder of a finding 督办阶梯' })
  async ofFinding(
    @Param('id', { schema: findingId }) id: FindingId,
    @Query({ schema: positionQuery }) _: Of<typeof positionQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<LadderOfFinding> {
    await this.desk.mustKnow(id, actor);
    const { sight, ...reading } = await this.desk.reading(actor);
    const rows = await this.ladders.page(sight, { findingId: id }, null, MOST_OF_ONE_FINDING);
    const all = ({ unitId, townId }: LadderClockRow): boolean =>
      sight.all || sight.everythingOf.includes(unitId) || sight.everythingOf.includes(townId);
    const clocks = (await this.ladders.clocksOf(id)).filter((clock) => all(clock) || sight.issuedOf.includes(clock.unitId));
    const ladders = clocks.map((clock) => {
      const shown = ladderShown(clock, rows, reading);
      return all(clock) ? shown : { ...shown, next: null };
    });
    return { ladders, rungs: rows.map((row) => rungShown(row, reading)) };
  }

  /** Several proposals of one unit at once, as one notice; refused ones stay as they are. */
  @Post('escalation/rungs/issue')
  @HttpCode(200)
  @Access({ roles: DECIDERS, note: 'issue several rungs of one unit as one notice 合并发出督办' })
  issueTogether(
    @Body({ schema: togetherRequest }) { on, ...wanted }: Of<typeof togetherRequest>,
    @InWriting() writing: Writing,
  ): Promise<RungsWritten> {
    return this.desk.sendTogether(wanted, writing, on);
  }

  @Put('findings/:id/legs/:legId/rungs/:rung/issue')
  @Access({ roles: DECIDERS, note: 'issue a rung 发出督办' })
  issue(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Param('rung', { schema: rungParam }) rung: Rung,
    @Body({ schema: issueRequest }) { on, ...data }: Of<typeof issueRequest>,
    @InWriting() writing: Writing,
  ): Promise<LadderWritten> {
    return this.desk.send(id, leg, { type: 'IssueRung', data: { ...data, rung } }, writing, on);
  }

  @Put('findings/:id/legs/:legId/rungs/:rung/decline')
  @Access({ roles: DECIDERS, note: 'decline a rung 不予督办' })
  decline(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Param('rung', { schema: rungParam }) rung: Rung,
    @Body({ schema: declineRequest }) { on, ...data }: Of<typeof declineRequest>,
    @InWriting() writing: Writing,
  ): Promise<LadderWritten> {
    return this.desk.send(id, leg, { type: 'DeclineRung', data: { ...data, rung } }, writing, on);
  }

  @Put('findings/:id/legs/:legId/rungs/:rung/answer')
  @Access({ roles: UNIT, note: 'answer a rung 回复督办' })
  answer(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Param('rung', { schema: rungParam }) rung: Rung,
    @Body({ schema: answerRequest }) { on, ...data }: Of<typeof answerRequest>,
    @InWriting() writing: Writing,
  ): Promise<LadderWritten> {
    return this.desk.send(id, leg, { type: 'AnswerRung', data: { ...data, rung } }, writing, on);
  }

  @Put('findings/:id/legs/:legId/interview')
  @Access({ roles: DECIDERS, note: 'record an interview 约谈记录' })
  record(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: interviewRequest }) { on, ...data }: Of<typeof interviewRequest>,
    @InWriting() writing: Writing,
  ): Promise<LadderWritten> {
    return this.desk.send(id, leg, { type: 'RecordInterview', data }, writing, on);
  }
}
