import { execFile } from 'node:child_process';
import path from 'node:path';
import { simulate } from './simulate';
import corpus from './seeds.json';

const HISTORIES = 10_000;
const FIRST = 1;

/** In a process of its own: outside the sandbox of the tests the same histories take half the time, and all processors share them. */
const soak = (...args: readonly string[]): Promise<Readonly<{ code: number; said: string }>> =>
  new Promise((resolve) => {
    execFile(process.execPath, [path.join(__dirname, 'soak.mjs'), ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, said: stdout + stderr }),
    );
  });

describe('Histories at the port, in virtual time', () => {
  it(`lose, double, skip and turn round nothing: ${HISTORIES} of them`, async () => {
    const { code, said } = await soak('--histories', String(HISTORIES), '--seed', String(FIRST));
    expect(code === 0 ? '' : said).toBe('');
    expect(said).toContain(`${HISTORIES} histories, `);
  }, 600_000);

  it.each(corpus.port)('hold where they once failed: seed $seed, $why', async ({ seed }) => {
    expect((await simulate(seed)).violations).toStrictEqual([]);
  });
});
