import { DailyEvaluation, ReportClocks } from '@app/supervision';
import { Client, type Answer } from '../support/client';
import { PASSWORD, type Login } from '../support/county';
import { CountyWork, ok } from '../support/county-work';
import { handedOver } from '../support/handed-over';
import { startProduct, type Product } from '../support/product';
import { plan, type CaseDetail, type ShownCase } from '../support/supervision-case';

const TOWN = 'dazeshan';
const VILLAGE = 'dazeshan-beishuyuan';
describe('挂牌督办', () => {
  let product: Product;
  let id: string;
  let finding: string;
  /** Sessions end while the clock goes on by days: whoever is there at a moment has signed in at it. */
  const there = new Map<Login, Promise<Client>>();
  const as = (login: Login): Promise<Client> => {
    const signingIn = async (): Promise<Client> => {
      const client = new Client(product.app);
      await client.signIn(login, PASSWORD);
      return client;
    };
    const client = there.get(login) ?? signingIn();
    there.set(login, client);
    return client;
  };
  const becomes = (time: string): void => {
    product.clock.set(time);
    there.clear();
  };
  const county = async () => {
    const logins = ['inspector', 'office', 'office-head', 'leader-dazeshan', 'dazeshan-clerk', 'jiudian-clerk'] as const;
    const [inspector, office, officeHead, leader, clerk, foreign] = await Promise.all(logins.map(as));
    if (!inspector || !office || !officeHead || !leader || !clerk || !foreign) throw new Error('nobody is there');
    return { inspector, office, officeHead, leader, clerk, foreign };
  };
  const evaluate = async (): Promise<number> => {
    const proposed = await product.app.get(DailyEvaluation, { strict: false }).run();
    await product.settle();
    return proposed;
  };
  const knock = async (): Promise<number> => {
    const moved = await product.app.get(ReportClocks, { strict: false }).knock();
    await product.settle();
    return moved;
  };
  const listed = async (who: Client, states: string): Promise<readonly ShownCase[]> =>
    (await who.get<{ cases: ShownCase[] }>(`/api/supervision?states=${states}`)).body.cases;
  const detail = async (who: Client): Promise<CaseDetail> => ok(await who.get<CaseDetail>(`/api/supervision/${id}`));
  const codeOf = async (answer: Promise<Answer>): Promise<unknown> => (await answer).body['code'];

  beforeAll(async () => {
    product = await startProduct();
    [finding = ''] = await handedOver(product.app, 12);
  });
  afterAll(() => product?.close());

  it('keeps what was examined: by the members of a task, and by a town of itself; corrected with a reason', async () => {
    const { inspector, clerk, foreign } = await county();
    const teamHead = await as('team-head');
    const task = ok(
      await teamHead.post('/api/inspections', {
        teamId: 'team-1',
        members: ['p-inspector'],
        villages: [VILLAGE],
        from: '2020-07-06',
        to: '2020-07-08',
        source: { kind: 'inspection', name: '脱贫攻坚督查' },
        manner: 'household',
      }),
    );
    const url = `/api/inspections/${String(task['inspectionId'])}/examined`;
    const told = { unitId: VILLAGE, kind: 'household', count: 30 };
    expect(ok(await inspector.put(url, told))['changed']).toBe(true);
    expect(ok(await inspector.put(url, told))['changed']).toBe(false);
    expect(await codeOf(inspector.put(url, { ...told, count: 32 }))).toBe('examined-reason-required');
    expect(ok(await inspector.put(url, { ...told, count: 32, reason: '漏记两户' }))['changed']).toBe(true);
    expect(await codeOf((await as('inspector-2')).put(url, told))).toBe('examined-not-yours');
    expect(await codeOf(inspector.put(url, { ...told, unitId: 'jiudian-dongtaiping' }))).toBe('inspection-village-unknown');

    const own = { unitId: VILLAGE, kind: 'household', count: 8, from: '2020-07-01', to: '2020-07-05' };
    expect(ok(await clerk.put('/api/self-checks', own))['changed']).toBe(true);
    expect(await codeOf(foreign.put('/api/self-checks', own))).toBe('examined-not-yours');
    expect(await codeOf(clerk.put('/api/self-checks', { ...own, to: '2020-07-07' }))).toBe('examined-days-invalid');
    await product.settle();
    const { examined } = ok(await inspector.get<{ examined: { count: number; reason: string | null }[] }>(url));
    expect(examined.map(({ count, reason }) => [count, reason])).toStrictEqual([[32, '漏记两户']]);
    const all = ok(await clerk.get<{ examined: { count: number; inspectionId: string | null }[] }>('/api/self-checks'));
    expect(all.examined.map(({ count, inspectionId }) => [count, inspectionId === null])).toStrictEqual([
      [32, false],
      [8, true],
    ]);
  });

  it('is proposed by a rule once a day, with the numbers and the lists behind them, and what a town found itself is left out', async () => {
    const work = new CountyWork(product);
    await work.handToTown(await work.file({}, 'dazeshan-clerk'));
    await work.handOver(await work.file({ place: { townId: 'jiudian', villageId: 'jiudian-dongtaiping' } }));
    await product.settle();
    expect(await evaluate()).toBe(0);
    becomes('2020-07-09T01:00:00Z');
    const { office, leader, clerk, foreign } = await county();
    expect([await evaluate(), await evaluate()]).toStrictEqual([1, 1]);
    const proposals = await listed(office, 'proposed');
    expect(proposals.length).toBe(1);
    id = String(proposals[0]?.supervisionId);
    const { cases, may } = await detail(leader);
    expect(cases[0]?.proposed.grounds).toStrictEqual({
      measure: 'open',
      of: 'town',
      numerator: 12,
      selfFound: 1,
      denominator: 40,
      selfExamined: 8,
      per100: 30,
      threshold: 30,
      peerMedian: null,
      from: '2020-04-10',
      to: '2020-07-08',
    });
    expect(cases[0]?.proposed.reason).toContain('检查 40 个对象');
    expect(may).toStrictEqual({ decideListing: true, decideRemoval: false, report: false, askRemoval: false });
    const behind = ok(
      await leader.get<{ rows: unknown[]; examined: { count: number }[] }>(`/api/supervision/${id}/rounds/1/grounds?limit=200`),
    );
    expect([behind.rows.length, behind.examined.reduce((sum, { count }) => sum + count, 0)]).toStrictEqual([12, 40]);
    expect((await foreign.get(`/api/supervision/${id}`)).status).toBe(404);
    expect(await listed(foreign, 'proposed')).toStrictEqual([]);
    expect((await listed(clerk, 'proposed')).length).toBe(1);
  });

  it('is decided by the leader in charge: nobody is put on the list by the machine or twice', async () => {
    const { office, officeHead, leader, foreign } = await county();
    const head = await as('dazeshan-head');
    expect((await head.put(`/api/supervision/${id}/listing`, plan())).status).toBe(403);
    expect(await codeOf(leader.put(`/api/supervision/${id}/listing`, plan({ leaderId: 'p-office' })))).toBe('supervision-leader-unknown');
    expect(await codeOf(leader.put(`/api/supervision/${id}/listing`, plan({ criteria: [{ kind: 'finding-cleared' }] })))).toBe(
      'supervision-criteria-invalid',
    );
    const { headers } = await leader.get(`/api/supervision/${id}`);
    const seen = String(headers['etag']);
    const list = () => leader.put(`/api/supervision/${id}/listing`, plan(), { seen, key: 'put-on-the-list-once' });
    expect(ok(await list())).toStrictEqual(ok(await list()));
    expect((await officeHead.put(`/api/supervision/${id}/declination`, { reason: '不必' }, { seen })).status).toBe(412);
    expect(await codeOf(office.post('/api/supervision', { subject: { kind: 'unit', unitId: TOWN }, reason: '再提' }))).toBe(
      'supervision-open-already',
    );
    await product.settle();
    const [shown] = await listed(foreign, 'listed');
    // What was refused before took no number, and neither did what came twice.
    expect([shown?.subject.id, shown?.number, shown?.days]).toStrictEqual([TOWN, '挂牌〔2020〕0001号', 1]);
    expect(shown?.reports).toStrictEqual({ given: 0, missed: 0, nextDue: '2020-07-16T09:30:00.000Z' });
    const flags = ok(await foreign.get<{ units: { unitId: string; days: number }[] }>('/api/supervision/flags'));
    expect(flags.units.map(({ unitId, days }) => [unitId, days])).toStrictEqual([[TOWN, 1]]);
    expect((await foreign.get(`/api/supervision/${id}`)).status).toBe(404);
    await evaluate();
    expect(await listed(office, 'proposed')).toStrictEqual([]);
  });

  it('asks for a report each period, and keeps that one was missed, once', async () => {
    const { clerk, foreign } = await county();
    ok(await clerk.post(`/api/supervision/${id}/reports`, { text: '已排查 40 户。' }));
    expect(await codeOf(clerk.post(`/api/supervision/${id}/reports`, { text: '再报。' }))).toBe('supervision-report-given');
    expect((await foreign.post(`/api/supervision/${id}/reports`, { text: '不相干。' })).status).toBe(404);
    await product.settle();
    expect(await knock()).toBe(0);
    becomes('2020-07-16T09:30:00Z');
    expect([await knock(), await knock()]).toStrictEqual([1, 0]);
    becomes('2020-07-23T09:30:00Z');
    expect([await knock(), await knock()]).toStrictEqual([1, 0]);
    const again = await as('dazeshan-deputy');
    ok(await again.post(`/api/supervision/${id}/reports`, { text: '补报。', period: 2 }));
    await product.settle();
    const { cases } = await detail(again);
    expect(cases[0]?.reportList.map(({ period, missed, given }) => [period, missed, given?.onTime ?? null])).toStrictEqual([
      [1, false, true],
      [2, true, false],
      [3, false, null],
    ]);
  });

  it('ends when a leader approves, beside the figures of the day; against them only with a reason', async () => {
    const { office, officeHead, leader, clerk, foreign } = await county();
    const deputy = await as('dazeshan-deputy');
    const answers = ['还剩 13 件', '没有超期', '没有反弹', '已建立制度'];
    expect(await codeOf(deputy.post(`/api/supervision/${id}/removal-requests`, { answers: answers.slice(1) }))).toBe(
      'supervision-answers-required',
    );
    ok(await deputy.post(`/api/supervision/${id}/removal-requests`, { answers }));
    await product.settle();
    const asked = await detail(leader);
    expect(asked.cases[0]?.removals[0]?.asked.checks.map(({ figure, met }) => [figure, met])).toStrictEqual([
      [13, false],
      [0, true],
      [0, true],
      [null, null],
    ]);
    expect([asked.may['decideRemoval'], asked.today.map(({ met }) => met)]).toStrictEqual([true, [false, true, true, null]]);
    expect((await officeHead.put(`/api/supervision/${id}/removal`, { reason: '同意' })).status).toBe(403);
    expect(await codeOf(leader.put(`/api/supervision/${id}/removal`, {}))).toBe('supervision-unmet-required');
    ok(await leader.put(`/api/supervision/${id}/removal-refusal`, { reason: '先把件数降下来。' }));
    ok(await office.post(`/api/supervision/${id}/removal-requests`, { answers }));
    ok(await leader.put(`/api/supervision/${id}/removal`, { reason: '其余已落实到人。' }));
    await product.settle();
    const { cases, may } = await detail(clerk);
    expect([cases[0]?.state, cases[0]?.days, cases[0]?.removals.map(({ decided }) => decided?.approved)]).toStrictEqual([
      'removed',
      15,
      [false, true],
    ]);
    expect(Object.values(may)).toStrictEqual([false, false, false, false]);
    expect(await listed(foreign, 'listed')).toStrictEqual([]);
    becomes('2020-07-24T09:30:00Z');
    await evaluate();
    expect([await knock(), (await listed(await as('office'), 'proposed')).length]).toStrictEqual([0, 0]);
  });

  it('is proposed for a finding by who may know of it, and its sign stands beside the finding', async () => {
    const { office, leader, clerk, foreign } = await county();
    const body = { subject: { kind: 'finding', findingId: finding }, reason: '久拖不决。' };
    const of = String(ok(await office.post('/api/supervision', body))['supervisionId']);
    ok(await leader.put(`/api/supervision/${of}/declination`, { reason: '先催办。' }));
    ok(await office.post('/api/supervision', { ...body, reason: '催办无果。' }));
    const criteria = [{ kind: 'finding-cleared' }];
    ok(await leader.put(`/api/supervision/${of}/listing`, plan({ criteria })));
    await product.settle();
    const signs = async (who: Client): Promise<number> =>
      ok(await who.get<{ findings: unknown[] }>(`/api/supervision/flags?findingId=${finding}`)).findings.length;
    expect([await signs(clerk), await signs(foreign)]).toStrictEqual([1, 0]);
    expect((await listed(foreign, 'listed')).length).toBe(0);
    expect((await foreign.post('/api/supervision', body)).status).toBe(403);
  });

  it('has rules that administrators set, dated', async () => {
    const [office, admin] = await Promise.all([as('office'), as('admin')]);
    const rule = {
      measure: 'open',
      threshold: 50,
      minimum: 30,
      windowDays: 60,
      kinds: ['household'],
      peerFactor: 1.5,
      quietDays: 30,
      from: '2020-08-01',
      reason: '专题会议纪要',
    };
    expect((await office.put('/api/admin/supervision-rules/open', rule)).status).toBe(403);
    expect(await codeOf(admin.put('/api/admin/supervision-rules/open', { ...rule, minimum: 9 }))).toBe('supervision-rule-minimum-invalid');
    ok(await admin.put('/api/admin/supervision-rules/open', rule));
    ok(await admin.put('/api/admin/supervision-rules/relapsed/retirement', { to: '2020-07-31', reason: '合并' }));
    await product.settle();
    const of = async (): Promise<readonly (readonly [string, number])[]> =>
      ok(await office.get<{ inForce: { ruleId: string; threshold: number }[] }>('/api/supervision-rules')).inForce.map(
        ({ ruleId, threshold }) => [ruleId, threshold] as const,
      );
    expect(new Map(await of())).toStrictEqual(
      new Map([
        ['open', 30],
        ['overdue', 10],
        ['relapsed', 5],
      ]),
    );
    becomes('2020-08-01T01:00:00Z');
    const later = await as('verifier');
    const now = ok(await later.get<{ inForce: { ruleId: string; threshold: number }[] }>('/api/supervision-rules')).inForce;
    expect(new Map(now.map(({ ruleId, threshold }) => [ruleId, threshold]))).toStrictEqual(
      new Map([
        ['open', 50],
        ['overdue', 10],
      ]),
    );
    const differences = await product.readers.compareWithRebuild();
    expect(differences.filter(({ onlyLive, onlyRebuilt }) => onlyLive.length + onlyRebuilt.length > 0)).toStrictEqual([]);
  });

  it('proposes a department by a rule for departments, beside what teams examined in the county', async () => {
    const admin = await as('admin');
    const content = { of: 'department', measure: 'open', threshold: 3, minimum: 30, windowDays: 90, kinds: ['household'], quietDays: 30 };
    ok(await admin.put('/api/admin/supervision-rules/department-open', { ...content, from: '2020-08-01', reason: '专题会议纪要' }));
    await product.settle();
    becomes('2020-08-02T01:00:00Z');
    await evaluate();
    const office = await as('office');
    const proposed = (await listed(office, 'proposed')).filter(({ subject }) => subject.id === 'housing');
    expect(proposed.length).toBe(1);
    id = String(proposed[0]?.supervisionId);
    const proposal = (await detail(office)).cases[0]?.proposed;
    const { of, numerator, denominator, selfExamined, per100 } = proposal?.grounds ?? {};
    expect([of, numerator, denominator, selfExamined, per100]).toStrictEqual(['department', 1, 32, 0, 3.12]);
    expect(proposal?.reason).toContain('检查组在全县检查 32 个对象');
    const url = `/api/supervision/${id}/rounds/1/grounds`;
    const behind = ok(await office.get<{ rows: unknown[]; examined: { count: number }[]; examinedMore: boolean }>(url));
    expect([behind.rows.length, behind.examined.map(({ count }) => count), behind.examinedMore]).toStrictEqual([1, [32], false]);
  });
});
