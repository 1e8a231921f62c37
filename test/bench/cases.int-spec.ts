import { readdirSync } from 'node:fs';
import path from 'node:path';
import { InOwnProcess, InThisProcess, type Holder } from './harness/children';
import { openDatabase, type BenchDatabase } from './harness/database';
import { runCase } from './harness/run';
import type { BenchCase } from './harness/types';
// A case loads it in the middle of a test, where no hook of its own could be set.
import '../support/product';

const CASES = readdirSync(path.join(__dirname, 'cases')).filter((file) => file.endsWith('.bench.ts'));
const notAsked = async (): Promise<never> => Promise.reject(new Error('the server of the tests is used'));
const loadCase = async (file: string): Promise<BenchCase> =>
  ((await import(path.join(__dirname, 'cases', file))) as Readonly<{ benchCase: BenchCase }>).benchCase;

describe('Each case of the bench', () => {
  let database: BenchDatabase;
  beforeAll(async () => {
    database = await openDatabase({ url: process.env['TEST_DATABASE_URL'], data: '', startPostgres: notAsked });
  });
  afterAll(() => database.close());

  it.each(CASES)('runs with tiny counts, and every run has a figure: %s', async (file) => {
    const benchCase = await loadCase(file);
    const { signal } = new AbortController();
    // The peer changes how `pg` reads numbers for its whole process, so it never shares one.
    const hold = (name: string): Holder => (name.startsWith('emmett') ? new InOwnProcess(name) : new InThisProcess(name));
    const { runs, notOpened } = await runCase(benchCase, { rounds: 1, scale: 'tiny', database, signal, say: () => undefined, hold });
    expect(notOpened).toStrictEqual([]);
    expect(runs.flatMap(({ part, measure, failure }) => (failure === undefined ? [] : [`${part} ${measure}: ${failure}`]))).toStrictEqual(
      [],
    );
    const ran = new Set(runs.map(({ part, measure }) => `${part} ${measure}`));
    for (const { measure, part, over } of benchCase.goals)
      expect([ran.has(`${part} ${measure}`), ran.has(`${over} ${measure}`)]).toStrictEqual([true, true]);
  });

  it('runs its load and its servers in processes of their own', async () => {
    const stores = await loadCase('event-stores.bench.ts');
    const ceiling = { ...stores, parts: () => stores.parts('tiny').filter(({ id }) => id === 'ceiling') };
    const { signal } = new AbortController();
    const names: string[] = [];
    const hold = (name: string): InOwnProcess => {
      names.push(name);
      return new InOwnProcess(name);
    };
    const { runs, notOpened } = await runCase(ceiling, { rounds: 1, scale: 'tiny', database, signal, say: () => undefined, hold });
    expect([names, notOpened]).toStrictEqual([['ceiling server', 'ceiling driver'], []]);
    expect(runs.filter(({ rate }) => rate === null)).toStrictEqual([]);
  });
});
