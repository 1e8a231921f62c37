import { instantFromMs } from '@app/kernel';
import { OwnAlarms } from './own-alarms';

const at = (ms: number) => instantFromMs(Date.UTC(2020, 6, 6, 9, 30) + ms);
const alarm = (id: string, ms: number) => ({ id, knock: { at: at(ms) } });
const idsOf = (alarms: readonly Readonly<{ id: string }>[]) => alarms.map(({ id }) => id);

describe('The alarms of a process', () => {
  it('are given once each, in the order of their time, and none before it', () => {
    const alarms = new OwnAlarms();
    alarms.set([alarm('c', 30), alarm('a', 10), alarm('b', 20)]);
    expect([
      idsOf(alarms.take(at(9), 9)),
      idsOf(alarms.take(at(20), 9)),
      idsOf(alarms.take(at(40), 9)),
      idsOf(alarms.take(at(50), 9)),
    ]).toStrictEqual([[], ['a', 'b'], ['c'], []]);
  });

  it('are given no more than so many at a time', () => {
    const alarms = new OwnAlarms();
    alarms.set([alarm('a', 1), alarm('b', 1), alarm('c', 1)]);
    expect([alarms.take(at(5), 2).length, alarms.take(at(5), 2).length]).toStrictEqual([2, 1]);
  });

  it('tell when the first of them comes', () => {
    const alarms = new OwnAlarms();
    expect(alarms.nextInMs(at(0))).toBeNull();
    alarms.set([alarm('b', 50), alarm('a', 20)]);
    expect([alarms.nextInMs(at(5)), alarms.nextInMs(at(90))]).toStrictEqual([15, 0]);
  });
});
