import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

const house = (townId: string) => ({
  place: { townId },
  subject: { kind: 'village', name: '北树园村' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
});
type Told = Readonly<{ text: string; town: Readonly<{ id: string }> }>;
type Person = Readonly<{ personId: string; name: string; phone: string | null }>;
type Overview = Readonly<{
  asOf: string;
  partial: boolean;
  remainder: number;
  segments: readonly Readonly<{ holder: string; figure: string; n: number }>[];
  beside: Readonly<{ untriaged: number }>;
  week: Readonly<{ new: number; cleared: number; net: number }>;
  serious: Readonly<{ total: number; rows: readonly Readonly<{ findingId: string; told: Told | null }>[] }>;
  untouched: readonly Readonly<{ findingId: string; unit: Readonly<{ id: string }>; leaders: readonly Person[]; person: Person | null }>[];
  upper: Readonly<{ total: number; rows: readonly Readonly<{ authority: string; batch: string; upperNumber: string; stage: string }>[] }>;
}>;
type Trend = Readonly<{ points: readonly Readonly<{ day: string; open: number; overdue: number }>[] }>;
type Comparison = Readonly<{
  before: number;
  after: number;
  difference: number;
  entered: number;
  left: number;
  rows: readonly Readonly<{ direction: string; findingId: string; reason: string; told: Told | null }>[];
  next: string | null;
}>;
type Board = Readonly<{
  rows: readonly Readonly<{ id: string; figures: Record<string, number>; peerGroup: string; peerRank: number | null }>[];
}>;

describe('The leaders’ pages over HTTP', () => {
  let product: Product;
  let office: Client;
  let filed: readonly string[];

  const ok = <T>(answer: Answer<T>): T => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body;
  };
  const read = async <T>(client: Client, path: string): Promise<T> => ok(await client.get<T>(`/api/clearance/${path}`));
  beforeAll(async () => {
    product = await startProduct();
    office = await product.as('office');
    const inspector = await product.as('inspector');
    const ids: string[] = [];
    for (const [town, seriousness] of [
      ['dazeshan', 'serious'],
      ['dazeshan', 'ordinary'],
      ['jiudian', 'ordinary'],
    ] as const) {
      const id = String(ok(await inspector.post('/api/findings', house(town)))['findingId']);
      ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness }));
      ok(await office.put(`/api/findings/${id}/transfer`, {}));
      ids.push(id);
    }
    filed = ids;
    const upper = { authority: '省委督查室', batch: '2020年第一批', number: '3-(2)①', due: '2020-12-31' };
    ok(await office.post('/api/findings', { ...house('dazeshan'), source: { kind: 'upper', name: '省级反馈' }, upper }));
    await product.settle();
  });
  afterAll(() => product?.close());

  it('show what remains, with whom it stands, and whom to call, with the number masked', async () => {
    const overview = await read<Overview>(office, 'overview');
    const { partial, remainder, segments, beside, week, serious, untouched, upper } = overview;
    expect([partial, remainder, beside.untriaged]).toStrictEqual([false, 3, 1]);
    expect(segments.filter(({ n }) => n > 0)).toStrictEqual([{ holder: 'towns', figure: 'townUnsigned', n: 3 }]);
    expect([week.new, week.cleared, week.net]).toStrictEqual([3, 0, 3]);
    expect([serious.total, serious.rows.map((row) => [row.findingId, row.told?.town.id])]).toStrictEqual([1, [[filed[0], 'dazeshan']]]);
    expect(untouched).toHaveLength(6);
    const [first] = untouched.filter(({ unit }) => unit.id === 'dazeshan');
    expect(first).toMatchObject({
      findingId: filed[0],
      leaders: [{ name: '包镇领导' }],
      person: { personId: 'p-dazeshan-head', name: '大泽山镇长', phone: null },
    });
    const waiting = { authority: '省委督查室', batch: '2020年第一批', upperNumber: '3-(2)①', stage: 'untriaged' };
    expect([upper.total, upper.rows]).toMatchObject([1, [waiting]]);
    for (const { figure, n } of segments) {
      const behind = await read<Readonly<{ total: number }>>(office, `list?scope=county&id=all&figure=${figure}&limit=1`);
      expect([figure, behind.total]).toStrictEqual([figure, n]);
    }
    const early = await read<Overview>(office, 'overview?asOf=2020-07-03');
    expect([early.remainder, early.untouched, early.upper.rows]).toStrictEqual([0, [], []]);
  });

  it('show today and days gone by, and refuse days that no record reaches', async () => {
    expect((await office.get('/api/clearance/overview?asOf=2020-07-03')).status).toBe(200);
    for (const day of ['2020-07-07', '9999-12-31', '1019-01-01']) {
      const { status, body } = await office.get(`/api/clearance/overview?asOf=${day}`);
      expect([day, status, body['code']]).toStrictEqual([day, 400, 'day-out-of-range']);
    }
  });

  it('name the row of a number and tell the findings behind it', async () => {
    type Behind = Readonly<{ name: string | null; total: number; rows: readonly Readonly<{ findingId: string; told: Told | null }>[] }>;
    const behind = await read<Behind>(office, 'list?scope=town&id=dazeshan&figure=open');
    expect([behind.name, behind.total]).toStrictEqual(['大泽山镇', 2]);
    expect(behind.rows.map(({ findingId, told }) => [findingId, told?.town.id])).toStrictEqual([
      [filed[0], 'dazeshan'],
      [filed[1], 'dazeshan'],
    ]);
    expect((await read<Behind>(office, 'list?scope=category&id=housing&figure=open')).name).toBe('住房安全');
    expect((await read<Behind>(office, 'list?scope=county&id=all&figure=dueToday')).total).toBe(0);
    const { week } = await read<Overview>(office, 'overview');
    const came = await read<Comparison>(office, 'comparison?scope=county&id=all&figure=cameToClear&from=2020-07-01');
    expect([came.difference, came.entered]).toStrictEqual([week.new, week.new]);
  });

  it('show a leader their towns, a unit its own part, and nobody what is not theirs', async () => {
    const leader = await read<Overview>(await product.as('leader-dazeshan'), 'overview');
    expect([leader.partial, leader.remainder, leader.beside.untriaged, leader.upper.total]).toStrictEqual([true, 2, 1, 1]);
    const town = await read<Overview>(await product.as('jiudian-clerk'), 'overview');
    expect([town.partial, town.remainder, town.beside.untriaged, town.serious.total]).toStrictEqual([true, 1, 0, 0]);
    expect(town.untouched.map(({ findingId, unit }) => [findingId, unit.id])).toStrictEqual([[filed[2], 'jiudian']]);
    expect((await (await product.as('admin')).get('/api/clearance/overview')).status).toBe(403);
    const jiudian = await product.as('jiudian-clerk');
    for (const path of ['trend?scope=town&id=dazeshan', 'comparison?scope=town&id=dazeshan&figure=open&from=2020-07-01']) {
      expect((await jiudian.get(`/api/clearance/${path}`)).status).toBe(404);
    }
  });

  it('draw the days up to today as the board says of each, and refuse a line of too many points', async () => {
    const { points } = await read<Trend>(office, 'trend?scope=county&id=all');
    expect(points).toHaveLength(30);
    for (const { day, open, overdue } of points.slice(-3)) {
      const { rows } = await read<Board>(office, `board?scope=county&asOf=${day}`);
      expect([day, open, overdue]).toStrictEqual([day, rows[0]?.figures['open'], rows[0]?.figures['overdue']]);
    }
    const refused = await office.get<Readonly<{ code: string }>>('/api/clearance/trend?scope=county&id=all&from=2019-01-01&to=2020-07-01');
    expect([refused.status, refused.body.code]).toStrictEqual([400, 'too-many-points']);
    expect((await office.get('/api/clearance/trend?scope=county&id=all&from=2020-07-02&to=2020-07-01')).status).toBe(400);
  });

  it('name the findings that moved a number, by pages', async () => {
    const path = 'comparison?scope=county&id=all&figure=open&from=2020-07-01&limit=2';
    const first = await read<Comparison>(office, path);
    expect([first.before, first.after, first.difference, first.entered, first.left]).toStrictEqual([0, 3, 3, 3, 0]);
    const second = await read<Comparison>(office, `${path}&cursor=${first.next ?? ''}`);
    expect([...first.rows, ...second.rows].map(({ findingId, direction, reason }) => [findingId, direction, reason])).toStrictEqual(
      filed.map((id) => [id, 'entered', 'filed']),
    );
    expect([first.rows[0]?.told?.town.id, second.next]).toStrictEqual(['dazeshan', null]);
    for (const query of ['figure=open&from=2999-01-01', 'figure=open&from=2020-07-01&cursor=nonsense', 'figure=open']) {
      expect((await office.get(`/api/clearance/comparison?scope=county&id=all&${query}`)).status).toBe(400);
    }
    expect((await office.get('/api/clearance/comparison?scope=county&id=all&figure=unheardOf&from=2020-07-01')).status).toBe(404);
  });

  it('compare units with their like, without a place below ten (R36)', async () => {
    const towns = await read<Board>(office, 'board?scope=town');
    expect(towns.rows.map(({ id, peerGroup, peerRank }) => [id, peerGroup, peerRank])).toStrictEqual([
      ['dazeshan', 'town', null],
      ['jiudian', 'town', null],
    ]);
    const departments = await read<Board>(office, 'board?scope=department&under=housing');
    expect(departments.rows.map(({ id, peerGroup }) => [id, peerGroup])).toStrictEqual([['housing', 'department']]);
  });

  it('let a leader read a number in full, and keep the reading', async () => {
    const leader = await product.as('leader-dazeshan');
    const answer = await leader.post('/api/admin/people/p-dazeshan-head/phone-readings', { purpose: '催办' });
    expect([answer.status, answer.body]).toStrictEqual([201, { phone: null }]);
  });
});
