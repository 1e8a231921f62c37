import { FindingQueries, LegQueries } from '@app/findings';
import { idFrom, localDate, type FindingId, type LegId, type UnitId } from '@app/kernel';
import type { LegGiven, NoticeId, NoticeIntent, NoticeRequest } from '@app/notices';
import type { Scenario } from '../kit/scenario';
import { personOf, team, teamOf } from './organisation';
import type { Town } from './places';
import type { Stage } from './stories';

/** The unit whose people the demo's accounts are. */
const TOWN = 'town-liyuan' as UnitId;
const MOST = 4;
const noticeId = (key: string): NoticeId => idFrom('pingdu', 'notice', key) as NoticeId;

/** Legs that the town is at work on, of what a team found or of everything. */
const legsOf = async (scenario: Scenario, teamId: UnitId | null): Promise<readonly LegGiven[]> => {
  await scenario.settle();
  const all = { all: true } as const;
  const filter = { unitPath: scenario.directory.pathOf(TOWN), duty: 'acts', stage: ['delivered', 'working'] } as const;
  const { legs } = await scenario.get<LegQueries>(LegQueries).page(all, { filter, limit: 200, cursor: null });
  const found = await scenario
    .get<FindingQueries>(FindingQueries)
    .page(all, { filter: teamId === null ? {} : { teamId }, order: 'filed', descending: true, limit: 500, cursor: null });
  const ofTeam = new Set(found.rows.map((row) => row.finding_id));
  return legs
    .filter(({ finding_id }) => teamId === null || ofTeam.has(finding_id))
    .slice(0, MOST)
    .map(({ finding_id, leg_id }) => ({ findingId: finding_id as FindingId, legId: leg_id as LegId, requirement: null }));
};

const request = (kind: NoticeRequest['kind'], legs: readonly LegGiven[], over: Partial<NoticeRequest> = {}): NoticeRequest => ({
  kind,
  unitId: TOWN,
  legs,
  text: null,
  inspectors: [],
  inspectedFrom: null,
  inspectedTo: null,
  feedbackBy: null,
  feedback: null,
  recheck: null,
  signer: personOf('office.head'),
  copies: [],
  photos: [],
  corrects: null,
  follows: null,
  ...over,
});

/** What went out on paper: the 交办单 of the first day, a team's 限期整改通知单 with its answer, and the correction of it. */
export const noticesToATown = ({ scenario, timeline }: Stage<Scenario>, towns: readonly Town[]): void => {
  const town = towns.find(({ id }) => id === TOWN);
  if (town === undefined) throw new Error(`${TOWN} is no town of the scenario`);
  const n = teamOf(towns, town);
  const tell = (day: string, time: string, key: string, by: string, intent: () => Promise<NoticeIntent>): void =>
    timeline.first(localDate(day), time, async () => scenario.notice(noticeId(key), await intent(), scenario.actor(personOf(by))));
  const signed = async (): Promise<NoticeIntent> => Promise.resolve({ type: 'SignForNotice' });

  tell('2020-04-21', '16:30', 'list', 'office.one', async () => ({
    type: 'IssueNotice',
    data: request('assignment', await legsOf(scenario, null), { text: '请于收到后两日内确定责任人，并报督查办。' }),
  }));
  tell('2020-04-22', '09:10', 'list', `${TOWN}.clerk`, signed);

  const inspectors = ['a', 'b'].map((post) => personOf(`${team(n)}.${post}`));
  tell('2020-06-11', '15:20', 'team', `${team(n)}.head`, async () => ({
    type: 'IssueNotice',
    data: request('rectification-notice', await legsOf(scenario, team(n)), { inspectors, signer: personOf(`${team(n)}.head`) }),
  }));
  tell('2020-06-11', '16:40', 'team', `${TOWN}.clerk`, signed);
  tell('2020-06-12', '10:30', 'correction', 'office.head', async () => ({
    type: 'IssueNotice',
    data: request('correction-notice', [], {
      text: '“复查安排”更正为：整改期限届满后五个工作日内，由督查办会同检查组复查。',
      corrects: await scenario.noticeNamed(noticeId('team')),
    }),
  }));
  tell('2020-06-19', '11:00', 'team', `${TOWN}.second`, async () =>
    Promise.resolve({
      type: 'ReplyToNotice',
      data: { text: '已逐项明确责任人和完成时限，正在整改，完成后随佐证材料一并报送。', evidence: [] },
    }),
  );
};
