import type { CategoryRule } from '../../api/generated/types.gen';
import { lineInForce } from './categories';

const line = (version: number, from: string, to: string | null): CategoryRule => ({
  code: 'housing',
  version,
  from,
  to,
  unitId: `unit-${String(version)}`,
  duty: 'acts',
  leads: 'territorial',
});

describe('The responsible department of a category', () => {
  it('is the one of the line that was set last among those in force on the day', () => {
    const lines = [line(1, '2020-01-01', null), line(2, '2020-06-01', null), line(3, '2020-08-01', null)];
    expect(lineInForce(lines, '2020-07-06')?.version).toBe(2);
    expect(lineInForce(lines, '2020-05-31')?.version).toBe(1);
    expect(lineInForce(lines, '2019-12-31')).toBeNull();
  });
});
