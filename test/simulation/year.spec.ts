import { soak } from '../faults/run-soak';
import { Apart } from './apart';
import corpus from './seeds.json';

describe('A year of findings on a virtual clock', () => {
  const apart = new Apart();
  afterAll(() => apart.end());

  it('has no deadline missed, none twice and none early, ten thousand findings of them', async () => {
    const { code, said } = await soak('--years', '10', '--findings', '1000', '--seed', '1');
    expect(code === 0 ? '' : said).toBe('');
    expect(said).toContain('10000 findings');
  }, 900_000);

  it('has no rung of the ladder missed, none twice and none early', async () => {
    const { violations, rungs } = await apart.simulate({ seed: 1, findings: 250, ladder: true });
    expect(violations).toStrictEqual([]);
    expect(Math.min(rungs.proposed, rungs.decided)).toBeGreaterThan(250);
  });

  it('has no report that a listed unit owes missed, none asked for twice and none early', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { violations, reports } = await apart.simulate({ seed, findings: 0, listed: 30 });
      expect({ seed, violations }).toStrictEqual({ seed, violations: [] });
      expect(Math.min(reports.asked, reports.missed, reports.inTime)).toBeGreaterThan(250);
    }
  });

  it.each(corpus)('holds where it once failed: seed $seed, $why', async ({ seed, findings }) => {
    expect((await apart.simulate({ seed, findings })).violations).toStrictEqual([]);
  });
});
