import { DataSource } from 'typeorm';
import type { Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

type UnitAnswer = { id: string; name: string; path: string; status: string; mergedInto: string | null };
const PHONE = '13900001234';

describe('The organisation over HTTP', () => {
  let product: Product;
  let admin: Client;
  const unit = async (id: string): Promise<UnitAnswer | undefined> => {
    await product.settle();
    const { units } = (await admin.get<{ units: UnitAnswer[] }>('/api/units')).body;
    return units.find((u) => u.id === id);
  };

  beforeAll(async () => {
    product = await startProduct();
    admin = await product.as('admin');
  });
  afterAll(() => product?.close());

  it('establishes a unit, renames it and finds it by either name', async () => {
    const made = await admin.post('/api/admin/units', { id: 'liaolan', name: '蓼兰镇', kind: 'town', parentId: 'pd' });
    expect([made.status, made.headers['etag'], made.body['id']]).toStrictEqual([201, '"0"', 'liaolan']);
    expect((await admin.put('/api/admin/units/liaolan/name', { name: '蓼兰街道' })).body['revision']).toBe('1');
    expect(await unit('liaolan')).toMatchObject({ name: '蓼兰街道', path: 'pd/liaolan' });
    for (const name of ['蓼兰镇', '蓼兰街道', '平度市蓼兰']) {
      const found = await admin.get<{ units: UnitAnswer[] }>(`/api/units?name=${encodeURIComponent(name)}`);
      expect(found.body.units.map((u) => u.id)).toStrictEqual(['liaolan']);
    }
  });

  it('answers the same key with the first answer and makes nothing twice', async () => {
    const body = { name: '新河镇', kind: 'town', parentId: 'pd' };
    const first = await admin.post('/api/admin/units', body, { key: 'the-same-key-1' });
    const again = await admin.post('/api/admin/units', body, { key: 'the-same-key-1' });
    expect(again.body).toStrictEqual(first.body);
    const other = await admin.post('/api/admin/units', { ...body, name: '别的镇' }, { key: 'the-same-key-1' });
    expect(other.status).toBe(422);
  });

  it('refuses what does not fit, with a code, never with a 500', async () => {
    const refusals: [string, string, unknown, number, string][] = [
      ['POST', '/api/admin/units', { name: '某村', kind: 'village', parentId: 'nowhere' }, 409, 'unit-above-not-active'],
      ['POST', '/api/admin/units', { id: 'pd', name: '平度', kind: 'county', parentId: null }, 409, 'unit-exists'],
      ['POST', '/api/admin/units', { id: 'a/b', name: '某', kind: 'town', parentId: 'pd' }, 400, 'invalid'],
      ['POST', '/api/admin/units', { name: '某', kind: 'empire', parentId: 'pd' }, 400, 'invalid'],
      ['POST', '/api/admin/units', { name: '某', kind: 'town', parentId: 'pd', path: 'x' }, 400, 'invalid'],
      ['PUT', '/api/admin/units/dazeshan/parent', { parentId: 'dazeshan-beishuyuan' }, 409, 'unit-under-itself'],
      ['POST', '/api/admin/posts', { unitId: 'pd', title: '超级', roles: ['admin', 'office'] }, 409, 'post-roles-incompatible'],
      ['POST', '/api/admin/posts', { unitId: 'pd', title: '机器', roles: ['system'] }, 400, 'invalid'],
      ['POST', '/api/admin/posts/office/holdings', { personId: 'p-inspector' }, 409, 'post-held'],
      ['POST', '/api/admin/people/p-office/towns', { unitId: 'housing' }, 409, 'charge-not-a-town'],
      ['POST', '/api/admin/people/p-office/secondments', { fromUnit: 'pd', toUnit: 'pd', from: '2020-02-30' }, 400, 'invalid'],
      ['POST', '/api/admin/categories', { code: 'x', name: '照片', evidenceKinds: ['photo'] }, 409, 'category-proof-missing'],
      ['PUT', '/api/admin/categories/unheard-of', { name: 'x', parent: null, evidenceKinds: ['document'] }, 404, 'category-absent'],
    ];
    for (const [method, url, body, status, code] of refusals) {
      const answer = await admin.send(method, url, body);
      expect([url, answer.status, answer.body['code']]).toStrictEqual([url, status, code]);
    }
  });

  it('merges a town: its villages and posts go to the successor, its name stays in history (R14)', async () => {
    expect((await admin.put('/api/admin/units/jiudian/successor', { into: 'dazeshan' })).status).toBe(200);
    expect(await unit('jiudian')).toMatchObject({ name: '旧店镇', status: 'merged', mergedInto: 'dazeshan', path: 'pd/jiudian' });
    expect(await unit('jiudian-dongtaiping')).toMatchObject({ path: 'pd/dazeshan/jiudian-dongtaiping' });
    const clerk = await product.as('jiudian-clerk');
    expect((await clerk.get('/api/session')).body['acting']).toMatchObject({ unit: { id: 'dazeshan', name: '大泽山镇' } });
    const posts = await clerk.get<{ posts: { id: string }[] }>('/api/units/dazeshan/posts');
    expect(posts.body.posts.map((p) => p.id)).toContain('jiudian-clerk');
  });

  it('shows telephone numbers masked, keeps them sealed, and records who reads one in full', async () => {
    const made = await admin.post('/api/admin/people', { id: 'p-new', name: '周样一', phone: PHONE });
    expect(made.status).toBe(201);
    await product.settle();
    const people = await admin.get<{ people: { id: string; phoneMasked: string | null }[] }>('/api/admin/people');
    expect(people.body.people.find((p) => p.id === 'p-new')?.phoneMasked).toBe('139****1234');

    expect((await admin.post('/api/admin/people/p-new/phone-readings', { purpose: ' ' })).status).toBe(400);
    expect((await admin.post('/api/admin/people/nobody/phone-readings', { purpose: '联系本人' })).status).toBe(404);
    const read = await admin.post('/api/admin/people/p-new/phone-readings', { purpose: '联系本人' });
    expect([read.status, read.body]).toStrictEqual([201, { phone: PHONE }]);

    const database = product.app.get(DataSource);
    const tables = await database.query<{ name: string }[]>(`select tablename as name from pg_tables where schemaname = 'public'`);
    for (const { name } of tables) {
      const [hit] = await database.query<unknown[]>(`select 1 from "${name}" t where strpos(t::text, $1) > 0 limit 1`, [PHONE]);
      expect([name, hit]).toStrictEqual([name, undefined]);
    }
    const auditor = await product.as('auditor');
    const log = await auditor.get<{ entries: { kind: string; detail: object }[] }>('/api/security-log');
    expect(log.body.entries).toContainEqual(
      expect.objectContaining({ kind: 'read-in-full', personId: 'p-admin', detail: { subject: 'person-p-new', field: 'phone' } }),
    );
  });

  it('changes who answers for a category from a day on', async () => {
    const line = { unitId: 'water', duty: 'guides', from: '2020-08-01' };
    expect((await admin.post('/api/admin/categories/housing/departments', line)).status).toBe(201);
    await product.settle();
    const rule = async () => {
      const { categories } = (
        await admin.get<{ categories: { code: string; rule: { unitId: string; version: number } }[] }>('/api/categories')
      ).body;
      return categories.find((c) => c.code === 'housing')?.rule;
    };
    expect(await rule()).toMatchObject({ unitId: 'housing', version: 1 });
  });

  it('shows administrators who holds a post, fills in, is seconded or answers for a town, with the days', async () => {
    await admin.post('/api/admin/posts/jiudian-clerk/substitutes', { personId: 'p-new', from: '2020-08-01', to: '2020-08-31' });
    await admin.post('/api/admin/people/p-new/secondments', {
      fromUnit: 'housing',
      toUnit: 'office',
      from: '2020-07-10',
      to: '2020-12-31',
    });
    const last = await admin.post('/api/admin/people/p-new/towns', { unitId: 'dazeshan', from: '2020-07-10' });
    const own = { headers: { 'x-read-position': String(last.body['position']) } };
    const { posts } = (await admin.send<{ posts: { id: string; substitutions: object[] }[] }>('GET', '/api/admin/posts', undefined, own))
      .body;
    expect(posts.find((post) => post.id === 'jiudian-clerk')?.substitutions).toStrictEqual([
      { personId: 'p-new', from: '2020-08-01', to: '2020-08-31' },
    ]);
    const { people } = (await admin.get<{ people: { id: string; secondments: object[]; charges: object[] }[] }>('/api/admin/people')).body;
    expect(people.find((person) => person.id === 'p-new')).toMatchObject({
      secondments: [{ fromUnit: 'housing', toUnit: 'office', from: '2020-07-10', to: '2020-12-31' }],
      charges: [{ unitId: 'dazeshan', from: '2020-07-10', to: null }],
    });
    const { categories } = (
      await admin.get<{ categories: { code: string; lines: { version: number; from: string }[] }[] }>('/api/admin/categories')
    ).body;
    expect(categories.find((one) => one.code === 'housing')?.lines.at(-1)).toMatchObject({ version: 2, from: '2020-08-01' });
  });

  it('says what hangs on a unit before it is merged or dissolved', async () => {
    const answer = await admin.get('/api/admin/units/dazeshan/holdings');
    expect(answer.body).toStrictEqual({ openLegs: 0, unitsBelow: expect.any(Number), posts: expect.any(Number) });
    expect((await admin.get('/api/admin/units/nowhere/holdings')).status).toBe(404);
  });

  it('filters the log of the door by kind, person and day', async () => {
    const auditor = await product.as('auditor');
    type Log = { entries: { kind: string; personId: string | null; personName: string | null }[] };
    const asked = async (query: string): Promise<Log['entries']> => (await auditor.get<Log>(`/api/security-log?${query}`)).body.entries;
    const readings = await asked('kind=read-in-full&personId=p-admin');
    expect(readings.length).toBe(1);
    expect(readings.map(({ kind, personId }) => [kind, personId])).toStrictEqual([['read-in-full', 'p-admin']]);
    expect(await asked('kind=read-in-full&to=2019-12-31')).toStrictEqual([]);
    expect(await asked('from=9999-12-31&to=9999-12-31')).toStrictEqual([]);
    expect((await auditor.get('/api/security-log?kind=unheard-of')).status).toBe(400);
    expect((await auditor.get('/api/security-log?from=0000-01-01')).status).toBe(400);
  });

  it('is closed to everybody but administrators', async () => {
    for (const login of ['office', 'office-head', 'auditor', 'dazeshan-head', 'inspector'] as const) {
      const answer = await (await product.as(login)).post('/api/admin/units', { name: '某镇', kind: 'town', parentId: 'pd' });
      expect([login, answer.status, answer.body['code']]).toStrictEqual([login, 403, 'forbidden']);
    }
  });
});
