import { CalendarService } from '@app/calendar';
import { DeadlineQueries, FindingQueries } from '@app/findings';
import type { DueTime } from '@app/worktime';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Body as Of } from '../findings/finding.requests';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { Access } from '../security/access';
import { yearParam, yearRequest } from './calendar.requests';

type Moved = Readonly<{ findingId: string; number: string; key: string; movedAt: string; from: DueTime | null; to: DueTime }>;
type WouldMove = Readonly<{ findingId: string; number: string; key: string; from: DueTime; to: DueTime }>;
type Preview = Readonly<{ moved: number; confirmed: number; first: readonly WouldMove[] }>;

const SHOWN = 200;

/** What loading a year's calendar did to deadlines that were provisional, or would do (R42). */
@ApiTags('calendar 日历与期限规则')
@Controller('admin/calendar/:year')
export class MovedDeadlinesController {
  constructor(
    private readonly deadlines: DeadlineQueries,
    private readonly findings: FindingQueries,
    private readonly calendar: CalendarService,
  ) {}

  /** Newest first; a deadline that kept its time and is only no longer provisional stands here too. */
  @Get('moved-deadlines')
  @Access({ roles: ['admin', 'office', 'office-head'], note: 'deadlines a calendar moved 因日历变动的期限' })
  async moved(@Param('year', { schema: yearParam }) year: number): Promise<Readonly<{ deadlines: readonly Moved[] }>> {
    const rows = await this.deadlines.moved({ year });
    return { deadlines: rows.map(({ findingId, number, key, movedAt, from, to }) => ({ findingId, number, key, movedAt, from, to })) };
  }

  /** Changes nothing. */
  @Post('previews')
  @HttpCode(200)
  @WithoutIdempotencyKey()
  @Access({ roles: ['admin', 'office', 'office-head'], note: 'preview a year 预览年度日历的影响' })
  async preview(
    @Param('year', { schema: yearParam }) year: number,
    @Body({ schema: yearRequest }) { holidays, swappedWorkdays }: Of<typeof yearRequest>,
  ): Promise<Preview> {
    const edition = { year, version: 'preview', source: 'published', holidays, swappedWorkdays } as const;
    const { moved, confirmed, first } = await this.deadlines.preview(year, this.calendar.calendarWith(edition), SHOWN);
    // Of a finding nothing but its number, as of those that were moved.
    const known = await this.findings.among({ all: true }, [...new Set(first.map(({ row }) => row.findingId))]);
    const named = first.map(({ row: { findingId, key, due }, to }): WouldMove => {
      return { findingId, number: known.get(findingId)?.number ?? '', key, from: due, to };
    });
    return { moved, confirmed, first: named };
  }
}
