import sharp from 'sharp';
import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

const ok = <T>(answer: Answer<T>): Answer<T> => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer;
};
const tagOf = (answer: Answer): string => String(answer.headers['etag']);
const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'green' } })
    .jpeg()
    .toBuffer();

describe('What a town found itself, over HTTP', () => {
  let product: Product;
  let office: Client, clerk: Client, deputy: Client, head: Client;
  beforeAll(async () => {
    product = await startProduct();
    [office, clerk, deputy, head] = (await Promise.all(
      (['office', 'dazeshan-clerk', 'dazeshan-deputy', 'dazeshan-head'] as const).map(product.as),
    )) as [Client, Client, Client, Client];
  });
  afterAll(() => product?.close());

  it('is reviewed by the head of the town who had no hand in it, and cleared by the county (R10)', async () => {
    const filed = await clerk.post('/api/findings', {
      place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
      subject: { kind: 'village', name: '北树园村' },
      category: 'archives',
      text: '档案盒缺目录。',
      manner: 'documents',
    });
    const id = String(ok(filed).body['findingId']);
    const at = `/api/findings/${id}`;
    ok(await office.put(`${at}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    ok(await office.put(`${at}/transfer`, { singleLegBecause: '镇街自查，无行业部门' }));
    ok(await clerk.put(`${at}/legs/T/receipt`));
    const file = { name: '整改后.jpg', type: 'image/jpeg', content: await photo() };
    const evidence = ok(await clerk.upload(`${at}/evidence`, { phase: 'after', legId: 'T' }, file)).body['evidenceId'];
    const report = { text: '已补目录', measures: '补录', effect: '齐全', completedOn: '2020-07-06', evidence: [evidence] };
    ok(await clerk.put(`${at}/legs/T/report`, report));
    ok(await head.put(`${at}/legs/T/first-review`, { passed: true }));
    const signed = tagOf(ok(await deputy.put(`${at}/legs/T/signature`, {})));
    await product.settle();
    const work = async (client: Client): Promise<readonly string[]> =>
      ok(await client.get<{ entries: readonly { work: string; findingId: string }[] }>('/api/inbox'))
        .body.entries.filter((entry) => entry.findingId === id)
        .map((entry) => entry.work);
    expect([await work(head), await work(office)]).toStrictEqual([['review'], []]);

    const review = { result: 'passed', text: '目录齐全' };
    const own = await deputy.put(`${at}/legs/T/review`, review, { seen: signed });
    expect([own.status, own.body['code']]).toStrictEqual([403, 'rectifier-may-not-review']);
    const passed = tagOf(ok(await head.put(`${at}/legs/T/review`, review, { seen: signed })));
    await product.settle();
    expect([await work(head), await work(office)]).toStrictEqual([[], ['clear']]);
    expect((await head.put(`${at}/clearance`, { text: '同意' }, { seen: passed })).status).toBe(403);
    ok(await office.put(`${at}/clearance`, { text: '同意销号' }, { seen: passed }));
  });
});
