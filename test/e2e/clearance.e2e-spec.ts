import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

const house = (townId: string) => ({
  place: { townId },
  subject: { kind: 'village', name: '北树园村' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
});
type Row = Readonly<{ id: string; name: string | null; figures: Record<string, number>; zeros: unknown[]; nothingFiled: boolean }>;
type Board = Readonly<{ rows: readonly Row[]; partial: boolean; footnote: unknown }>;
type Page = Readonly<{ total: number; rows: readonly Readonly<{ findingId: string; legId: string | null }>[]; next: string | null }>;

describe('Clearance over HTTP', () => {
  let product: Product;
  let office: Client;
  let filed: readonly string[];

  const ok = <T>(answer: Answer<T>): T => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body;
  };
  beforeAll(async () => {
    product = await startProduct();
    office = await product.as('office');
    const inspector = await product.as('inspector');
    const ids: string[] = [];
    for (const town of ['dazeshan', 'dazeshan', 'jiudian']) {
      const id = String(ok(await inspector.post('/api/findings', house(town)))['findingId']);
      ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
      ok(await office.put(`/api/findings/${id}/transfer`, {}));
      ids.push(id);
    }
    filed = ids;
    ok(await inspector.post('/api/findings', house('jiudian')));
    await product.settle();
  });
  afterAll(() => product?.close());

  const board = async (client: Client, query: string): Promise<Board> => ok(await client.get<Board>(`/api/clearance/board?${query}`));
  const list = (client: Client, query: string): Promise<Answer<Page>> => client.get<Page>(`/api/clearance/list?${query}`);

  it('counts findings for the county and legs for towns and departments, with a footnote', async () => {
    const county = await board(office, 'scope=county');
    expect(county.rows.map(({ figures: { found, untriaged, toClear, open } }) => [found, untriaged, toClear, open])).toStrictEqual([
      [4, 1, 3, 3],
    ]);
    expect(county.footnote).toStrictEqual({ townLegs: 3, departmentLegs: 3, findings: 3 });
    expect((await board(office, 'scope=category')).rows.map((row) => [row.id, row.name])).toStrictEqual([['housing', '住房安全']]);
    const towns = await board(office, 'scope=town');
    expect(towns.rows.map(({ name, figures: { owed, waiting } }) => [name, owed, waiting])).toStrictEqual([
      ['大泽山镇', 2, 0],
      ['旧店镇', 1, 1],
    ]);
    const departments = await board(office, 'scope=department&under=housing');
    expect(departments.rows.map(({ id, figures }) => [id, figures['owed']])).toStrictEqual([['housing', 3]]);
    const water = (await board(office, 'scope=department&under=water')).rows.map((row) => [row.nothingFiled, row.zeros]);
    expect(water).toStrictEqual([[true, []]]);
  });

  it('opens the list behind a number, by pages, as long as the number', async () => {
    const first = ok(await list(office, 'scope=county&id=all&figure=open&limit=2'));
    expect([first.total, first.rows.map((row) => row.findingId)]).toStrictEqual([3, filed.slice(0, 2)]);
    const second = ok(await list(office, `scope=county&id=all&figure=open&limit=2&cursor=${first.next ?? ''}`));
    expect([second.total, second.rows.map((row) => row.findingId), second.next]).toStrictEqual([3, filed.slice(2), null]);
    const legs = ok(await list(office, 'scope=town&id=dazeshan&figure=owed'));
    expect([legs.total, legs.rows.map((row) => row.findingId)]).toStrictEqual([2, filed.slice(0, 2)]);
  });

  it('shows units their own subtree, leaders their towns, and nobody else’s numbers', async () => {
    const [town, leader, housing] = [
      await product.as('dazeshan-clerk'),
      await product.as('leader-dazeshan'),
      await product.as('housing-clerk'),
    ];
    for (const client of [town, leader]) {
      const own = await board(client, 'scope=town');
      const footnote = { townLegs: 2, departmentLegs: 0, findings: 2 };
      expect([own.rows.map((row) => row.id), own.partial, own.footnote]).toStrictEqual([['dazeshan'], true, footnote]);
      const part = await board(client, 'scope=county');
      expect([part.rows.map(({ figures: { found, open } }) => [found, open]), part.partial]).toStrictEqual([[[2, 2]], true]);
      expect((await list(client, 'scope=county&id=all&figure=open')).body.rows.map((row) => row.findingId)).toStrictEqual(
        filed.slice(0, 2),
      );
      expect((await board(client, 'scope=category')).rows).toStrictEqual([]);
      expect((await list(client, 'scope=town&id=dazeshan&figure=owed')).body.total).toBe(2);
      expect((await list(client, 'scope=town&id=jiudian&figure=owed')).status).toBe(404);
      expect((await list(client, 'scope=category&id=housing&figure=open')).status).toBe(404);
    }
    expect((await board(housing, 'scope=town')).rows).toStrictEqual([]);
    expect((await board(housing, 'scope=department')).rows.map((row) => row.id)).toStrictEqual(['housing']);
    expect((await town.get('/api/clearance/office')).status).toBe(403);
    expect(ok(await office.get('/api/clearance/office'))).toMatchObject({ triage: 1, triageOverdue: 0, review: 0 });
    expect((await (await product.as('admin')).get('/api/clearance/board?scope=county')).status).toBe(403);
  });

  it('says whose days it counts by: recorded ones unless asked for business dates', async () => {
    for (const [asked, basis] of [
      ['', 'recorded'],
      ['&basis=recorded', 'recorded'],
      ['&basis=business', 'business'],
    ] as const) {
      const answers = [
        ok(await office.get(`/api/clearance/board?scope=county${asked}`)),
        ok(await list(office, `scope=county&id=all&figure=open${asked}`)),
      ];
      expect(answers).toMatchObject([
        { basis, rows: [{ figures: { found: 4, open: 3 } }] },
        { basis, total: 3 },
      ]);
    }
    expect((await office.get('/api/clearance/board?scope=county&basis=claimed')).status).toBe(400);
  });

  it('answers for a day gone by as it was then, and says what is wrong with a question', async () => {
    expect((await board(office, 'scope=county&asOf=2020-07-05')).rows.map((row) => [row.figures['found'], row.nothingFiled])).toStrictEqual(
      [[0, true]],
    );
    const statuses = await Promise.all(
      [
        'board?scope=village',
        'board?scope=county&asOf=2020-07-05&from=2020-07-06',
        'board?scope=county&asOf=yesterday',
        'list?scope=county&id=all&figure=open&cursor=nonsense',
        'list?scope=county&id=all&figure=no-such',
      ].map(async (query) => (await office.get(`/api/clearance/${query}`)).status),
    );
    expect(statuses).toStrictEqual([400, 400, 400, 400, 400]);
    expect((await list(office, 'scope=county&id=all&figure=unheardOf')).status).toBe(404);
  });
});
