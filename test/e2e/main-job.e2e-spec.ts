import { startProduct, type Product } from '../support/product';

describe('The main job over HTTP', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.close());

  const house = {
    place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
    subject: { kind: 'household', name: '王大海', idNumber: '370283195001011234', phone: '13800005678' },
    category: 'housing',
    text: '房屋鉴定为 C 级，尚未改造。',
  };

  it('files with place, subject, category and one sentence', async () => {
    const inspector = await product.as('inspector');
    const filed = await inspector.post('/api/findings', house);
    expect([filed.status, filed.body['number'], filed.body['revision']]).toStrictEqual([201, 'QL-2020-000001', '0']);
  });
});
