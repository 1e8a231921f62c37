import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

type Written = { placeholderId: string; number: string | null; revision: string; position: string; changed: boolean };
type Page = { placeholders: readonly Record<string, unknown>[]; next: string | null };
type Board = { rows: readonly { id: string; figures: Record<string, number>; nothingFiled: boolean }[] };

const ok = <T>(answer: Answer<T>): T => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer.body;
};
const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];

describe('What is handled offline, over HTTP', () => {
  let product: Product;
  let office: Client;
  beforeAll(async () => {
    product = await startProduct();
    office = await product.as('office');
  });
  afterAll(() => product?.close());
  const register = async (unitId: string, over: object = {}): Promise<Written> =>
    ok(await office.post<Written>('/api/placeholders', { unitId, source: 'upper', ...over }));
  const shownTo = async (client: Client, query = ''): Promise<Page> => ok(await client.get<Page>(`/api/placeholders${query}`));
  const count = async (query: string): Promise<unknown> =>
    ok(await office.get<Board>(`/api/clearance/board?${query}`)).rows.map(({ id, figures, nothingFiled }) => [
      id,
      figures['placeholders'],
      figures['placeholdersSettled'],
      nothingFiled,
    ]);

  it('keeps its place in the count: registered, settled by a document, withdrawn on a ground (R39)', async () => {
    const first = await register('dazeshan');
    const second = await register('housing', { on: '2020-07-03' });
    const third = await register('jiudian');
    expect([first.number, second.number, third.number]).toStrictEqual(['XX-2020-0001', 'XX-2020-0002', 'XX-2020-0003']);
    await product.settle();
    expect(await count('scope=county')).toStrictEqual([['all', 3, 0, false]]);
    expect(await count('scope=department&under=housing')).toStrictEqual([['housing', 1, 0, false]]);

    ok(await office.put(`/api/placeholders/${first.placeholderId}/settlement`, { documentNumber: '督办〔2020〕8号' }));
    ok(await office.put(`/api/placeholders/${third.placeholderId}/withdrawal`, { ground: 'mistaken' }));
    expect(
      codeOf(await office.put(`/api/placeholders/${third.placeholderId}/settlement`, { documentNumber: '督办〔2020〕8号' })),
    ).toStrictEqual([409, 'placeholder-withdrawn']);
    await product.settle();
    expect(await count('scope=county')).toStrictEqual([['all', 2, 1, false]]);
    expect(await count('scope=source')).toStrictEqual([['upper', 2, 1, false]]);
    const behind = ok(await office.get('/api/clearance/list?scope=county&id=all&figure=placeholders'));
    expect(behind).toMatchObject({ total: 2, rows: [{ number: 'XX-2020-0001', placeholder: true }, { number: 'XX-2020-0002' }] });
    const page = await shownTo(office);
    expect(page.placeholders.map((row) => [row['number'], row['status'], row['documentNumber'], row['withdrawalGround']])).toStrictEqual([
      ['XX-2020-0003', 'withdrawn', null, 'mistaken'],
      ['XX-2020-0002', 'open', null, null],
      ['XX-2020-0001', 'settled', '督办〔2020〕8号', null],
    ]);
    expect(page.placeholders[1]).toMatchObject({
      unit: { id: 'housing', name: '市住建局' },
      registeredOn: '2020-07-03',
      registeredBy: { name: '督查办科员' },
    });
  });

  it('takes no words: neither a text nor a subject nor a reason', async () => {
    const { placeholderId } = await register('dazeshan');
    for (const words of [{ text: '房屋漏雨' }, { subject: { kind: 'household', name: '王大海' } }, { note: '详见附件' }]) {
      expect((await office.post('/api/placeholders', { unitId: 'dazeshan', source: 'upper', ...words })).status).toBe(400);
    }
    expect((await office.put(`/api/placeholders/${placeholderId}/withdrawal`, { ground: 'mistaken', reason: '重复' })).status).toBe(400);
    expect(
      codeOf(await office.put(`/api/placeholders/${placeholderId}/settlement`, { documentNumber: '机密★10年 督〔2020〕8号' })),
    ).toStrictEqual([422, 'secrecy-mark']);
  });

  it('is registered by the office alone, for a town or a department, and not for the future', async () => {
    const town = await product.as('dazeshan-head');
    expect((await town.post('/api/placeholders', { unitId: 'dazeshan', source: 'self' })).status).toBe(403);
    expect(codeOf(await office.post('/api/placeholders', { unitId: 'team-1', source: 'self' }))).toStrictEqual([
      422,
      'placeholder-unit-invalid',
    ]);
    expect(codeOf(await office.post('/api/placeholders', { unitId: 'water', source: 'self', on: '2020-07-07' }))).toStrictEqual([
      422,
      'placeholder-date-in-future',
    ]);
    expect(
      codeOf(await office.put('/api/placeholders/7b1c9f0e-1111-4222-8333-444455556666/settlement', { documentNumber: '1号' })),
    ).toStrictEqual([404, 'placeholder-not-found']);
    expect(
      codeOf(
        await office.put(
          `/api/placeholders/${(await register('water')).placeholderId}/settlement`,
          { documentNumber: '1号' },
          { seen: '"7"' },
        ),
      ),
    ).toStrictEqual([412, 'changed-since']);
  });

  it('is seen by its own unit and the leader who answers for it, page by page', async () => {
    const { position } = await register('dazeshan');
    const units = async (login: Parameters<Product['as']>[0]): Promise<unknown> => [
      ...new Set(
        (await shownTo(await product.as(login), `?position=${position}`)).placeholders.map((row) => (row['unit'] as { id: string }).id),
      ),
    ];
    expect([
      await units('dazeshan-clerk'),
      await units('leader-dazeshan'),
      await units('inspector'),
      await units('water-clerk'),
    ]).toStrictEqual([['dazeshan'], ['dazeshan'], [], ['water']]);
    const first = await shownTo(office, '?limit=2');
    const rest = await shownTo(office, `?limit=2&after=${first.next ?? ''}`);
    const numbers = [...first.placeholders, ...rest.placeholders].map((row) => String(row['number']));
    expect(numbers).toStrictEqual([...numbers].sort().reverse());
    expect(new Set(numbers).size).toBe(4);
    expect((await shownTo(office, '?status=settled')).placeholders).toHaveLength(1);
  });
});
