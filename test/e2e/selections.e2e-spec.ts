import { waitUntil } from '@app/testing';
import type { SelectedRowShown, SelectionAnswer, SelectionRowsShown } from '../../apps/api/src/selections/selection.answers';
import type { Answer, Client } from '../support/client';
import { HOUSE, ok } from '../support/county-work';
import { PIXEL } from '../support/finding-acts';
import { newKey, startProduct, type Product } from '../support/product';

type Row = Readonly<{ findingId: string; legId?: string }>;
type Opening = Readonly<{
  step: string;
  rows?: readonly Row[];
  filter?: object;
  data?: object;
  exceptions?: readonly object[];
}>;
const UNKNOWN = '7b1c9f0e-1111-4222-8333-444455556666';
const ACCEPTANCE = { rectification: 'time-limited', seriousness: 'ordinary' };
const CHECKED = { method: 'on-site', text: '现场看过，属实' };

describe('Work on a selection', () => {
  let product: Product;
  let office: Client, head: Client, clerk: Client, deputy: Client, inspector: Client, housing: Client;
  beforeAll(async () => {
    product = await startProduct();
    [office, head, clerk, deputy, inspector, housing] = (await Promise.all(
      (['office', 'office-head', 'dazeshan-clerk', 'dazeshan-deputy', 'inspector', 'housing-clerk'] as const).map(product.as),
    )) as [Client, Client, Client, Client, Client, Client];
  });
  afterAll(() => product?.close());

  const file = async (count: number, over: object = {}): Promise<readonly Row[]> =>
    Promise.all(
      Array.from({ length: count }, async () => ({
        findingId: String(ok(await inspector.post('/api/findings', { ...HOUSE, ...over }))['findingId']),
      })),
    );
  const codeOf = ({ status, body }: Answer<unknown>): unknown => [status, (body as { code?: string }).code];
  const seen = async (by: Client, selectionId: string): Promise<SelectionAnswer> =>
    ok(await by.get<SelectionAnswer>(`/api/selections/${selectionId}`));
  const rowsOf = async (by: Client, selectionId: string, only = 'all'): Promise<readonly SelectedRowShown[]> =>
    ok(await by.get<SelectionRowsShown>(`/api/selections/${selectionId}/rows?limit=200&only=${only}`)).rows;
  const until = (by: Client, selectionId: string, ...states: readonly string[]): Promise<SelectionAnswer> =>
    waitUntil(
      async () => {
        const answer = await seen(by, selectionId);
        return states.includes(answer.state) ? answer : null;
      },
      { what: `a selection that is ${states.join(' or ')}`, timeoutMs: 60_000 },
    );
  const previewed = async (by: Client, opening: Opening): Promise<SelectionAnswer> => {
    const { selectionId } = ok(await by.post<SelectionAnswer>('/api/selections', opening));
    return until(by, selectionId, 'ready');
  };
  const confirm = async (by: Client, { selectionId }: SelectionAnswer, body: object = {}): Promise<SelectionAnswer> => {
    ok(await by.post(`/api/selections/${selectionId}/run`, body));
    return until(by, selectionId, 'done', 'sampling');
  };
  const all = async (by: Client, opening: Opening): Promise<SelectionAnswer> => {
    const done = await confirm(by, await previewed(by, opening));
    await product.settle();
    return done;
  };
  const summary = ({ counts: { rows, done, unchanged, refused, leftOut, waiting } }: SelectionAnswer): unknown =>
    Object.fromEntries(Object.entries({ rows, done, unchanged, refused, leftOut, waiting }).filter(([, n]) => n > 0));
  const stageOf = async (findingId: string, by = office): Promise<unknown> => ok(await by.get(`/api/findings/${findingId}`))['stage'];

  /** Handed over to town and department, as the office does it with a pile. */
  const handedOver = async (count: number): Promise<readonly Row[]> => {
    const rows = await file(count);
    await all(office, { step: 'AcceptFinding', rows, data: ACCEPTANCE });
    await all(office, { step: 'TransferFinding', rows });
    return rows;
  };
  const town = (rows: readonly Row[]): readonly Row[] => rows.map(({ findingId }) => ({ findingId, legId: 'T' }));
  const prove = async (by: Client, { findingId, legId }: Row): Promise<void> => {
    const photo = { name: '现场.png', type: 'image/png', content: PIXEL };
    ok(await by.upload(`/api/findings/${findingId}/evidence`, { phase: 'after', legId: legId ?? 'T' }, photo));
  };
  const REPORT = { text: '已改造', measures: '翻建', effect: '已入住', completedOn: '2020-07-06' };
  /** Both legs reported, reviewed, signed and passed: what is left is to verify. */
  const passed = async (count: number): Promise<readonly Row[]> => {
    const rows = await handedOver(count);
    const legs = [
      { by: [clerk, deputy], rows: town(rows) },
      { by: [housing, await product.as('housing-deputy')], rows: rows.map(({ findingId }) => ({ findingId, legId: 'S' })) },
    ] as const;
    for (const leg of legs) {
      await Promise.all(leg.rows.map((row) => prove(leg.by[0], row)));
      await all(leg.by[0], { step: 'ReportLeg', rows: leg.rows, data: REPORT });
      await all(leg.by[1], { step: 'FirstReviewLeg', rows: leg.rows, data: { passed: true } });
      const signed = await all(leg.by[1], { step: 'SignLeg', rows: leg.rows });
      expect(summary(signed)).toStrictEqual({ rows: count, done: count });
    }
    await all(office, { step: 'PassLeg', rows, data: { text: '属实' } });
    return rows;
  };

  it('accepts and hands over a pile, each row by its own category, and says of each that cannot why not', async () => {
    const rows = [...(await file(3)), ...(await file(1, { category: 'archives' }))];
    const accepted = await all(office, { step: 'AcceptFinding', rows, data: ACCEPTANCE });
    expect([accepted.state, summary(accepted)]).toStrictEqual(['done', { rows: 4, done: 4 }]);
    const shown = await previewed(office, { step: 'TransferFinding', rows: [...rows, { findingId: UNKNOWN }] });
    expect(summary(shown)).toStrictEqual({ rows: 5, refused: 2, waiting: 3 });
    expect(
      (await rowsOf(office, shown.selectionId, 'refused')).map(({ number, refusal }) => [number === null, refusal?.code]),
    ).toStrictEqual([
      [false, 'single-leg-reason-required'],
      [true, 'finding-not-found'],
    ]);
    // One row with a word of its own.
    const own = { findingId: rows[3]?.findingId, data: { singleLegBecause: '镇里的事' } };
    ok(await office.put(`/api/selections/${shown.selectionId}/exceptions`, { exceptions: [own] }));
    expect(summary(await until(office, shown.selectionId, 'ready'))).toStrictEqual({ rows: 5, refused: 1, waiting: 4 });
    expect(summary(await confirm(office, shown))).toStrictEqual({ rows: 5, done: 4, refused: 1 });
    await product.settle();
    expect(await Promise.all(rows.map(({ findingId }) => stageOf(findingId)))).toStrictEqual(Array(4).fill('unsigned'));
  });

  it('signs for thirty legs found by a filter, but for those left out, each with its own result', async () => {
    const rows = await handedOver(30);
    await product.settle();
    const [first, second] = rows;
    const shown = await previewed(clerk, {
      step: 'SignForLeg',
      filter: { of: 'legs', unit: 'dazeshan', stage: ['delivered'], category: 'housing' },
      exceptions: [first, second].map((row) => ({ findingId: row?.findingId, leaveOut: true })),
    });
    // Three more of the test before this one.
    expect(summary(shown)).toStrictEqual({ rows: 33, leftOut: 2, waiting: 31 });
    const done = await confirm(clerk, shown);
    expect([summary(done), done.progress, done.runBy?.name]).toStrictEqual([
      { rows: 33, done: 31, leftOut: 2 },
      { done: 33, total: 33 },
      '大泽山镇经办',
    ]);
    const results = await rowsOf(clerk, shown.selectionId, 'done');
    expect(results.map(({ events, result }) => [events, Number(result?.revision) > 0])).toStrictEqual(
      Array(31).fill([['LegSignedFor'], true]),
    );
    await product.settle();
    const left = ok(await clerk.get<{ legs: { findingId: string }[] }>('/api/legs?unit=dazeshan&stage=delivered&category=housing'));
    expect(left.legs.map(({ findingId }) => findingId).sort()).toStrictEqual([first?.findingId, second?.findingId].sort());
    const again = await previewed(clerk, { step: 'SignForLeg', rows: town(rows.slice(2)) });
    expect(summary(again)).toStrictEqual({ rows: 28, unchanged: 28 });
    expect(codeOf(await clerk.post(`/api/selections/${again.selectionId}/run`))).toStrictEqual([409, 'selection-nothing-to-run']);
  });

  it('takes each row through the whole work of a unit: with data of its own, and with what proves its own leg', async () => {
    const rows = town(await handedOver(3));
    const [one, two, three] = rows as [Row, Row, Row];
    const assigned = await all(clerk, {
      step: 'AssignLeg',
      rows,
      data: { assignee: '王网格员' },
      exceptions: [{ ...two, data: { assignee: '李网格员' } }],
    });
    expect(summary(assigned)).toStrictEqual({ rows: 3, done: 3 });
    const assignee = async ({ findingId }: Row): Promise<unknown> => {
      const { legs } = ok(await clerk.get<{ legs: { legId: string; assignee: string }[] }>(`/api/findings/${findingId}`));
      return legs.find(({ legId }) => legId === 'T')?.assignee;
    };
    expect(await Promise.all(rows.map(assignee))).toStrictEqual(['王网格员', '李网格员', '王网格员']);
    await Promise.all([one, two].map((row) => prove(clerk, row)));
    const reported = await all(clerk, { step: 'ReportLeg', rows, data: REPORT });
    expect(summary(reported)).toStrictEqual({ rows: 3, done: 2, refused: 1 });
    const [refused] = await rowsOf(clerk, reported.selectionId, 'refused');
    expect([refused?.findingId, refused?.refusal?.code]).toStrictEqual([three.findingId, 'evidence-required']);
  });

  it('refuses a row that has moved on since the preview, unless it is wanted all the same', async () => {
    const rows = town(await handedOver(2));
    const opening = { step: 'RecordProgress', rows, data: { text: '正在施工' } };
    const [strict, loose] = [await previewed(clerk, opening), await previewed(clerk, opening)];
    ok(await clerk.put(`/api/findings/${rows[0]?.findingId ?? ''}/legs/T/receipt`));
    expect(summary(await confirm(clerk, strict))).toStrictEqual({ rows: 2, done: 1, refused: 1 });
    const [refused] = await rowsOf(clerk, strict.selectionId, 'refused');
    expect([refused?.findingId, refused?.refusal?.code]).toStrictEqual([rows[0]?.findingId, 'row-changed']);
    expect(summary(await confirm(clerk, loose, { evenIfChanged: true }))).toStrictEqual({ rows: 2, done: 2 });
  });

  it('is for the unit that opened it alone, and for whoever may take the step', async () => {
    const rows = town(await handedOver(1));
    const shown = await previewed(clerk, { step: 'SignForLeg', rows });
    expect((await seen(deputy, shown.selectionId)).openedBy.name).toBe('大泽山镇经办');
    for (const stranger of [housing, office]) {
      const path = `/api/selections/${shown.selectionId}`;
      const answers = [
        await stranger.get(path),
        await stranger.get(`${path}/rows`),
        await stranger.post(`${path}/run`),
        await stranger.post(`${path}/cancel`),
        await stranger.put(`${path}/exceptions`, { exceptions: [] }),
        await stranger.put(`${path}/sample/${rows[0]?.findingId ?? ''}`, { passed: true, ...CHECKED }),
      ];
      expect(answers.map(({ status }) => status)).toStrictEqual(Array(6).fill(404));
    }
    expect(codeOf(await clerk.post('/api/selections', { step: 'VerifyFinding', rows, data: CHECKED }))).toStrictEqual([403, 'forbidden']);
    // What somebody may not see reads as what is not there.
    const foreign = await previewed(await product.as('jiudian-clerk'), { step: 'SignForLeg', rows: [...rows, { findingId: UNKNOWN }] });
    const told = await rowsOf(await product.as('jiudian-clerk'), foreign.selectionId);
    expect(told.map(({ number, revision, refusal }) => [number, revision, refusal?.code])).toStrictEqual(
      Array(2).fill([null, null, 'finding-not-found']),
    );
  });

  it('refuses what a single request would be refused for, before anything is opened', async () => {
    const rows = town(await handedOver(1));
    const open = (body: object): Promise<Answer> => clerk.post('/api/selections', body);
    expect([
      codeOf(await open({ step: 'RecordProgress', rows, data: { text: '电话 13800005678' } })),
      codeOf(await open({ step: 'RecordProgress', rows, data: { text: '内部机密★1年' } })),
      codeOf(await open({ step: 'RecordProgress', rows, data: {} })),
      codeOf(await open({ step: 'RecordProgress', rows, data: { text: '好', legId: 'T' } })),
      codeOf(await open({ step: 'SplitFinding', rows })),
      codeOf(await open({ step: 'SignForLeg' })),
      codeOf(await open({ step: 'SignForLeg', filter: { of: 'legs', unit: 'nowhere' } })),
      codeOf(await open({ step: 'SignForLeg', rows, exceptions: [{ findingId: UNKNOWN, leaveOut: true }] })),
    ]).toStrictEqual([
      [422, 'personal-data-found'],
      [422, 'secrecy-mark'],
      [400, 'invalid'],
      [400, 'invalid'],
      [400, 'invalid'],
      [400, 'invalid'],
      [409, 'selection-empty'],
      [409, 'selection-exception-stray'],
    ]);
    const key = newKey();
    const twice = [1, 2].map(() => clerk.post<SelectionAnswer>('/api/selections', { step: 'SignForLeg', rows }, { key }));
    const [a, b] = await Promise.all(twice);
    expect(a?.body.selectionId).toBe(b?.body.selectionId);
  });

  it('can be cancelled before it runs, and then never runs', async () => {
    const rows = town(await handedOver(2));
    const shown = await previewed(clerk, { step: 'SignForLeg', rows });
    expect(ok(await clerk.post<SelectionAnswer>(`/api/selections/${shown.selectionId}/cancel`)).state).toBe('cancelled');
    expect(codeOf(await clerk.post(`/api/selections/${shown.selectionId}/run`))).toStrictEqual([409, 'selection-cancelled']);
    expect(await stageOf(rows[0]?.findingId ?? '')).toBe('unsigned');
  });

  describe('that verifies', () => {
    const judge = (by: Client, { selectionId }: SelectionAnswer, findingId: string, passedIt: boolean): Promise<Answer<SelectionAnswer>> =>
      by.put<SelectionAnswer>(`/api/selections/${selectionId}/sample/${findingId}`, {
        passed: passedIt,
        method: 'documents',
        text: passedIt ? '资料齐全' : '没有入住',
      });
    const sampleOf = ({ sample }: SelectionAnswer): readonly string[] => (sample ?? []).map(({ findingId }) => findingId);

    it('draws its sample itself, and one that fails blocks the whole batch', async () => {
      const rows = await passed(12);
      const ids = rows.map(({ findingId }) => findingId);
      const drawn = await confirm(office, await previewed(office, { step: 'VerifyFinding', rows, data: CHECKED }));
      expect([drawn.state, drawn.counts.sample, drawn.counts.sampleOpen]).toStrictEqual(['sampling', 5, 5]);
      const [bad, good, ...open] = sampleOf(drawn) as [string, string, ...string[]];
      const outside = ids.find((id) => !sampleOf(drawn).includes(id)) ?? '';
      expect(codeOf(await judge(head, drawn, outside, true))).toStrictEqual([409, 'selection-not-in-sample']);
      expect(ok(await judge(head, drawn, good, true)).state).toBe('sampling');
      expect(ok(await judge(head, drawn, bad, false)).state).toBe('blocked');
      expect(codeOf(await judge(head, drawn, bad, true))).toStrictEqual([409, 'selection-blocked']);
      expect(codeOf(await judge(head, drawn, open[0] ?? '', true))).toStrictEqual([409, 'selection-blocked']);
      expect(codeOf(await office.post(`/api/selections/${drawn.selectionId}/run`))).toStrictEqual([409, 'selection-blocked']);
      expect((await office.post(`/api/selections/${drawn.selectionId}/cancel`)).body).toMatchObject({
        code: 'selection-not-ready',
        zh: '批量办理当前状态（抽查不合格）不能这样操作。',
        en: 'The selection is blocked; this cannot be done now.',
      });
      await product.settle();
      expect(await Promise.all(ids.map((id) => stageOf(id)))).toStrictEqual(Array(12).fill('to-verify'));

      // Selecting the same again, or touching what failed, is no way to be rid of the sample.
      ok(await office.post(`/api/findings/${bad}/comments`, { text: '再看一次' }));
      const again = await confirm(office, await previewed(office, { step: 'VerifyFinding', rows, data: CHECKED }));
      expect(sampleOf(again)).toStrictEqual(expect.arrayContaining([bad, ...open]));
      expect(sampleOf(again).length).toBeGreaterThanOrEqual(5);
      for (const id of sampleOf(again)) ok(await judge(head, again, id, true));
      const done = await until(office, again.selectionId, 'done');
      expect([summary(done), done.sample?.every(({ sample }) => sample === 'passed')]).toStrictEqual([{ rows: 12, done: 12 }, true]);
      await product.settle();
      expect(await Promise.all(ids.map((id) => stageOf(id)))).toStrictEqual(Array(12).fill('to-clear'));
      // Who checked a sample verified it, in their own words; everything else is whose selection it was.
      const verifiedBy = async (id: string): Promise<unknown> => {
        const { lines } = ok(await office.get<{ lines: { type: string; person: { name: string } }[] }>(`/api/findings/${id}/timeline`));
        return lines.find(({ type }) => type === 'FindingVerified')?.person.name;
      };
      const unsampled = ids.filter((id) => !sampleOf(again).includes(id));
      expect([await verifiedBy(bad), await Promise.all(unsampled.map(verifiedBy))]).toStrictEqual([
        '督查办主任',
        unsampled.map(() => '督查办科员'),
      ]);
      const cleared = await all(head, { step: 'ClearFinding', rows, data: { text: '同意销号' } });
      expect(summary(cleared)).toStrictEqual({ rows: 12, done: 12 });
    });

    it('holds whoever rectified away, and whoever has lost the post by the time it runs', async () => {
      const rows = await passed(6);
      const admin = await product.as('admin');
      const from = { unitId: 'dazeshan' };
      ok(await admin.post('/api/admin/people/p-inspector-b/secondments', { fromUnit: from.unitId, toUnit: 'team-1' }));
      const seconded = await product.as('inspector-b');
      const avoided = await previewed(seconded, { step: 'VerifyFinding', rows, data: CHECKED });
      expect([
        summary(avoided),
        [...new Set((await rowsOf(seconded, avoided.selectionId)).map(({ refusal }) => refusal?.code))],
      ]).toStrictEqual([{ rows: 6, refused: 6 }, ['avoidance']]);
      const drawn = await confirm(head, await previewed(head, { step: 'VerifyFinding', rows, data: CHECKED }));
      const [last, ...others] = sampleOf(drawn) as [string, ...string[]];
      for (const id of others) ok(await judge(office, drawn, id, true));
      ok(await admin.put('/api/admin/posts/office-head/holdings/p-office-head/end', {}));
      ok(await judge(office, drawn, last, true));
      const done = await until(office, drawn.selectionId, 'done');
      expect(summary(done)).toStrictEqual({ rows: 6, done: 5, refused: 1 });
      expect((await rowsOf(office, drawn.selectionId, 'refused')).map(({ refusal }) => refusal?.code)).toStrictEqual(['no-current-post']);
    });
  });
});
