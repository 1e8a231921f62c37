import { FindingDetailQueries, InboxQueries, LegQueries } from '@app/findings';
import type { Actor } from '@app/kernel';
import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Access, CurrentActor } from '../security/access';
import { PEOPLE, ReaderContext } from './reader-context';
import { ReadYourWritesInterceptor } from './read-your-writes.interceptor';
import { actAnswer, inboxAnswer, legAnswer } from './reading.answers';
import { orBadCursor } from './reading-problems';
import { actsQuery, inboxQuery, legsQuery, pathOf } from './reading.requests';

@ApiTags('reading 查阅')
@Controller()
@UseInterceptors(ReadYourWritesInterceptor)
export class WorkReadingController {
  constructor(
    @Inject(InboxQueries) private readonly inboxes: InboxQueries,
    @Inject(LegQueries) private readonly legs: LegQueries,
    @Inject(FindingDetailQueries) private readonly details: FindingDetailQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** What waits for the post acted from, or for its whole unit, by due time. */
  @Get('inbox')
  @Access({ roles: PEOPLE, note: 'inbox 待办: of the own post or unit' })
  async inbox(@Query({ schema: inboxQuery }) asked: z.output<typeof inboxQuery>, @CurrentActor() actor: Actor) {
    const { scope, view, daysLeft } = await this.context.of(actor);
    const leaderPaths = scope.all ? [] : scope.leaderPaths;
    const { work, overdue, limit, cursor } = asked;
    const page = await orBadCursor(this.inboxes.page({ actor, whole: asked.of, leaderPaths }, { work, overdue, limit, cursor }));
    return {
      entries: page.entries.map((entry) => inboxAnswer(entry, view, daysLeft)),
      next: page.next,
      total: page.total,
      exact: page.exact,
      overdue: page.overdue,
    };
  }

  /** Legs of findings one may see: what a number in a row of a town or a department opens (R31). */
  @Get('legs')
  @Access({ roles: PEOPLE, note: 'legs 条线列表: of findings one may see' })
  async legList(@Query({ schema: legsQuery }) asked: z.output<typeof legsQuery>, @CurrentActor() actor: Actor) {
    const { scope, view, daysLeft } = await this.context.of(actor);
    const { line, duty, stage, category, overdue, limit, cursor } = asked;
    const filter = { unitPath: pathOf(asked.unit, view), line, duty, stage, category, overdue, listId: asked.list };
    const page = await orBadCursor(this.legs.page(scope, { filter, limit, cursor }));
    return { legs: page.legs.map((leg) => legAnswer(leg, view, daysLeft)), next: page.next, total: page.total, exact: page.exact };
  }

  /** What the reader, or their unit, did: kept also where the finding itself is no longer theirs to see. */
  @Get('acts/mine')
  @Access({ roles: PEOPLE, note: 'own acts 我的办理: of the person or the unit' })
  async acts(@Query({ schema: actsQuery }) { of, before, limit }: z.output<typeof actsQuery>, @CurrentActor() actor: Actor) {
    const { view } = await this.context.of(actor);
    const unitIds = view.allUnits().flatMap((unit) => (view.currentOf(unit.id) === actor.unitId ? [unit.id] : []));
    const whose = of === 'person' ? { personId: actor.personId } : { unitIds };
    const acts = await this.details.acts(whose, before ?? null, limit);
    const last = acts.at(-1);
    return { acts: acts.map((act) => actAnswer(act, view)), next: acts.length === limit && last !== undefined ? last.position : null };
  }
}
