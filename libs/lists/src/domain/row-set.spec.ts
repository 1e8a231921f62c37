import * as fc from 'fast-check';
import { RowSet } from './row-set';

describe('The rows of a list', () => {
  it('are what a plain set would hold, in the order they came, and no earlier set changes', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 20 });
    const step = fc.oneof(
      ids.map((rowIds) => ({ add: rowIds })),
      fc.integer({ min: 0, max: 60 }).map((n) => ({ remove: String(n) })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let rows = RowSet.empty;
        const plain = new Set<string>();
        for (const one of steps) {
          const before = rows;
          const held = [...rows];
          if ('add' in one) {
            rows = rows.with(one.add);
            for (const id of one.add) plain.add(id);
          } else {
            rows = rows.without(one.remove);
            plain.delete(one.remove);
          }
          expect([...before]).toStrictEqual(held);
          expect([[...rows], rows.size]).toStrictEqual([[...plain], plain.size]);
          expect(rows.has('7')).toBe(plain.has('7'));
        }
      }),
    );
  });
});
