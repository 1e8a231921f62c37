import { atOrAfter, atOrBefore, before, toWire } from './position';

describe('A position on the wire', () => {
  it('leads back to where it came from, inclusive or exclusive as the call wants it', () => {
    for (const position of [1n, 2n, 77n]) {
      expect(atOrBefore(toWire(position))).toBe(position);
      expect(before(toWire(position))).toBe(position - 1n);
      expect(atOrAfter(toWire(position))).toBe(position);
    }
  });

  it('between two stored ones counts as between them', () => {
    expect([atOrBefore(250n), before(250n), atOrAfter(250n)]).toStrictEqual([2n, 2n, 3n]);
  });

  it('0 is before everything', () => {
    expect([atOrBefore(0n), before(0n), atOrAfter(0n)]).toStrictEqual([0n, 0n, 0n]);
  });
});
