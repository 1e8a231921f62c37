import { NumberRegister } from '@app/lists';
import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

type ListAnswer = { listId: string; number?: string; changed: boolean; revision: string; elsewhere?: { rowId: string; listId: string }[] };
type Rows = {
  rows: {
    rowId: string;
    number: string | null;
    supplement: number | null;
    stage: string | null;
    content: { text: string; subject: object };
  }[];
  next: string | null;
};

const source = { kind: 'upper', name: '青岛市督导组', batch: '2020-07' };
const row = (number: string, over: object = {}) => ({
  number,
  text: `第 ${number} 处房屋漏雨`,
  category: 'housing',
  subject: { kind: 'household', name: '李大山', phone: '13800005678' },
  place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan', text: '北树园村' },
  legs: [
    { unitId: 'dazeshan', line: 'territorial', leads: true },
    { unitId: 'housing', line: 'sectoral', leads: false },
  ],
  dueOn: '2020-08-31',
  ...over,
});
const ok = <T>(answer: Answer<T>): T => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer.body;
};
const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];

describe('Lists over HTTP', () => {
  let product: Product;
  let office: Client;
  beforeAll(async () => {
    product = await startProduct();
    office = await product.as('office');
  });
  afterAll(() => product?.close());
  const draft = async (title: string): Promise<string> => ok(await office.post<ListAnswer>('/api/lists', { title, source })).listId;
  const rowsOf = async (id: string, position = ''): Promise<Rows> => ok(await office.get<Rows>(`/api/lists/${id}/rows${position}`));

  it('are drafted, filled, corrected and issued; what is issued is frozen', async () => {
    const id = await draft('市督导反馈');
    const added = ok(
      await office.post<ListAnswer & { position: string }>(`/api/lists/${id}/rows`, {
        rows: [row('3-(2)①'), row('4', { dueOn: null }), row('5', { legs: [] })],
      }),
    );
    const { rows } = await rowsOf(id, `?position=${added.position}`);
    expect(rows.map((r) => [r.number, r.supplement, r.content.subject])).toMatchObject([
      ['3-(2)①', null, { kind: 'household', label: '李**' }],
      ['4', null, { label: '李**' }],
      ['5', null, { label: '李**' }],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/李大山|13800005678|sealed/);
    const [first, second, third] = rows.map((r) => r.rowId);
    expect(ok(await office.get(`/api/lists/${id}`))).toMatchObject({ counts: { waiting: 3, complete: 2, issued: 0 } });
    expect((await rowsOf(id, '?only=incomplete')).rows.map((r) => r.number)).toStrictEqual(['5']);
    ok(await office.patch(`/api/lists/${id}/rows/${String(first)}`, { reason: '笔误', changes: { text: '屋顶漏雨' } }));
    ok(await office.delete(`/api/lists/${id}/rows/${String(third)}`, { reason: '重复' }));
    expect(
      codeOf(await office.patch(`/api/lists/${id}/rows/${String(first)}`, { reason: '笔误', changes: { category: 'nothing' } })),
    ).toStrictEqual([422, 'row-category-invalid']);
    expect(codeOf(await office.post(`/api/lists/${id}/rows`, { rows: [row('6', { assisting: ['nowhere'] })] }))).toStrictEqual([
      422,
      'row-unit-invalid',
    ]);

    expect(ok(await office.put<ListAnswer>(`/api/lists/${id}/issue`)).number).toBe('问清〔2020〕1号');
    expect(codeOf(await office.put(`/api/lists/${id}/issue`))).toStrictEqual([409, 'list-issued']);
    expect(codeOf(await office.delete(`/api/lists/${id}/rows/${String(second)}`, { reason: '重复' }))).toStrictEqual([409, 'row-issued']);
    await product.settle();
    const after = await rowsOf(id);
    expect(after.rows.map((r) => [r.number, r.supplement, r.stage, r.content.text])).toStrictEqual([
      ['3-(2)①', 0, 'unsigned', '屋顶漏雨'],
      ['4', 0, 'unsigned', '第 4 处房屋漏雨'],
    ]);
    expect(ok(await office.get(`/api/lists/${id}`))).toMatchObject({
      number: '问清〔2020〕1号',
      zeros: [],
      counts: { issued: 2, filed: 2, transferred: 2, signedFor: 0, open: 2, overdue: 0 },
    });
  });

  it('keep a row of a source in one list', async () => {
    const id = await draft('又一份');
    const answer = ok(await office.post<ListAnswer>(`/api/lists/${id}/rows`, { rows: [row('４'), row('7')] }));
    expect(answer.elsewhere).toHaveLength(1);
    await product.settle();
    expect((await rowsOf(id)).rows.map((r) => r.number)).toStrictEqual(['7']);
    ok(await office.delete(`/api/lists/${id}`, { reason: '并入上一份' }));
    expect(codeOf(await office.post(`/api/lists/${id}/rows`, { rows: [row('8')] }))).toStrictEqual([409, 'list-discarded']);
    const next = await draft('重来');
    expect(ok(await office.post<ListAnswer>(`/api/lists/${next}/rows`, { rows: [row('7')] })).elsewhere).toBeUndefined();
  });

  it('are for the office; others learn nothing of a draft', async () => {
    const id = await draft('只有督查办看得到');
    await product.settle();
    const town = await product.as('dazeshan-clerk');
    expect((await town.get(`/api/lists/${id}`)).status).toBe(404);
    expect((await town.put(`/api/lists/${id}/issue`)).status).toBe(403);
    expect((await town.get('/api/lists')).text).not.toContain('只有督查办看得到');
    expect(codeOf(await office.put(`/api/lists/${id}/issue`, {}, { seen: '"7"' }))).toStrictEqual([412, 'changed-since']);
    expect(codeOf(await office.put(`/api/lists/${id}/issue`))).toStrictEqual([409, 'list-empty']);
  });

  it('number without doubles whoever asks at the same time, and the same command gets the same number', async () => {
    const register = product.app.get(NumberRegister, { strict: false });
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, i) => register.take('series', `command-${String(i % 20)}`, `thing-${String(i % 20)}`)),
    );
    expect([...new Set(taken)].sort((a, b) => a - b)).toStrictEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(taken.slice(20)).toStrictEqual(taken.slice(0, 10));
    await register.settle('series', 'command-3', 'void', 'list-issued');
    await register.settle('series', 'command-3', 'used');
    expect((await register.explain('series')).filter((n) => n.outcome !== 'taken')).toMatchObject([
      { takenFor: 'thing-3', outcome: 'void', because: 'list-issued' },
    ]);
  });
});
