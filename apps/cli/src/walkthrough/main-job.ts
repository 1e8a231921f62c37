import sharp from 'sharp';
import { off, type Person } from './client';

export type Cast = Readonly<
  Record<
    | 'inspector'
    | 'office'
    | 'reviewer'
    | 'verifier'
    | 'officeHead'
    | 'leader'
    | 'town'
    | 'townSecond'
    | 'townDeputy'
    | 'dept'
    | 'deptSecond'
    | 'deptDeputy'
    | 'stranger',
    Person
  >
>;
export type Say = (who: Person | null, text: string) => void;
export type Instance = Readonly<{ today: string }>;

type Written = Readonly<{ findingId: string; position: string; changed: boolean; number?: string }>;
type Leg = Readonly<{ legId: string; unit?: Readonly<{ name: string }>; stage: string; due?: Readonly<{ day: string }> | null }>;
type Detail = Readonly<{
  number: string;
  stage: string;
  status: string;
  legs: readonly Leg[];
  mine: readonly Readonly<{ work: string }>[];
}>;
type Rate = Readonly<{ numerator: number; denominator: number; percent: string | null; of: Readonly<{ numerator: string }> }>;
type Board = Readonly<{
  rows: readonly Readonly<{
    id: string;
    name: string | null;
    figures: Readonly<Record<string, number>>;
    rates: Readonly<Record<string, Rate>>;
  }>[];
}>;

const TOWN = 'town-liyuan';

const look = async (who: Person, id: string): Promise<Readonly<{ seen: string | null; body: Detail }>> => {
  const { body, etag } = await who.get<Detail>(`/findings/${id}`);
  return { seen: etag, body };
};
const expectStage = (found: string, wanted: string): void => {
  if (found !== wanted) throw off(`应为 ${wanted}，实为 ${found}`, `expected ${wanted}, found ${found}`);
};
const shown = ({ numerator, denominator, percent }: Rate): string =>
  `${String(numerator)}/${String(denominator)}${percent === null ? '' : ` = ${percent}%`}`;

export type Reading = Readonly<{ passing: Rate; text: string; county: Rate }>;
/** What the leader and the office read before and after. */
export const readBoards = async ({ leader, officeHead }: Cast): Promise<Reading> => {
  const towns = await leader.get<Board>('/clearance/board?scope=town');
  const mine =
    towns.body.rows.find((row) => row.id === TOWN) ??
    (() => {
      throw off('包镇领导看不到李园街道', 'the leader does not see the town');
    })();
  const county = (await officeHead.get<Board>('/clearance/board?scope=county')).body.rows[0]?.rates['clearance'];
  const passing = mine.rates['passing'];
  if (county === undefined || passing === undefined) throw off('看板没有比率', 'the board has no rates');
  return { passing, text: `${mine.name ?? TOWN} 整改通过率 ${shown(passing)}`, county };
};
/** R31–R33: the number on the board opens a list of just that length. */
export const openTheNumber = async ({ leader }: Cast, { numerator, of }: Rate): Promise<number> => {
  const { body } = await leader.get<Readonly<{ total: number }>>(`/clearance/list?scope=town&id=${TOWN}&figure=${of.numerator}&limit=5`);
  if (body.total !== numerator) {
    throw off(
      `数字 ${String(numerator)} 打开的清单有 ${String(body.total)} 行`,
      `a number of ${String(numerator)} opens a list of ${String(body.total)}`,
    );
  }
  return body.total;
};

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 200, channels: 3, background: '#3a7a4e' } })
    .png()
    .toBuffer();

const workOn = async (id: string, leg: string, clerk: Person, second: Person, deputy: Person, say: Say, today: string): Promise<void> => {
  const at = `/findings/${id}/legs/${leg}`;
  await clerk.put(`${at}/receipt`, {});
  await clerk.put(`${at}/plan`, { measures: '维修加固，逐户验收', responsible: '分管负责人', targetOn: today });
  say(clerk, '签收，填写整改方案');
  const proof = await clerk.upload<Written & Readonly<{ evidenceId: string }>>(
    `/findings/${id}/evidence`,
    { phase: 'after', legId: leg },
    await picture(),
    '整改后.png',
  );
  await clerk.put(`${at}/report`, {
    text: '已完成加固',
    measures: '维修加固',
    effect: '通过验收，住户满意',
    completedOn: today,
    evidence: [proof.body.evidenceId],
  });
  say(clerk, '上传整改后照片，报告完成');
  await second.put(`${at}/first-review`, { passed: true });
  say(second, '初审通过（谁报谁不审）');
  await deputy.put(`${at}/signature`, {});
  say(deputy, '审签，报督查办复核');
};

/** From the inspector's find to the clearance, each step by whoever's it is. Answers with the finding's id. */
export const clearOneFinding = async (cast: Cast, say: Say, today: string): Promise<string> => {
  const { inspector, office, reviewer, verifier, officeHead, town, townSecond, townDeputy, dept, deptSecond, deptDeputy, stranger } = cast;
  const filed = await inspector.post<Written>('/findings', {
    place: { townId: TOWN, text: '走查演示点' },
    subject: { kind: 'household', name: '王演示' },
    category: 'housing',
    text: '走查：贫困户房屋漏雨，存在安全隐患',
    manner: 'household',
  });
  const id = filed.body.findingId;
  await inspector.upload(`/findings/${id}/evidence`, { phase: 'before' }, await picture(), '整改前.png');
  say(inspector, `登记问题 ${filed.body.number ?? ''}，上传整改前照片`);

  await office.put(`/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' });
  const proposal = await office.get<Readonly<{ legs: readonly Readonly<{ unitId: string; line: string; leads: boolean }>[] }>>(
    `/findings/${id}/proposal`,
  );
  if (proposal.body.legs.length !== 2) throw off('没有建议两条线', 'two legs were not proposed');
  await office.put(`/findings/${id}/transfer`, {});
  say(office, `研判成立，一案双转：${proposal.body.legs.map((leg) => `${leg.unitId}${leg.leads ? '（牵头）' : ''}`).join(' + ')}`);

  const arrived = await look(town, id);
  expectStage(arrived.body.stage, 'unsigned');
  say(town, `看到 ${arrived.body.number}，${String(arrived.body.legs.length)} 条线并列，待签收`);
  const foreign = await stranger.statusOf(`/findings/${id}`);
  if (foreign !== 404) throw off(`无关镇街得到 ${String(foreign)}`, `an unconcerned town was answered ${String(foreign)}`);
  say(stranger, '看不到这个问题（404）');

  await workOn(id, 'T', town, townSecond, townDeputy, say, today);
  await workOn(id, 'S', dept, deptSecond, deptDeputy, say, today);
  const inReview = await look(reviewer, id);
  expectStage(inReview.body.stage, 'in-review');
  say(reviewer, '两条线均已报完成（待复核）');

  await reviewer.put(`/findings/${id}/legs/T/review`, { result: 'passed', text: '材料齐全' }, inReview.seen);
  const half = await look(reviewer, id);
  await reviewer.put(`/findings/${id}/legs/S/review`, { result: 'passed', text: '材料齐全' }, half.seen);
  say(reviewer, '逐条线复核通过');
  await verifier.put(`/findings/${id}/verification`, { method: 'on-site', text: '现场核查，已修缮' }, (await look(verifier, id)).seen);
  say(verifier, '现场核查属实');
  await officeHead.put(`/findings/${id}/clearance`, { text: '同意销号' }, (await look(officeHead, id)).seen);
  const done = await look(officeHead, id);
  expectStage(done.body.stage, 'cleared');
  expectStage(done.body.status, 'verified');
  say(officeHead, `销号：${done.body.number} 已销号`);
  const timeline = await officeHead.get<Readonly<{ lines: readonly unknown[] }>>(`/findings/${id}/timeline`);
  say(officeHead, `办理过程共 ${String(timeline.body.lines.length)} 条，谁、为哪个单位、何时，逐条可查`);
  return id;
};
