import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Uploads } from '@app/evidence';
import { loadSettings } from '@app/settings';
import { createApp } from '../../apps/api/src/create-app';
import { Client, type Answer } from '../support/client';
import { PASSWORD } from '../support/county';
import { startProduct, type Product } from '../support/product';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkqGeoBwAChAGA/0MEhgAAAABJRU5ErkJggg==', 'base64');
const FINDING = {
  place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
  subject: { kind: 'household', name: '周样一' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
/** A photograph of some size: a picture that is read, and bytes after its end that are not. */
const photo = (bytes: number): Buffer => Buffer.concat([PIXEL, randomBytes(bytes)]);
const ok = <T>(answer: Answer<T>): Answer<T> => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer;
};

describe('A photo from where the network comes and goes', () => {
  const begin = (who: Client, content: Buffer, over: Readonly<Record<string, unknown>> = {}) =>
    who.post<{ uploadId: string; received: number }>('/api/uploads', {
      name: '现场.png',
      size: content.length,
      sha256: sha256(content),
      mediaType: 'image/png',
      ...over,
    });
  const piece = (who: Client, uploadId: string, offset: number, bytes: Buffer) =>
    who.send<{ received: number; code: string }>('PATCH', `/api/uploads/${uploadId}`, bytes, {
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    });
  const whole = async (who: Client, content: Buffer, over: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const { uploadId } = ok(await begin(who, content, over)).body;
    ok(await piece(who, uploadId, 0, content));
    return uploadId;
  };
  const attach = (who: Client, id: string, uploadId: string, key?: string) =>
    who.post<{ evidenceId: string; hash: string; code: string }>(
      `/api/findings/${id}/evidence/uploads`,
      { uploadId, phase: 'before' },
      key === undefined ? {} : { key },
    );
  let product: Product;
  let inspector: Client, head: Client;
  let id: string;
  beforeAll(async () => {
    product = await startProduct();
    [inspector, head] = await Promise.all([product.as('inspector'), product.as('team-head')]);
    id = String(ok(await inspector.post('/api/findings', FINDING)).body['findingId']);
  });
  afterAll(() => product?.close());

  it('goes on where it broke off, and becomes evidence with the hash its sender gave', async () => {
    const content = photo(300_000);
    const { uploadId, received } = ok(await begin(inspector, content)).body;
    expect(received).toBe(0);
    expect(ok(await piece(inspector, uploadId, 0, content.subarray(0, 100_000))).body.received).toBe(100_000);
    const wrong = await piece(inspector, uploadId, 50_000, content.subarray(50_000, 200_000));
    expect([wrong.status, wrong.body.code, wrong.body.received]).toStrictEqual([409, 'upload-offset', 100_000]);
    expect((await inspector.get(`/api/uploads/${uploadId}`)).body).toStrictEqual({
      uploadId,
      received: 100_000,
      size: content.length,
      complete: false,
    });
    const early = await attach(inspector, id, uploadId);
    expect([early.status, early.body.code]).toStrictEqual([409, 'upload-incomplete']);
    ok(await piece(inspector, uploadId, 100_000, content.subarray(100_000)));
    const added = ok(await attach(inspector, id, uploadId, 'the-same-key-twice'));
    expect(added.body.hash).toBe(sha256(content));
    expect((await attach(inspector, id, uploadId, 'the-same-key-twice')).body).toStrictEqual(added.body);
    await product.settle();
    const { evidence } = (await inspector.get<{ evidence: { evidenceId: string }[] }>(`/api/findings/${id}`)).body;
    expect(evidence.map(({ evidenceId }) => evidenceId)).toStrictEqual([added.body.evidenceId]);
  });

  it('goes on after the api was started anew', async () => {
    const content = photo(50_000);
    const { uploadId } = ok(await begin(inspector, content)).body;
    ok(await piece(inspector, uploadId, 0, content.subarray(0, 20_000)));
    const settings = loadSettings({ ...product.stores, DATA_DIR: product.dataDir, QUEUE_BACKEND: 'postgres' });
    const second = await createApp(settings, product.clock);
    await second.init();
    await second.getHttpAdapter().getInstance().ready();
    try {
      const later = new Client(second);
      await later.signIn('inspector', PASSWORD);
      expect((await later.get(`/api/uploads/${uploadId}`)).body['received']).toBe(20_000);
      expect(ok(await piece(later, uploadId, 20_000, content.subarray(20_000))).body.received).toBe(content.length);
      expect(ok(await attach(later, id, uploadId)).body.hash).toBe(sha256(content));
    } finally {
      await second.close();
    }
  });

  it('is discarded when it is not what its sender hashed', async () => {
    const uploadId = await whole(inspector, photo(1_000), { sha256: sha256(PIXEL) });
    const refused = await attach(inspector, id, uploadId);
    expect([refused.status, refused.body.code]).toStrictEqual([422, 'evidence-hash-mismatch']);
    expect((await inspector.get(`/api/uploads/${uploadId}`)).status).toBe(404);
  });

  it('is held to the same rules as one that is sent at once', async () => {
    const code = async (over: Readonly<Record<string, unknown>>, content = PIXEL) => (await begin(inspector, content, over)).body;
    expect((await code({ name: '机密★ 现场.png' })) as unknown).toMatchObject({ code: 'secrecy-mark' });
    expect((await code({ size: 500_000_000 })) as unknown).toMatchObject({ code: 'evidence-too-large' });
    expect((await code({ mediaType: 'text/html' })) as unknown).toMatchObject({ code: 'evidence-type-unsupported' });
    expect((await code({ name: '13900001234.png' })) as unknown).toMatchObject({ code: 'personal-data-found' });
    const disguised = await whole(inspector, Buffer.from('<script>alert(1)</script>'));
    expect((await attach(inspector, id, disguised)).body.code).toBe('evidence-type-unsupported');
    const beyond = ok(await begin(inspector, PIXEL)).body.uploadId;
    expect((await piece(inspector, beyond, 0, photo(10))).body.code).toBe('upload-beyond-size');
  });

  it('is private to the account', async () => {
    const uploadId = await whole(inspector, PIXEL);
    expect((await head.get(`/api/uploads/${uploadId}`)).status).toBe(404);
    expect((await piece(head, uploadId, 0, PIXEL)).status).toBe(404);
    expect((await attach(head, id, uploadId)).body.code).toBe('upload-absent');
  });

  it('lies in a file that only the product’s own user may read, and is gone after three days', async () => {
    const { uploadId } = ok(await begin(inspector, photo(100))).body;
    ok(await piece(inspector, uploadId, 0, PIXEL));
    const folder = path.join(product.dataDir, 'uploads');
    expect([(await stat(folder)).mode & 0o777, (await stat(path.join(folder, uploadId))).mode & 0o777]).toStrictEqual([0o700, 0o600]);
    product.clock.advance({ days: 3, minutes: 1 });
    await product.app.get(Uploads).sweep();
    expect(await readdir(folder)).toStrictEqual([]);
    const later = new Client(product.app);
    await later.signIn('inspector', PASSWORD);
    expect((await later.get(`/api/uploads/${uploadId}`)).status).toBe(404);
  });
});
