import { LadderQueries, LadderSweep, type LadderIntent, type Rung, type RungRow } from '@app/escalation';
import { localDate, type PersonId } from '@app/kernel';
import type { Scenario } from '../kit/scenario';
import { personOf } from './organisation';
import type { Stage } from './stories';

/** Mornings on which the office goes through what the ladder proposes; what is proposed after the last of them waits for it. */
const MORNINGS = ['2020-06-15', '2020-06-29', '2020-07-06', '2020-07-13'] as const;
const EVERYTHING = { all: true, issuedOf: [], everythingOf: [] } as const;
/** Of one rung in one morning. */
const MOST = 4;

/** Who decides on a rung; what stands beside the urging is for the head of the office. */
const decider = (rung: Rung): PersonId => personOf(rung === 'urging' ? 'office.one' : 'office.head');

const decisionOn = ({ rung, dueAt }: RungRow, n: number): LadderIntent =>
  n === MOST - 1
    ? { type: 'DeclineRung', data: { rung, dueAt, reason: '已约定本周内报完成，暂不发出。' } }
    : { type: 'IssueRung', data: { rung, dueAt } };

/** What the ladder has reached by now, as the worker would propose it. */
const propose = async (scenario: Scenario): Promise<void> => {
  await scenario.settle();
  while ((await scenario.get<LadderSweep>(LadderSweep).sweep()) > 0) await scenario.settle();
};

const decide = async (scenario: Scenario, rung: Rung): Promise<void> => {
  const proposed = await scenario.get<LadderQueries>(LadderQueries).page(EVERYTHING, { state: 'proposed', rung }, null, MOST);
  const by = scenario.actor(decider(rung));
  for (const [n, row] of proposed.entries()) {
    if (by.ownUnits.includes(row.unitId)) continue;
    await scenario.ladder(row.findingId, row.legId, decisionOn(row, n), by);
  }
};

/** 督办阶梯: some urgings and letters went out, one in four was not thought necessary, and some wait for somebody to decide. */
export const theLadder = ({ scenario, timeline }: Stage<Scenario>): void => {
  for (const day of MORNINGS) {
    timeline.first(localDate(day), '08:40', async () => {
      await propose(scenario);
      await decide(scenario, 'urging');
      await decide(scenario, 'supervision-letter');
      await scenario.settle();
    });
  }
};
