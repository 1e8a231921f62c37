import { FindingQueries, OPEN_STAGES, type ShownRow } from '@app/findings';
import type { InspectionId, InspectionPlan } from '@app/inspections';
import { addDays, idFrom, localDate, type LocalDate, type PersonId, type UnitId } from '@app/kernel';
import type { Scenario } from '../kit/scenario';
import { department } from './departments';
import { leg, T } from './life';
import { personOf, team, TEAMS } from './organisation';
import type { Town } from './places';
import type { SpecialCases } from './specials';
import { file, type Stage } from './stories';
import { examinedInJune } from './supervision';

const VILLAGES_OF_A_TASK = 3;
/** The unit whose people the demo's accounts are: its villages come first. */
const SHOWN_TOWN = 'town-liyuan';

const inspectionId = (key: string): InspectionId => idFrom('pingdu', 'inspection', key) as InspectionId;
const membersOf = (n: number): readonly PersonId[] => ['head', 'a', 'b', 'c'].map((post) => personOf(`${team(n)}.${post}`));
const planOf = (n: number, villages: readonly UnitId[], from: LocalDate, to: LocalDate): InspectionPlan => ({
  teamId: team(n),
  members: membersOf(n),
  villages,
  from,
  to,
  source: { kind: 'inspection', name: '脱贫攻坚收官战督查', batch: '2020年7月', documentNumber: null },
  manner: 'unannounced',
  note: '不发通知、不打招呼，直接进村入户',
});

/** R10, R11: put down with the filing by an inspector in the village, taken over by the head of the team. */
export const witnessedOnTheSpot = (stage: Stage, make: SpecialCases): void => {
  const one = make.of('home', 'liyuan');
  const [head, a, b] = [`${team(one.team)}.head`, `${team(one.team)}.a`, `${team(one.team)}.b`];
  const life = file(stage, one, localDate('2020-06-10'), {
    onTheSpot: {
      rectifyingUnitId: one.village.id,
      personPresent: '村委会值班人员',
      inspectors: [personOf(a), personOf(b)],
      text: '当场清理完毕',
    },
  });
  life.evidence('11:10', a, 'after');
  life.accept('11:30', { rectification: 'immediate' }, head);
  life.transfer('11:40', [leg(T, one.town.id, { leads: true })], { copies: [department('civil')] }, head);
  stage.timeline.settleAt(life.day, '11:40');
  life.later(1).pass('10:00', T).verify('14:30', 'office.two', 'documents').clear('16:00');
};

/** Tasks of June: one that was prolonged and ran out, one that was ended before its time. */
export const inspectionsOfJune = (stage: Stage<Scenario>, towns: readonly Town[]): void => {
  const { scenario, timeline } = stage;
  const villages = (key: string): readonly UnitId[] =>
    (towns.find((town) => town.key === key)?.villages ?? []).slice(0, VILLAGES_OF_A_TASK).map(({ id }) => id);
  const [first, last] = [localDate('2020-06-08'), localDate('2020-06-12')];
  const [long, short] = [inspectionId('june-1'), inspectionId('june-2')];
  const by = (post: string) => scenario.actor(personOf(post));
  timeline.at(localDate('2020-06-05'), '16:00', 'inspections', async () => {
    await scenario.inspection(long, { type: 'PlanInspection', data: planOf(1, villages('liyuan'), first, last) }, by('team-1.head'));
    await scenario.inspection(short, { type: 'PlanInspection', data: planOf(2, villages('jiudian'), first, last) }, by('office.one'));
  });
  timeline.at(localDate('2020-06-11'), '16:00', 'inspections', async () => {
    const data = planOf(1, villages('liyuan'), first, addDays(last, 3));
    await scenario.inspection(long, { type: 'ChangeInspection', data }, by('team-1.head'));
    await scenario.inspection(short, { type: 'EndInspection', data: { reason: '提前完成' } }, by('team-2.head'));
  });
  examinedInJune(stage, { id: short, villages: villages('jiudian'), by: 'team-2.head', day: '2020-06-11' });
  examinedInJune(stage, { id: long, villages: villages('liyuan'), by: 'team-1.head', day: '2020-06-15' });
};

/** The villages where most waits for a team: to be verified first, then the most open findings. */
const busiest = (rows: readonly ShownRow[]): readonly UnitId[] => {
  const byVillage = new Map<string, { open: number; toVerify: number; shown: number }>();
  for (const { village_id: village, stage, town_id: town } of rows) {
    if (village === null) continue;
    const known = byVillage.get(village) ?? { open: 0, toVerify: 0, shown: town === SHOWN_TOWN ? 1 : 0 };
    byVillage.set(village, { ...known, open: known.open + 1, toVerify: known.toVerify + (stage === 'to-verify' ? 1 : 0) });
  }
  return [...byVillage]
    .sort(([a, x], [b, y]) => y.shown - x.shown || y.toVerify - x.toVerify || y.open - x.open || (a < b ? -1 : 1))
    .slice(0, VILLAGES_OF_A_TASK)
    .map(([village]) => village as UnitId);
};

/** Every team is out from the last day of the scenario on, where open findings wait for it. */
export const inspectionsOfToday = async (scenario: Scenario): Promise<void> => {
  const queries = scenario.get<FindingQueries>(FindingQueries);
  for (const n of TEAMS) {
    const filter = { teamId: team(n), stage: OPEN_STAGES };
    const { rows } = await queries.page({ all: true }, { filter, order: 'number', descending: false, limit: 1000, cursor: null });
    const villages = busiest(rows);
    if (villages.length === 0) continue;
    const data = planOf(n, villages, scenario.today, addDays(scenario.today, 14));
    const head = scenario.actor(personOf(`${team(n)}.head`));
    await scenario.inspection(inspectionId(`july-${String(n)}`), { type: 'PlanInspection', data }, head);
  }
};
