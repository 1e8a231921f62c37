import { localDate } from '@app/kernel';
import { zerosOf, type DayChange } from './zeros';

const on = (day: string, ...moves: readonly (readonly [string, number])[]): readonly DayChange[] =>
  moves.map(([measure, delta]) => ({ day: localDate(day), measure, delta }));

describe('A zero', () => {
  const filed = on('2020-07-01', ['base', 2], ['open', 2], ['not_passed', 2]);
  const passed = on('2020-07-08', ['not_passed', -2]);
  const cleared = on('2020-07-10', ['open', -2]);

  it('is reached twice: when all legs have passed, and when everything is cleared', () => {
    expect(zerosOf('findings', [...filed, ...passed, ...cleared])).toStrictEqual([
      { kind: 'rectified', reached: '2020-07-08', lost: null },
      { kind: 'cleared', reached: '2020-07-10', lost: null },
    ]);
  });

  it('is lost with a day, and may be reached again', () => {
    const more = [...on('2020-07-12', ['untriaged', 1]), ...on('2020-07-15', ['untriaged', -1])];
    expect(zerosOf('findings', [...filed, ...passed, ...cleared, ...more]).filter((zero) => zero.kind === 'cleared')).toStrictEqual([
      { kind: 'cleared', reached: '2020-07-10', lost: '2020-07-12' },
      { kind: 'cleared', reached: '2020-07-15', lost: null },
    ]);
  });

  it('ends with a relapse', () => {
    const [, zero] = zerosOf('findings', [...filed, ...passed, ...cleared, ...on('2020-08-01', ['relapses', 1])]);
    expect(zero).toStrictEqual({ kind: 'cleared', reached: '2020-07-10', lost: '2020-08-01' });
  });

  it('is not reached by filing nothing, nor by withdrawing everything, nor within a day', () => {
    expect(zerosOf('findings', [])).toStrictEqual([]);
    expect(zerosOf('findings', [...filed, ...on('2020-07-02', ['base', -2], ['open', -2], ['not_passed', -2])])).toStrictEqual([]);
    const blink = [...on('2020-07-10', ['open', -2]), ...on('2020-07-10', ['open', 1])];
    expect(zerosOf('findings', [...filed, ...blink])).toStrictEqual([]);
  });

  it('of a unit counts its legs, and what waits in its place', () => {
    const legs = on('2020-07-01', ['legs', 1], ['open', 1], ['uncleared', 1]);
    const done = on('2020-07-08', ['open', -1]);
    expect(zerosOf('legs', [...legs, ...done])).toStrictEqual([{ kind: 'rectified', reached: '2020-07-08', lost: null }]);
    expect(zerosOf('legs', [...legs, ...done, ...on('2020-07-08', ['waiting', 1])])).toStrictEqual([]);
  });
});
