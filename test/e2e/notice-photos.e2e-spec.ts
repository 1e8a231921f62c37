import { rm } from 'node:fs/promises';
import { EvidenceStore } from '@app/evidence';
import type { FileHash } from '@app/kernel';
import type { Answer, Client } from '../support/client';
import { CountyWork, ok, photoOf } from '../support/county-work';
import { startProduct, type Product } from '../support/product';

const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];

describe('The annex of a notice 佐证照片附页, over HTTP', () => {
  let product: Product;
  let office: Client, town: Client;
  let roof: string;
  beforeAll(async () => {
    product = await startProduct();
    const work = new CountyWork(product);
    [office, town] = [await product.as('office'), await product.as('dazeshan-clerk')];
    roof = await work.handToTown(await work.file());
    await product.settle();
  });
  afterAll(() => product?.close());

  const request = (over: object): object => ({ kind: 'assignment', unitId: 'dazeshan', legs: [{ findingId: roof, legId: 'T' }], ...over });

  it('carries the photos that were chosen on an annex, in the same bytes also when one is taken away, and a frame when it is destroyed', async () => {
    const prove = async (by: Client, background: string, phase: string): Promise<Readonly<{ evidenceId: string; hash: string }>> => {
      const photo = { name: '现场.jpg', type: 'image/jpeg', content: await photoOf(background) };
      return ok(await by.upload(`/api/findings/${roof}/evidence`, { phase, legId: 'T' }, photo));
    };
    const [before, after, paper] = [
      await prove(town, 'red', 'before'),
      await prove(town, 'blue', 'after'),
      await prove(town, 'grey', 'document'),
    ];
    const chosen = (...of: readonly { evidenceId: string }[]): object => ({
      photos: of.map(({ evidenceId }) => ({ findingId: roof, evidenceId })),
    });
    const preview = ok(await office.post<{ html: string }>('/api/notices/preview', request(chosen(before, after))));
    expect(preview.html.match(/<img src="data:image\/jpeg/g)).toHaveLength(2);
    expect(codeOf(await office.post('/api/notices', request(chosen(paper))))).toStrictEqual([422, 'notice-photo-unsupported']);
    const foreign = { ...before, evidenceId: '7b1c9f0e-1111-4222-8333-444455556666' };
    expect(codeOf(await office.post('/api/notices', request(chosen(foreign))))).toStrictEqual([422, 'notice-evidence-invalid']);
    const unseen = await office.post(
      '/api/notices',
      request({ photos: [{ findingId: foreign.evidenceId, evidenceId: before.evidenceId }] }),
    );
    expect(unseen.status).toBe(404);

    const { noticeId } = ok(await office.post<{ noticeId: string }>('/api/notices', request(chosen(before, after))));
    await product.settle();
    const html = async (): Promise<string> => {
      const { payload } = await product.app.inject({
        url: `/api/notices/${noticeId}/file/html`,
        headers: { cookie: town.cookieHeader },
      });
      return payload;
    };
    const issued = await html();
    expect(issued).toContain('照片1　QL-2020-000001，大泽山镇北树园村，整改前，2020年7月6日');
    expect(issued).toContain('照片2　QL-2020-000001，大泽山镇北树园村，整改后，2020年7月6日');
    ok(await town.delete(`/api/findings/${roof}/evidence/${after.evidenceId}`, { reason: '传错了' }));
    expect(await html()).toBe(issued);
    await rm(product.app.get(EvidenceStore, { strict: false }).pathOf(before.hash as FileHash));
    expect([(await html()).match(/<img src="data:image/g)?.length, (await html()).includes('（图片无法显示）')]).toStrictEqual([1, true]);
  });
});
