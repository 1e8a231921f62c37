import { seededRandom, stampOf, SYSTEM } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  unit,
  AT,
  leader,
  clerk,
  stranger,
  order,
  addMs,
  proposed,
  listing,
  put,
  DUE_1,
  DUE_2,
  asked,
  missed,
  listed,
  reporting,
  reported,
  reach,
  PLAN,
} from '../testing/cast';
import { supervisionDecider } from './supervision.decider';
import type { SupervisionCommand } from './supervision.commands';
import type { SupervisionEvent } from './supervision.events';
import type { SupervisionPlan } from './supervision.types';

const given = specFor(supervisionDecider);

describe('A report', () => {
  it('is given by the unit itself, once for a period', () => {
    given(...listed)
      .when(reporting(clerk))
      .then(reported(1, true));
    given(...listed, reported(1, true))
      .when(reporting(clerk))
      .thenRejects('supervision-report-given');
    given(...listed)
      .when(reporting(stranger))
      .thenRejects('supervision-not-yours');
    given(...listed)
      .when(reporting(clerk, AT, 2))
      .thenRejects('supervision-period-unknown');
    given(proposed()).when(reporting(clerk)).thenRejects('supervision-not-listed');
  });
  it('is given by who took over the unit', () => {
    const old = { ...clerk, unitId: unit('old-town') };
    expect(supervisionDecider.decide(reporting(old), listed.reduce(supervisionDecider.evolve, supervisionDecider.initial)).length).toBe(1);
  });
  it('not given by its time is missed, and the next is asked for; before its time nothing happens', () => {
    given(...listed)
      .when(reach(addMs(DUE_1, -1)))
      .thenNothing();
    given(...listed)
      .when(reach(DUE_1))
      .then(missed(1, DUE_1, DUE_1), asked(2, DUE_2, SYSTEM, DUE_1));
    given(...listed, reported(1, true))
      .when(reach(DUE_1))
      .then(asked(2, DUE_2, SYSTEM, DUE_1));
    given(proposed()).when(reach(DUE_1)).thenNothing();
    given(...listed)
      .when(order('ReachReports', {}, clerk, DUE_1))
      .thenRejects('supervision-not-yours');
  });
  it('given late before the clock was knocked at stands beside the missed one', () => {
    const late = addMs(DUE_1, 1);
    given(...listed)
      .when(reporting(clerk, late))
      .then(
        { ...missed(1, DUE_1, late), data: { ...missed(1, DUE_1, late).data, by: stampOf(clerk) } } as SupervisionEvent,
        asked(2, DUE_2, clerk, late),
        reported(1, false, late),
      );
  });
  it('is counted in natural days to a working day', () => {
    const plan: SupervisionPlan = { ...PLAN, cadence: { every: 5, unit: 'natural' } };
    given(proposed())
      .when(listing(leader, { cadence: plan.cadence }))
      .then(put(leader, plan), asked(1, DUE_1, leader, AT));
  });

  it('is asked for and missed exactly once for each period, whatever the clock does', () => {
    const seed = Date.now() % 2 ** 31;
    const random = seededRandom(seed);
    for (let run = 0; run < 60; run += 1) {
      const cadence = { every: 1 + random.below(9), unit: random.chance(0.5) ? ('working' as const) : ('natural' as const) };
      const plan = { ...PLAN, cadence };
      const log: SupervisionEvent[] = [proposed()];
      const send = (command: SupervisionCommand): void => {
        log.push(...supervisionDecider.decide(command, log.reduce(supervisionDecider.evolve, supervisionDecider.initial)));
      };
      send(listing(leader, plan));
      let at = AT;
      for (let step = 0; step < 30; step += 1) {
        const jumps = [-3_600_000, 30 * 86_400_000, 60_000, 86_400_000, 0, 3 * 86_400_000];
        at = addMs(at, random.pick(jumps));
        for (let again = random.below(3); again >= 0; again -= 1) send(reach(at));
        if (random.chance(0.2)) {
          const periods = log.flatMap((event) => (event.type === 'SupervisionReportAsked' ? [event.data.period] : []));
          const given = new Set(log.flatMap((event) => (event.type === 'SupervisionReportGiven' ? [event.data.period] : [])));
          const last = periods.at(-1) ?? 0;
          if (!given.has(last)) send(reporting(clerk, at));
        }
      }
      const times = (type: SupervisionEvent['type']): readonly number[] =>
        log.flatMap((event) => (event.type === type && 'period' in event.data ? [event.data.period] : []));
      const periods = times('SupervisionReportAsked');
      expect({ seed, run, periods }).toStrictEqual({ seed, run, periods: periods.map((_, i) => i + 1) });
      const onTime = new Set(
        log.flatMap((event) => (event.type === 'SupervisionReportGiven' && event.data.onTime ? [event.data.period] : [])),
      );
      // Every period but the one that still runs was either given in time or is missed, once.
      const owed = periods.slice(0, -1).filter((period) => !onTime.has(period));
      const once = times('SupervisionReportMissed');
      expect({ seed, run, missed: once }).toStrictEqual({ seed, run, missed: owed });
      const early = log.filter((event) => event.type === 'SupervisionReportMissed' && event.data.at < event.data.dueAt);
      expect({ seed, run, early }).toStrictEqual({ seed, run, early: [] });
    }
  });
});
