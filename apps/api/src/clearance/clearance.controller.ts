import { ClearanceQueries, OverviewTexts, type Basis, type Board, type FigureEntry, type FigurePage } from '@app/findings';
import { localDateOf, type Actor, type Instant, type ListId, type LocalDate, type UnitId } from '@app/kernel';
import { ListQueries, type ListSummary } from '@app/lists';
import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { notFound } from '../platform/problem';
import { PEOPLE, ReaderContext, type Reading } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { categoryName } from '../reading/reading.answers';
import { orBadCursor } from '../reading/reading-problems';
import { pathOf } from '../reading/reading.requests';
import { Access, CurrentActor } from '../security/access';
import { CarryOversBeside, type CarryOversOfRow } from './carry-overs-beside';
import { behindQuery, boardQuery, officeQuery } from './clearance.requests';
import { toldAnswer, type OverviewTold } from './overview.answers';
import { sightOf } from './sight';

/** What a number consists of, each told as far as the reader may read it. */
export type FigureList = Omit<FigurePage, 'rows'> &
  Readonly<{
    /** Of the row of the board; the county and sources have none. */ name: string | null;
    rows: readonly (FigureEntry & Readonly<{ told: OverviewTold | null }>)[];
  }>;

/** 历史结转 stands beside the rates of each row and is in none (R29). */
export type BoardAnswer = Board & Readonly<{ carryOvers: readonly CarryOversOfRow[] }>;

/** More lists than anybody keeps on one board. */
const MOST_LISTS = 5_000;

const whenOf = (asked: Readonly<{ asOf?: LocalDate | undefined; from?: LocalDate | undefined; basis?: Basis }>, now: Instant) => ({
  asOf: asked.asOf ?? localDateOf(now),
  from: asked.from ?? null,
  basis: asked.basis ?? 'recorded',
});

const titleOf = ({ number, title }: ListSummary): string => [number, title].filter(Boolean).join(' ');

@ApiTags('clearance 清零')
@Controller('clearance')
@UseInterceptors(ReadYourWritesInterceptor)
export class ClearanceController {
  constructor(
    @Inject(ClearanceQueries) private readonly clearance: ClearanceQueries,
    @Inject(OverviewTexts) private readonly texts: OverviewTexts,
    @Inject(ListQueries) private readonly lists: ListQueries,
    @Inject(CarryOversBeside) private readonly carryOvers: CarryOversBeside,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** Counts and rates with numerator and denominator, as of any day and for a period, as recorded or by business date. Units see their own subtree, leaders their towns. */
  @Get('board')
  @Access({ roles: PEOPLE, note: 'board 清零看板: own units, leaders their towns, the office all' })
  async board(@Query({ schema: boardQuery }) asked: z.output<typeof boardQuery>, @CurrentActor() actor: Actor): Promise<BoardAnswer> {
    const reading = await this.context.of(actor);
    const { scope, view, now } = reading;
    const board = await this.clearance.board(asked.scope, whenOf(asked, now), {
      subtree: asked.subtree,
      ...sightOf(scope),
      under: pathOf(asked.under, view) ?? null,
    });
    const carryOvers = await this.carryOvers.board(board, asked.subtree, reading);
    return { ...(await this.named(board, reading)), carryOvers };
  }

  /** Units bring their names along; categories and lists have theirs elsewhere. */
  private async named(board: Board, { scope, view, now }: Reading): Promise<Board> {
    if (board.rows.length === 0 || (board.scope !== 'category' && board.scope !== 'list')) return board;
    const lists = board.scope === 'list' ? await this.lists.lists(scope, now, MOST_LISTS) : [];
    const titles = new Map<string, string>(lists.map((list) => [list.listId, titleOf(list)]));
    const name = (id: string): string | null => (board.scope === 'category' ? categoryName(view, id) : (titles.get(id) ?? null));
    return { ...board, rows: board.rows.map((row) => ({ ...row, name: name(row.id) })) as Board['rows'] };
  }

  /** The list behind a number of the board; `total` equals the number. */
  @Get('list')
  @Access({ roles: PEOPLE, note: 'list behind a number 数字背后的清单: as the board' })
  async list(@Query({ schema: behindQuery }) asked: z.output<typeof behindQuery>, @CurrentActor() actor: Actor): Promise<FigureList> {
    const reading = await this.context.of(actor);
    const { scope, view, now } = reading;
    const { subtree, limit, cursor } = asked;
    const options = { subtree, ...sightOf(scope), after: cursor ?? null, limit };
    const page = await orBadCursor(this.clearance.list(asked.scope, asked.id, asked.figure, whenOf(asked, now), options));
    if (page === null) throw notFound();
    const told = await this.texts.findings(
      scope,
      page.rows.map((row) => row.findingId),
    );
    const rows = page.rows.map((row) => ({ ...row, told: toldAnswer(told.get(row.findingId), view) }));
    return { ...page, name: await this.nameOf(asked, reading), rows };
  }

  private async nameOf({ scope: of, id }: z.output<typeof behindQuery>, { scope, view, now }: Reading): Promise<string | null> {
    if (of === 'town' || of === 'department') return view.unit(id as UnitId)?.name ?? null;
    if (of === 'category') return categoryName(view, id);
    const list = of === 'list' ? await this.lists.list(id as ListId, scope, now) : null;
    return list === null ? null : titleOf(list);
  }

  /** The office's own clocks: triage, review, verification, with what is overdue. */
  @Get('office')
  @Access({ roles: ['office', 'office-head', 'leader', 'auditor'], note: 'the office’s own time 督查办时效' })
  async office(@Query({ schema: officeQuery }) asked: z.output<typeof officeQuery>, @CurrentActor() actor: Actor) {
    const { now } = await this.context.of(actor);
    return this.clearance.office(whenOf(asked, now));
  }
}
