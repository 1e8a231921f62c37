import { FirstAdministrator } from '@app/identity';
import type { UnitId } from '@app/kernel';
import { Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

describe('The first administrator of an empty instance', () => {
  let product: Product;
  const request = { countyName: '平度市', countyId: 'pd' as UnitId, personName: '周样一', login: 'root.admin' };
  beforeAll(async () => {
    product = await startProduct({ county: false });
  });
  afterAll(() => product?.close());

  it('signs in with the one-time password, replaces it and sets up the rest', async () => {
    const { login, password } = await product.app.get(FirstAdministrator).create(request);
    await product.settle();
    const admin = new Client(product.app);
    await admin.signIn(login, password);
    expect((await admin.put('/api/account/password', { present: password, wanted: 'lotus-rain-42-river' })).status).toBe(204);
    expect((await admin.get('/api/session')).body).toMatchObject({
      person: { name: '周样一' },
      acting: { roles: ['admin'], unit: { id: 'pd' } },
    });
    const office = await admin.post('/api/admin/units', { id: 'office', name: '督查办', kind: 'office', parentId: 'pd' });
    expect(office.status).toBe(201);
  });

  it('is made once', async () => {
    const again = product.app.get(FirstAdministrator).create({ ...request, login: 'another.admin' });
    await expect(again).rejects.toMatchObject({ code: 'first-administrator-exists' });
  });
});
