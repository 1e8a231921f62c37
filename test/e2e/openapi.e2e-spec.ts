import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startProduct, type Product } from '../support/product';

/** The document that the web client is generated from, as committed. */
const COMMITTED = path.resolve(__dirname, '../../apps/web/openapi.json');

describe('the OpenAPI document', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ county: false });
  });
  afterAll(() => product.close());

  it('is the one that the web client is generated from', async () => {
    const { body } = await product.anonymous.get('/api/openapi.json');
    const text = `${JSON.stringify(body, null, 1)}\n`;
    if (process.env['OPENAPI'] === 'write') await writeFile(COMMITTED, text);
    expect(text).toBe(await readFile(COMMITTED, 'utf8'));
  });

  it('gives every answer its shape, but those that are empty, files or streams', async () => {
    type Operation = Readonly<{ responses: Readonly<Record<string, { content?: object; description: string }>> }>;
    const { body } = await product.anonymous.get<{ paths: Record<string, Record<string, Operation>> }>('/api/openapi.json');
    const shapeless = Object.entries(body.paths).flatMap(([address, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses).some(([status, { content }]) => /^2/.test(status) && content !== undefined)
          ? []
          : [`${method} ${address}`],
      ),
    );
    expect(shapeless.sort()).toEqual([
      'delete /api/devices/{deviceId}',
      'delete /api/session',
      'get /api/bulletins/{id}/file/{format}',
      'get /api/events/stream',
      'get /api/findings/export.xlsx',
      'get /api/findings/{id}/deadlines.pdf',
      'get /api/findings/{id}/evidence/{evidenceId}',
      'get /api/imports/{id}/rejected.xlsx',
      'get /api/notices/{id}/file/{format}',
      'get /api/round-trip/workbook.xlsx',
      'post /api/bulletins/previews/file',
      'put /api/account/password',
      'put /api/admin/accounts/{accountId}/unlocking',
      'put /api/admin/accounts/{accountId}/withdrawal',
      'put /api/admin/devices/{deviceId}/withdrawal',
      'put /api/admin/tokens/{tokenId}/revocation',
    ]);
  });
});
