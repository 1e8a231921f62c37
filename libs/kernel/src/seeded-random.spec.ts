import { seededRandom } from './seeded-random';

describe('Numbers that follow from a seed', () => {
  it('are the same each time and others for another seed', () => {
    const draw = (seed: number): readonly number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random.below(1_000));
    };
    expect(draw(7)).toStrictEqual(draw(7));
    expect(draw(7)).not.toStrictEqual(draw(8));
  });

  it('spread evenly over what is asked for', () => {
    const random = seededRandom(1);
    const counts = Array.from({ length: 4 }, () => 0);
    for (let i = 0; i < 4_000; i += 1) {
      const drawn = random.below(4);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(counts.every((n) => n > 800 && n < 1_200)).toBe(true);
  });

  it('refuse to pick from nothing', () => {
    expect(() => seededRandom(1).pick([])).toThrow(RangeError);
  });
});
