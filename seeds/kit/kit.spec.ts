import { instant, instantAt, localDate, type Instant } from '@app/kernel';
import { NAMED_IN_THE_DOCUMENTS, personName } from './names';
import { Random } from './random';
import { SeedClock } from './scenario-clock';
import { Timeline } from './timeline';

describe('the tools of scenarios', () => {
  it('the same seed gives the same sequence', () => {
    const sequence = (seed: number): readonly number[] => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.int(1, 1000));
    };
    expect(sequence(7)).toStrictEqual(sequence(7));
    expect(sequence(7)).not.toStrictEqual(sequence(8));
  });

  it('a name that is taken, or stands in the documents, is not given', () => {
    const first = personName(new Random(1), NAMED_IN_THE_DOCUMENTS);
    const second = personName(new Random(1), new Set([...NAMED_IN_THE_DOCUMENTS, first]));
    expect(second).not.toBe(first);
  });

  it('the scenario’s clock never goes back', () => {
    const clock = new SeedClock(instant('2020-04-21T00:00:00.000Z'));
    clock.moveTo(localDate('2020-04-22'), '09:30');
    expect(clock.now()).toBe('2020-04-22T01:30:00.000Z');
    expect(() => clock.moveTo(localDate('2020-04-21'), '09:30')).toThrow(RangeError);
  });

  it('days pass in order: first what comes first, then the lanes, then the evening; nothing beyond the end', async () => {
    const [first, second] = [localDate('2020-07-06'), localDate('2020-07-07')];
    const told: string[] = [];
    const tell = (text: string) => () => Promise.resolve(void told.push(text));
    const timeline = new Timeline(first, instantAt(second, '12:00'));
    timeline.at(second, '09:00', 'a', tell('second day'));
    timeline.at(second, '15:00', 'a', tell('too late'));
    timeline.at(first, '10:00', 'a', tell('a1'));
    timeline.at(first, '10:00', 'a', tell('a2'));
    timeline.first(first, '10:00', tell('number'));
    timeline.at(first, '09:00', 'b', tell('b'));
    timeline.settleAt(first, '10:00');
    const moments: Instant[] = [];
    await timeline.run(
      (at) => void moments.push(at),
      tell('settled'),
      (day) => tell(`evening of ${day}`)(),
    );
    expect(told).toStrictEqual(['b', 'number', 'a1', 'a2', 'settled', 'evening of 2020-07-06', 'second day', 'evening of 2020-07-07']);
    expect(moments).toStrictEqual([instantAt(first, '09:00'), instantAt(first, '10:00'), instantAt(second, '09:00')]);
  });
});
