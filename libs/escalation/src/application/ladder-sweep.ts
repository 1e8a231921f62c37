import { CalendarService } from '@app/calendar';
import { Clock, idFrom, localDateOf, SYSTEM, type CommandId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { latestDueOn } from '../domain/ladder-rules';
import { LadderQueries, type ReachedRung } from '../read-models/ladder.queries';
import { HandleLadder } from './handle-ladder';

const PAGE = 500;
const AT_A_TIME = 4;

/**
 * Proposes what the ladders have reached by now. It looks only at those that have: days are counted back from today by the calendar,
 * so that nothing is kept that a newly loaded year would make wrong. It may be repeated, broken off or late.
 */
@Injectable()
export class LadderSweep {
  constructor(
    @Inject(LadderQueries) private readonly ladders: LadderQueries,
    @Inject(CalendarService) private readonly calendar: CalendarService,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Returns how many rungs were proposed; none while nobody can say what day it is. The next rung of the same ladder is for the next sweep. */
  async sweep(signal?: AbortSignal): Promise<number> {
    if (!this.clock.isSure()) return 0;
    const today = localDateOf(this.clock.now());
    const calendar = this.calendar.calendar();
    let proposed = 0;
    for (const days of await this.ladders.nextDays()) {
      const until = latestDueOn(today, days, calendar);
      let after: ReachedRung | null = null;
      for (;;) {
        const page: readonly ReachedRung[] = await this.ladders.reached(days, until, after, PAGE);
        for (let n = 0; n < page.length && signal?.aborted !== true; n += AT_A_TIME) {
          const done = await Promise.all(page.slice(n, n + AT_A_TIME).map((reached) => this.propose(reached)));
          proposed += done.filter(Boolean).length;
        }
        after = page.at(-1) ?? null;
        if (after === null || page.length < PAGE || signal?.aborted === true) break;
      }
    }
    return proposed;
  }

  /** The revision tells a proposal after a lapse from the one before it. */
  private async propose({ findingId, legId, unitId, dueAt, rung, revision }: ReachedRung): Promise<boolean> {
    const commandId = idFrom('rung', findingId, legId, unitId, dueAt, rung, revision) as CommandId;
    const intent = { type: 'ProposeRung', data: { rung, dueAt } } as const;
    return (await this.bus.execute(new HandleLadder(findingId, legId, intent, { commandId, by: SYSTEM }))).changed;
  }
}
