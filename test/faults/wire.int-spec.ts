import { freshDatabase, type FreshDatabase } from '@app/testing';
import { WireStage } from './over-the-wire';
import corpus from './seeds.json';
import { soak } from './run-soak';

const IN_MEMORY = 180;
const ON_POSTGRES = 20;
const FIRST = 1;

describe('Histories over the wire', () => {
  it('lose, double, skip and turn round nothing: the official client, a double that misbehaves, connections that are cut', async () => {
    const { code, said } = await soak('--wire', String(IN_MEMORY), '--seed', String(FIRST));
    expect(code === 0 ? '' : said).toBe('');
    expect(said).toContain(`${IN_MEMORY} histories, `);
  }, 900_000);

  describe('on PostgreSQL', () => {
    let database: FreshDatabase;
    let stage: WireStage;
    beforeAll(async () => {
      database = await freshDatabase();
      stage = await WireStage.open(database.url);
    });
    afterAll(async () => {
      await stage.close();
      await database.drop();
    });

    it('hold as well when the server is stopped and started again', async () => {
      const found: unknown[] = [];
      for (let seed = FIRST + IN_MEMORY; seed < FIRST + IN_MEMORY + ON_POSTGRES; seed += 1) {
        const { violations } = await stage.history(seed);
        found.push(...violations.map((violation) => ({ again: `npm run soak -- --wire 1 --seed ${seed} --database URL`, ...violation })));
      }
      expect(found).toStrictEqual([]);
    }, 600_000);
  });

  it('hold where they once failed', async () => {
    const stage = await WireStage.open();
    const found: unknown[] = [];
    for (const { seed } of corpus.wire as readonly { seed: number }[]) found.push(...(await stage.history(seed)).violations);
    await stage.close();
    expect(found).toStrictEqual([]);
  });
});
