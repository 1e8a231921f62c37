import { CalendarService } from '@app/calendar';
import {
  ComparisonQueries,
  MOST_POINTS,
  OverviewQueries,
  OverviewTexts,
  TrendQueries,
  type Comparison,
  type ComparisonChange,
  type Trend,
} from '@app/findings';
import { addDays, localDateOf, type Actor } from '@app/kernel';
import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { notFound, ProblemError } from '../platform/problem';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { orBadCursor } from '../reading/reading-problems';
import { Access, CurrentActor } from '../security/access';
import { CarryOversBeside } from './carry-overs-beside';
import { comparisonQuery, overviewQuery, trendQuery } from './clearance.requests';
import { overviewAnswer, toldAnswer, type Overview, type OverviewTold } from './overview.answers';
import { sightOf } from './sight';

export type ComparisonRow = ComparisonChange & Readonly<{ told: OverviewTold | null }>;
export type ComparisonPage = Omit<Comparison, 'rows'> & Readonly<{ rows: readonly ComparisonRow[] }>;

/** 历史结转 stands beside the figures and is in none (R29). */
export type OverviewAnswer = Overview & Readonly<{ carryOvers: number }>;

/** So far back when nobody says. */
const DAYS_BACK = { day: 29, week: 7 * 25 } as const;
const DAYS_IN = { day: 1, week: 7 } as const;

/** Longer than any file of this work is kept. */
const YEARS_KEPT = 30;
const DAYS_KEPT = YEARS_KEPT * 366;

@ApiTags('clearance 清零')
@Controller('clearance')
@UseInterceptors(ReadYourWritesInterceptor)
export class LeadersPagesController {
  constructor(
    @Inject(OverviewQueries) private readonly overviews: OverviewQueries,
    @Inject(OverviewTexts) private readonly texts: OverviewTexts,
    @Inject(TrendQueries) private readonly trends: TrendQueries,
    @Inject(ComparisonQueries) private readonly comparisons: ComparisonQueries,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(CarryOversBeside) private readonly carryOvers: CarryOversBeside,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** The first screen as of a day: what remains and where it stands, the week, what comes, the pace, and who is to be called. */
  @Get('overview')
  @Access({ roles: PEOPLE, note: 'overview 总览: over what the reader sees' })
  async overview(
    @Query({ schema: overviewQuery }) { asOf }: z.output<typeof overviewQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<OverviewAnswer> {
    const reading = await this.context.of(actor);
    const { scope, view, now } = reading;
    const [today, calendar] = [localDateOf(now), this.calendars.calendar()];
    // Working days are counted one by one: a day of another millennium would take the process with it.
    if (asOf !== undefined && (asOf > today || asOf < addDays(today, -DAYS_KEPT))) {
      throw new ProblemError(400, 'day-out-of-range', {
        zh: `总览只能看今天和以前的日子，最远 ${YEARS_KEPT} 年。`,
        en: `The overview shows today and days gone by, at most ${YEARS_KEPT} years back.`,
      });
    }
    const figures = await this.overviews.overview(asOf ?? today, sightOf(scope), calendar);
    const { serious, relapses, untouched, upper } = figures;
    const ids = [...serious.rows, ...relapses.rows, ...untouched, ...upper.rows].map((row) => row.findingId);
    const told = await this.texts.findings(scope, ids);
    const readable = upper.rows.flatMap(({ findingId }) => (told.has(findingId) ? [findingId] : []));
    const [legs, uppers] = [await this.texts.legs(untouched), await this.texts.uppers(readable)];
    const carryOvers = await this.carryOvers.county(figures.asOf, figures.partial, reading);
    return { ...overviewAnswer(figures, { told, legs, uppers, view, calendar, today }), carryOvers };
  }

  /** Open, cleared, the rate and overdue at the ends of days or weeks, the last of them `to`; as the board says of each. */
  @Get('trend')
  @Access({ roles: PEOPLE, note: 'trend 走势: as the board' })
  async trend(@Query({ schema: trendQuery }) asked: z.output<typeof trendQuery>, @CurrentActor() actor: Actor): Promise<Trend> {
    const { scope, now } = await this.context.of(actor);
    const { step } = asked;
    const to = asked.to ?? localDateOf(now);
    const from = asked.from ?? addDays(to, -DAYS_BACK[step]);
    if (from > to) throw new ProblemError(400, 'period-reversed', { zh: 'from 不应晚于 to。', en: 'from must not be later than to.' });
    if (addDays(to, -DAYS_IN[step] * MOST_POINTS) >= from) {
      throw new ProblemError(400, 'too-many-points', {
        zh: `走势最多 ${MOST_POINTS} 个点，请缩短时段或按周查看。`,
        en: `A trend has at most ${MOST_POINTS} points: ask for a shorter span, or by weeks.`,
      });
    }
    const trend = await this.trends.trend({ ...asked, from, to }, sightOf(scope));
    if (trend === null) throw notFound();
    return trend;
  }

  /** A number at the ends of two days, and what moved it between them. */
  @Get('comparison')
  @Access({ roles: PEOPLE, note: 'comparison 两日对比: as the board' })
  async comparison(
    @Query({ schema: comparisonQuery }) asked: z.output<typeof comparisonQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<ComparisonPage> {
    const { scope, view, now } = await this.context.of(actor);
    const to = asked.to ?? localDateOf(now);
    if (asked.from > to)
      throw new ProblemError(400, 'period-reversed', { zh: 'from 不应晚于 to。', en: 'from must not be later than to.' });
    const wanted = { ...asked, to, after: asked.cursor ?? null };
    const found = await orBadCursor(this.comparisons.compare(wanted, sightOf(scope)));
    if (found === null) throw notFound();
    const told = await this.texts.findings(
      scope,
      found.rows.map((row) => row.findingId),
    );
    return { ...found, rows: found.rows.map((row) => ({ ...row, told: toldAnswer(told.get(row.findingId), view) })) };
  }
}
