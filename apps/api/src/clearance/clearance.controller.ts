import { ClearanceQueries, type Basis, type Board, type FigurePage } from '@app/findings';
import { localDateOf, type Actor, type Instant, type LocalDate } from '@app/kernel';
import { ListQueries } from '@app/lists';
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
import { behindQuery, boardQuery, officeQuery } from './clearance.requests';
import { sightOf } from './sight';

/** More lists than anybody keeps on one board. */
const MOST_LISTS = 5_000;

const whenOf = (asked: Readonly<{ asOf?: LocalDate | undefined; from?: LocalDate | undefined; basis?: Basis }>, now: Instant) => ({
  asOf: asked.asOf ?? localDateOf(now),
  from: asked.from ?? null,
  basis: asked.basis ?? 'recorded',
});

@ApiTags('clearance 清零')
@Controller('clearance')
@UseInterceptors(ReadYourWritesInterceptor)
export class ClearanceController {
  constructor(
    @Inject(ClearanceQueries) private readonly clearance: ClearanceQueries,
    @Inject(ListQueries) private readonly lists: ListQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** Counts and rates with numerator and denominator, as of any day and for a period, as recorded or by business date. Units see their own subtree, leaders their towns. */
  @Get('board')
  @Access({ roles: PEOPLE, note: 'board 清零看板: own units, leaders their towns, the office all' })
  async board(@Query({ schema: boardQuery }) asked: z.output<typeof boardQuery>, @CurrentActor() actor: Actor): Promise<Board> {
    const reading = await this.context.of(actor);
    const { scope, view, now } = reading;
    const board = await this.clearance.board(asked.scope, whenOf(asked, now), {
      subtree: asked.subtree,
      ...sightOf(scope),
      under: pathOf(asked.under, view) ?? null,
    });
    return this.named(board, reading);
  }

  /** Units bring their names along; categories and lists have theirs elsewhere. */
  private async named(board: Board, { scope, view, now }: Reading): Promise<Board> {
    if (board.rows.length === 0 || (board.scope !== 'category' && board.scope !== 'list')) return board;
    const lists = board.scope === 'list' ? await this.lists.lists(scope, now, MOST_LISTS) : [];
    const titles = new Map<string, string>(lists.map((list) => [list.listId, [list.number, list.title].filter(Boolean).join(' ')]));
    const name = (id: string): string | null => (board.scope === 'category' ? categoryName(view, id) : (titles.get(id) ?? null));
    return { ...board, rows: board.rows.map((row) => ({ ...row, name: name(row.id) })) as Board['rows'] };
  }

  /** The list behind a number of the board; `total` equals the number. */
  @Get('list')
  @Access({ roles: PEOPLE, note: 'list behind a number 数字背后的清单: as the board' })
  async list(@Query({ schema: behindQuery }) asked: z.output<typeof behindQuery>, @CurrentActor() actor: Actor): Promise<FigurePage> {
    const { scope, now } = await this.context.of(actor);
    const { subtree, limit, cursor } = asked;
    const options = { subtree, ...sightOf(scope), after: cursor ?? null, limit };
    const page = await orBadCursor(this.clearance.list(asked.scope, asked.id, asked.figure, whenOf(asked, now), options));
    if (page === null) throw notFound();
    return page;
  }

  /** The office's own clocks: triage, review, verification, with what is overdue. */
  @Get('office')
  @Access({ roles: ['office', 'office-head', 'leader', 'auditor'], note: 'the office’s own time 督查办时效' })
  async office(@Query({ schema: officeQuery }) asked: z.output<typeof officeQuery>, @CurrentActor() actor: Actor) {
    const { now } = await this.context.of(actor);
    return this.clearance.office(whenOf(asked, now));
  }
}
