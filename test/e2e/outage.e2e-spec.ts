import { EvidenceStore } from '@app/evidence';
import { EventStore, StoreUnavailable } from '@app/event-store';
import { flakyProxy, waitUntil, type FlakyProxy } from '@app/testing';
import { Routes } from '../../apps/api/src/security/routes';
import { byAppendAlone } from '../support/by-append-alone';
import type { Answer, Client } from '../support/client';
import { HOUSE } from '../support/county-work';
import { PIXEL } from '../support/finding-acts';
import { startProduct, type Product } from '../support/product';
import { TABLE } from './authorisation-matrix.table';

const UNKNOWN = '7b1c9f0e-1111-4222-8333-444455556666';
const addressOf = (path: string): string => `/api${path.replace(/:(\w+)/g, (_, name: string) => (name === 'year' ? '2020' : UNKNOWN))}`;

const bodyFor = (method: string, path: string): object => TABLE[`${method} ${path}`]?.body ?? {};

describe('The api while its database is away', () => {
  let product: Product;
  let way: FlakyProxy;
  let office: Client;
  beforeAll(async () => {
    product = await startProduct({
      through: async (url) => {
        way = await flakyProxy(url);
        return way.url;
      },
    });
    office = await product.as('office');
  });
  afterAll(async () => {
    await product?.close();
    await way?.close();
  });

  it('says 503 with Retry-After on every route, lives, and works again afterwards', async () => {
    way.cut();
    const said: Record<string, unknown> = {};
    const routes = product.app.get(Routes).all();
    for (const { method, path } of routes) {
      const body = path === '/session' ? { login: 'office', password: 'whatever-it-is' } : bodyFor(method, path);
      const answer = await office.send(method, addressOf(path), method === 'GET' ? undefined : body);
      said[`${method} ${path}`] = [
        answer.status,
        answer.headers['retry-after'],
        (answer.body as Readonly<Record<string, unknown>> | null)?.['code'],
      ];
    }
    expect(said).toStrictEqual({
      ...Object.fromEntries(routes.map(({ method, path }) => [`${method} ${path}`, [503, '5', 'unavailable']])),
      'GET /health': [200, undefined, undefined],
      'GET /metrics': [200, undefined, undefined],
      'GET /health/ready': [503, '5', undefined],
    });
    way.mend();
    await waitUntil(async () => (await office.get('/api/units')).status === 200, { what: 'the api to work again' });
  });

  it('says in both languages that the disk is full, keeps nothing, and stores once when it is sent again', async () => {
    const inspector = await product.as('inspector');
    const [store, files] = [byAppendAlone(product.app.get(EventStore)), product.app.get(EvidenceStore)];
    const refusal = (answer: Answer): unknown => [answer.status, answer.headers['retry-after'], answer.body['code']];
    const photo = { name: '现场.png', type: 'image/png', content: PIXEL };

    const noRoom = Object.assign(new Error('could not extend file'), { code: '53100' });
    const append = jest.spyOn(store, 'append').mockRejectedValue(new StoreUnavailable('it did not answer', { cause: noRoom }));
    const refused = await inspector.post('/api/findings', HOUSE, { key: 'filed-on-a-full-disk' });
    append.mockRestore();
    expect(refusal(refused)).toStrictEqual([503, '30', 'disk-full']);
    expect(refused.body).toMatchObject({
      zh: expect.stringContaining('存储空间已满') as unknown,
      en: expect.stringContaining('disk is full') as unknown,
    });
    const filed = await inspector.post('/api/findings', HOUSE, { key: 'filed-on-a-full-disk' });
    expect([filed.status, filed.body['revision']]).toStrictEqual([201, '0']);

    const proving = [
      `/api/findings/${String(filed.body['findingId'])}/evidence`,
      { phase: 'before' },
      photo,
      { key: 'proved-on-a-full-disk' },
    ] as const;
    const put = jest.spyOn(files, 'put').mockRejectedValue(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    const unproved = await inspector.upload(...proving);
    put.mockRestore();
    expect(refusal(unproved)).toStrictEqual([503, '30', 'disk-full']);
    expect((await inspector.upload(...proving)).status).toBe(201);
  });
});

describe('The api while its event store is away', () => {
  let product: Product;
  let way: FlakyProxy;
  let inspector: Client;
  beforeAll(async () => {
    product = await startProduct({
      throughEventStore: async (url) => {
        way = await flakyProxy(url);
        return way.url;
      },
    });
    inspector = await product.as('inspector');
  });
  afterAll(async () => {
    await product?.close();
    await way?.close();
  });

  const house = {
    place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
    subject: { kind: 'household', name: '王大海', idNumber: '370283195001011234' },
    category: 'housing',
    text: '房屋鉴定为 C 级，尚未改造。',
  };
  const listed = async (): Promise<number> => (await inspector.get<{ findings: unknown[] }>('/api/findings')).body.findings.length;
  const metric = async (name: string): Promise<string | undefined> =>
    (await product.anonymous.get('/api/metrics')).text.split('\n').find((line) => line.startsWith(name));

  it('goes on showing, says 503 to what would be stored, and stores it once when it is sent again', async () => {
    const first = await inspector.post('/api/findings', house);
    expect(first.status).toBe(201);
    await product.settle();
    way.cut();
    const refused = await inspector.post('/api/findings', house, { key: 'a-filing-without-store' });
    expect([refused.status, refused.headers['retry-after'], refused.body['code']]).toStrictEqual([503, '5', 'unavailable']);
    expect(await listed()).toBe(1);
    expect((await product.anonymous.get('/api/health')).status).toBe(200);
    const ready = await product.anonymous.get('/api/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { eventStore: { status: 'down' }, readStore: { status: 'up' } } });
    expect(await metric('qingling_store_up{store="events"}')).toBe('qingling_store_up{store="events"} 0');
    way.mend();
    await waitUntil(async () => (await product.anonymous.get('/api/health/ready')).status === 200, { what: 'the event store to be back' });
    const filed = await inspector.post('/api/findings', house, { key: 'a-filing-without-store' });
    expect(filed.status).toBe(201);
    await waitUntil(async () => (await listed()) === 2, { what: 'the read models to go on' });
    expect(await metric('qingling_store_up{store="events"}')).toBe('qingling_store_up{store="events"} 1');
  });

  it('answers on every route what it would have answered, or 503 with Retry-After', async () => {
    const office = await product.as('office');
    const routes = product.app
      .get(Routes)
      .all()
      .filter(({ method, path }) => !path.startsWith('/session') && !(method === 'GET' && path === '/events/stream'));
    const ask = async ({ method, path }: (typeof routes)[number]): Promise<readonly [string, unknown]> => {
      const { status, headers, body } = await office.send(method, addressOf(path), method === 'GET' ? undefined : bodyFor(method, path));
      const { code } = (body ?? {}) as Readonly<Record<string, unknown>>;
      return [`${method} ${path}`, status === 503 ? [status, headers['retry-after'], code] : status];
    };
    /** A few at a time: what waits for the event store must not wait for a connection to the database as well. */
    const askAll = async (): Promise<readonly (readonly [string, unknown])[]> => {
      const said: (readonly [string, unknown])[] = [];
      for (let i = 0; i < routes.length; i += 8) said.push(...(await Promise.all(routes.slice(i, i + 8).map(ask))));
      return said;
    };
    const before = new Map(await askAll());
    way.cut();
    const during = await askAll();
    way.mend();
    const changed = during.filter(([route, said]) => said !== before.get(route));
    expect(Object.fromEntries(changed)).toStrictEqual({
      ...Object.fromEntries(changed.map(([route]) => [route, [503, '5', 'unavailable']])),
      'GET /health/ready': [503, '5', undefined],
    });
    expect(changed.map(([route]) => route)).toEqual(
      expect.arrayContaining(['PUT /findings/:id/acceptance', 'PUT /findings/:id/clearance']),
    );
  });
});
