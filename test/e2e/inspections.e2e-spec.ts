import type { Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

const VILLAGE = 'dazeshan-beishuyuan';
const ELSEWHERE = 'jiudian-dongtaiping';

const plan = (over: Readonly<Record<string, unknown>> = {}) => ({
  teamId: 'team-1',
  members: ['p-inspector', 'p-team-head'],
  villages: [VILLAGE, ELSEWHERE],
  from: '2020-07-06',
  to: '2020-07-08',
  source: { kind: 'inspection', name: '脱贫攻坚督查' },
  manner: 'unannounced',
  ...over,
});
const finding = (over: Readonly<Record<string, unknown>> = {}) => ({
  place: { townId: 'dazeshan', villageId: VILLAGE },
  subject: { kind: 'household', name: '周样一', phone: '13900001234' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
  manner: 'unannounced',
  ...over,
});

type Page = { inspections: { inspectionId: string; villages: { id: string }[]; members: unknown[]; note: string | null; state: string }[] };

describe('An inspection', () => {
  let product: Product;
  let inspector: Client, head: Client, office: Client, town: Client;
  let id: string;

  const listed = async (who: Client): Promise<Page['inspections']> => (await who.get<Page>('/api/inspections?of=all')).body.inspections;

  beforeAll(async () => {
    product = await startProduct();
    [inspector, head, office, town] = await Promise.all([
      product.as('inspector'),
      product.as('team-head'),
      product.as('office'),
      product.as('dazeshan-clerk'),
    ]);
  });
  afterAll(() => product?.close());

  it('is planned by the head for the own team, and by the office for any', async () => {
    const planned = await head.post('/api/inspections', plan({ note: '先到村部对面' }));
    expect([planned.status, planned.body['changed']]).toStrictEqual([201, true]);
    id = String(planned.body['inspectionId']);
    const foreign = await head.post('/api/inspections', plan({ teamId: 'team-2', members: ['p-inspector-2'] }));
    expect([foreign.status, foreign.body['code']]).toStrictEqual([403, 'inspection-not-yours']);
    expect((await office.post('/api/inspections', plan({ teamId: 'team-2', members: ['p-inspector-2'] }))).status).toBe(201);
    expect((await inspector.post('/api/inspections', plan())).status).toBe(403);
    await product.settle();
  });

  it('names only people who go out, villages and teams that are there', async () => {
    const code = async (over: Readonly<Record<string, unknown>>) => (await head.post('/api/inspections', plan(over))).body['code'];
    expect(await code({ members: ['p-dazeshan-clerk'] })).toBe('inspection-member-unknown');
    expect(await code({ villages: ['dazeshan'] })).toBe('inspection-village-unknown');
    expect(await code({ teamId: 'housing' })).toBe('inspection-team-unknown');
    expect(await code({ to: '2020-07-05' })).toBe('inspection-days-invalid');
  });

  it('fills in where the inspector is today and what is known of the village', async () => {
    expect((await inspector.post('/api/findings', finding())).status).toBe(201);
    await product.settle();
    const { body } = await inspector.get<{ task: { inspectionId: string; manner: string }; villages: unknown[] }>('/api/inspections/today');
    expect([body.task.inspectionId, body.task.manner]).toStrictEqual([id, 'unannounced']);
    expect(body.villages).toStrictEqual([
      { id: VILLAGE, name: '北树园村', townId: 'dazeshan', townName: '大泽山镇', openCount: 1, toVerifyToday: 0, lastVisit: '2020-07-06' },
      { id: ELSEWHERE, name: '东太平村', townId: 'jiudian', townName: '旧店镇', openCount: 0, toVerifyToday: 0, lastVisit: null },
    ]);
    const other = await product.as('inspector-b');
    expect((await other.get('/api/inspections/today')).body['task']).toBeNull();
  });

  it('is seen by the team and the office, and not by who is inspected before it is over (四不两直)', async () => {
    for (const login of ['inspector', 'inspector-b', 'office', 'auditor'] as const) {
      expect([login, (await (await product.as(login)).get(`/api/inspections/${id}`)).status]).toStrictEqual([login, 200]);
    }
    const outside = ['dazeshan-clerk', 'dazeshan-head', 'leader-dazeshan', 'inspector-2', 'housing-clerk', 'verifier'] as const;
    for (const login of outside) {
      const who = await product.as(login);
      const seen = await listed(who);
      const one = await who.get(`/api/inspections/${id}`);
      expect([login, one.status, one.body['code'], seen.some((task) => task.inspectionId === id)]).toStrictEqual([
        login,
        404,
        'not-found',
        false,
      ]);
    }
  });

  it('is changed as a whole, on the revision that was seen', async () => {
    const { headers } = await head.get(`/api/inspections/${id}`);
    const longer = plan({ to: '2020-07-10', note: '先到村部对面' });
    const changed = await head.put(`/api/inspections/${id}`, longer, { seen: String(headers['etag']) });
    expect([changed.status, changed.body['changed']]).toStrictEqual([200, true]);
    const stale = await office.put(`/api/inspections/${id}`, plan({ to: '2020-07-11' }), { seen: String(headers['etag']) });
    expect([stale.status, stale.body['code']]).toStrictEqual([412, 'changed-since']);
    expect((await head.put(`/api/inspections/${id}`, longer)).body['changed']).toBe(false);
    await product.settle();
    expect((await head.get(`/api/inspections/${id}`)).body['to']).toBe('2020-07-10');
  });

  it('shows, once it is ended, that it took place: to a town its own villages, and no names', async () => {
    expect((await inspector.put(`/api/inspections/${id}/end`)).status).toBe(403);
    expect((await head.put(`/api/inspections/${id}/end`, { reason: '提前完成' })).status).toBe(200);
    await product.settle();
    const seen = await town.get<Page['inspections'][number]>(`/api/inspections/${id}`);
    expect(seen.status).toBe(200);
    const { villages, members, note, state } = seen.body;
    expect([villages.map((village) => village.id), members, note, state]).toStrictEqual([[VILLAGE], [], null, 'over']);
    expect((await inspector.get('/api/inspections/today')).body['task']).toBeNull();
    const late = await head.put(`/api/inspections/${id}`, plan());
    expect([late.status, late.body['code']]).toStrictEqual([409, 'inspection-over']);
    expect((await (await product.as('housing-clerk')).get(`/api/inspections/${id}`)).status).toBe(404);
  });

  it('is read page by page, one’s own alone or all one may know of', async () => {
    const first = await office.get<Page & { next: string }>('/api/inspections?of=all&limit=2');
    const second = await office.get<Page & { next: string | null }>(`/api/inspections?of=all&limit=2&cursor=${first.body.next}`);
    const ids = [...first.body.inspections, ...second.body.inspections].map((task) => task.inspectionId);
    expect([ids.length, new Set(ids).size, second.body.next]).toStrictEqual([2, 2, null]);
    const mine = await office.get<Page>('/api/inspections?of=mine');
    expect(mine.body.inspections).toStrictEqual([]);
  });

  it('is over by itself after its last day', async () => {
    const planned = await head.post('/api/inspections', plan({ to: '2020-07-06' }));
    const short = String(planned.body['inspectionId']);
    await product.settle();
    expect((await town.get(`/api/inspections/${short}`)).status).toBe(404);
    product.clock.nextDay();
    const later = await product.as('dazeshan-deputy');
    expect((await later.get(`/api/inspections/${short}`)).body['state']).toBe('over');
  });
});
