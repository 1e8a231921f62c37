import { freshDatabase } from '@app/testing';
import { InOwnProcess } from '../../../../test/bench/harness/children';

const ROWS = 12_000;
/** Of which the product takes sixty before it reads anything. A sheet held as a whole takes fourteen kilobytes a row. */
const HEAP_MB = 82;

describe('the memory of an import', () => {
  it('does not grow with its rows', async () => {
    const database = await freshDatabase();
    const server = new InOwnProcess('ledger server');
    process.env['BENCH_NODE_OPTIONS'] = `--max-old-space-size=${HEAP_MB}`;
    const driver = new InOwnProcess('import');
    delete process.env['BENCH_NODE_OPTIONS'];
    try {
      const ledger = await server.open('server', 'servers/ledger-file.ts', { databaseUrl: null, options: { rows: ROWS }, server: null });
      await driver.open('driver', 'drivers/import-ours.ts', { databaseUrl: database.url, options: {}, server: ledger });
      await expect(driver.work('import', {})).resolves.toMatchObject({ count: ROWS });
      await driver.check();
    } finally {
      await driver.close();
      await server.close();
      await database.drop();
    }
  }, 180_000);
});
