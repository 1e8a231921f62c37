import corpus from './seeds.json';
import { simulate } from './simulate';
import { soak } from './run-soak';

const HISTORIES = 10_000;
const FIRST = 1;

describe('Histories at the port, in virtual time', () => {
  it('lose, double, skip and turn round nothing, ten thousand of them', async () => {
    const { code, said } = await soak('--histories', String(HISTORIES), '--seed', String(FIRST));
    expect(code === 0 ? '' : said).toBe('');
    expect(said).toContain(`${HISTORIES} histories, `);
  }, 900_000);

  it.each(corpus.port)('hold where they once failed: seed $seed, $why', async ({ seed }) => {
    expect((await simulate(seed)).violations).toStrictEqual([]);
  });
});
