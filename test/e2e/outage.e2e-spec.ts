import { flakyProxy, waitUntil, type FlakyProxy } from '@app/testing';
import { Routes } from '../../apps/api/src/security/routes';
import type { Client } from '../support/client';
import { startProduct, type Product } from '../support/product';
import { TABLE } from './authorisation-matrix.table';

const UNKNOWN = '7b1c9f0e-1111-4222-8333-444455556666';
const addressOf = (path: string): string => `/api${path.replace(/:(\w+)/g, (_, name: string) => (name === 'year' ? '2020' : UNKNOWN))}`;

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
      const body = path === '/session' ? { login: 'office', password: 'whatever-it-is' } : (TABLE[`${method} ${path}`]?.body ?? {});
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
});
