import type { CalendarService } from '@app/calendar';
import { instant } from '@app/kernel';
import { VirtualClock } from '@app/testing';
import { calendarFrom } from '@app/worktime';
import type { CommandBus } from '@nestjs/cqrs';
import type { LadderQueries, ReachedRung } from '../read-models/ladder.queries';
import { DUE, OF, TOWN } from '../testing/ladder-builders';
import type { HandleLadder } from './handle-ladder';
import { LadderSweep } from './ladder-sweep';

class DoubtfulClock extends VirtualClock {
  sure = true;
  override isSure(): boolean {
    return this.sure;
  }
}

const overdue: ReachedRung = {
  findingId: OF.findingId,
  legId: OF.legId,
  unitId: TOWN,
  dueAt: DUE,
  dueOn: '2020-07-06' as ReachedRung['dueOn'],
  rung: 'urging',
  revision: '0',
};

describe('The sweep of the ladder', () => {
  it('proposes nothing while nobody can say what day it is, and what was reached as soon as somebody can', async () => {
    const clock = new DoubtfulClock();
    clock.set(instant('2020-07-07T01:00:00Z'));
    const sent: HandleLadder['intent'][] = [];
    const ladders = { nextDays: async () => [1], reached: async () => [overdue] };
    const bus = {
      execute: async ({ intent }: HandleLadder) => {
        sent.push(intent);
        return { changed: true };
      },
    };
    const calendar = { calendar: () => calendarFrom([]) };
    const sweep = new LadderSweep(
      ladders as unknown as LadderQueries,
      calendar as unknown as CalendarService,
      bus as unknown as CommandBus,
      clock,
    );
    clock.sure = false;
    expect(await sweep.sweep()).toBe(0);
    expect(sent).toStrictEqual([]);
    clock.sure = true;
    expect(await sweep.sweep()).toBe(1);
    expect(sent).toStrictEqual([{ type: 'ProposeRung', data: { rung: 'urging', dueAt: DUE } }]);
  });
});
