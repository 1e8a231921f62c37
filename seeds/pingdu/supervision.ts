import type { ExaminationTold, InspectionId } from '@app/inspections';
import { localDate, type UnitId } from '@app/kernel';
import { ReportClocks, supervisionIdOf, type SupervisionSubject } from '@app/supervision';
import type { Scenario } from '../kit/scenario';
import { COUNTY } from './departments';
import { leaders, personOf } from './organisation';
import type { Town } from './places';
import type { Stage } from './stories';

/** The unit whose people the demo's accounts are: it tells its own checks. */
const SHOWN = 'liyuan';
const LISTED = 'jiudian';
const HOUSEHOLDS = [46, 38, 52];

/** What the teams examined on a task of June, village by village. */
export const examinedInJune = (
  { scenario, timeline }: Stage<Scenario>,
  task: Readonly<{ id: InspectionId; villages: readonly UnitId[]; by: string; day: string }>,
): void => {
  timeline.at(localDate(task.day), '17:00', 'inspections', async () => {
    for (const [n, unitId] of task.villages.entries()) {
      const told = { unitId, reason: null, of: { inspectionId: task.id } };
      const by = scenario.actor(personOf(task.by));
      await scenario.examined({ ...told, kind: 'household', count: HOUSEHOLDS[n] ?? 40 }, by);
      await scenario.examined({ ...told, kind: 'village', count: 1 }, by);
    }
  });
};

/** 挂牌督办 of one town: proposed by the office, decided by its leader, its first report given and its second one missed. */
export const supervisionOfATown = ({ scenario, timeline }: Stage<Scenario>, towns: readonly Town[]): void => {
  const [shown, listed] = [SHOWN, LISTED].map((key) => towns.find((town) => town.key === key));
  const charge = leaders(towns).find((one) => one.towns.some(({ key }) => key === LISTED));
  if (shown === undefined || listed === undefined || charge === undefined) throw new Error('the towns of this story are not there');
  const leaderId = personOf(`${COUNTY}.leader${String(charge.n)}`);
  const subject: SupervisionSubject = { kind: 'unit', unitId: listed.id };
  const id = supervisionIdOf(subject);
  const act = (post: string) => scenario.actor(personOf(post));

  timeline.at(localDate('2020-06-19'), '16:30', 'examined', async () => {
    const days = { from: localDate('2020-06-15'), to: localDate('2020-06-19') };
    const told: ExaminationTold = { unitId: shown.id, kind: 'household', count: 60, reason: null, of: days };
    await scenario.examined(told, act(`${shown.id}.clerk`));
  });
  timeline.first(localDate('2020-06-29'), '09:10', () => {
    const reason = '住房安全问题多发，整改进度缓慢，建议挂牌督办。';
    const data = { subject, origin: { kind: 'person' }, reason, grounds: null, quietDays: 0 } as const;
    return scenario.supervision(id, { type: 'ProposeListing', data }, act('office.head'));
  });
  timeline.first(localDate('2020-06-30'), '09:10', () => {
    const plan = {
      reason: '同意挂牌督办。',
      leaderId,
      rectifierId: personOf(`${listed.id}.head`),
      measures: '党政主要负责人包村，逐户过筛，每周调度一次。',
      funds: '从镇级整改资金中列支。',
      emergencyPlan: '汛期前完成危房人员转移安置。',
      deadline: localDate('2020-08-31'),
      cadence: { every: 5, unit: 'working' },
      criteria: [{ kind: 'open-at-most', n: 3 }, { kind: 'no-overdue' }, { kind: 'no-relapse-for', days: 30 }],
    } as const;
    return scenario.supervision(id, { type: 'PutOnList', data: plan }, scenario.actor(leaderId));
  });
  timeline.first(localDate('2020-07-06'), '09:10', () => {
    const data = { period: null, text: '已逐户过筛，危房户全部落实责任人，完成三户改造。' };
    return scenario.supervision(id, { type: 'GiveReport', data }, act(`${listed.id}.clerk`));
  });
  for (const day of ['2020-07-08', '2020-07-15']) {
    timeline.first(localDate(day), '09:10', async () => {
      await scenario.catchUp();
      await scenario.get<ReportClocks>(ReportClocks).knock();
    });
  }
};
