import { msOf } from '@app/kernel';
import { SteadyClock } from './steady-clock';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 2, 2);

/** Two machines' clocks that can be set, over one that cannot. */
const stage = ({ machineAhead = 0 } = {}) => {
  const set = { elapsed: 0, machine: machineAhead, database: 0, slept: 0 };
  const clock = new SteadyClock({ machine: () => T0 + set.elapsed + set.machine, elapsed: () => set.elapsed, slept: () => set.slept });
  const look = (slowMs = 0): Promise<void> =>
    clock.look(async () => {
      const at = T0 + set.elapsed + set.database;
      set.elapsed += slowMs;
      return at;
    });
  /** Ten seconds at a time, as it is looked at. */
  const lookFor = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 10_000) {
      set.elapsed += 10_000;
      await look();
    }
  };
  const ahead = (): number => msOf(clock.now()) - T0 - set.elapsed;
  return { set, clock, look, lookFor, ahead };
};

describe('The time of an instance', () => {
  it('is not known before the database was asked', async () => {
    const { clock, look } = stage();
    expect(clock.isSure()).toBe(false);
    await look();
    expect(clock.isSure()).toBe(true);
  });

  it.each([-HOUR, 30 * DAY, 5 * 60_000])('is the database’s, whatever this machine’s clock is set to afterwards: by %d ms', async (by) => {
    const { set, look, ahead, clock } = stage();
    await look();
    set.machine = by;
    set.elapsed += 1_000;
    expect(ahead()).toBe(0);
    await look();
    expect([ahead(), clock.isSure(), clock.state().machineAhead]).toStrictEqual([0, true, by]);
  });

  it('is rather late than early by the time the answer took, and is not taken from an answer that took long', async () => {
    const { look, ahead } = stage();
    await look(40);
    expect(ahead()).toBe(-40);
    await look(5_000);
    expect(ahead()).toBe(-40);
  });

  it.each([-HOUR, 30 * DAY])(
    'goes on while the database’s clock has jumped by %d ms, and follows when that has held for ten minutes',
    async (by) => {
      const { set, look, lookFor, ahead, clock } = stage();
      await look();
      set.database = by;
      await lookFor(9 * 60_000);
      expect([ahead(), clock.state().notFollowed]).toStrictEqual([0, by]);
      await lookFor(2 * 60_000);
      expect([ahead(), clock.state().notFollowed]).toStrictEqual([by, 0]);
    },
  );

  it('has gone on while the machine slept', async () => {
    const { set, look, ahead, clock } = stage();
    await look();
    Object.assign(set, { slept: 9 * HOUR, machine: 9 * HOUR, database: 9 * HOUR });
    set.elapsed += 10_000;
    await look();
    expect([ahead(), clock.isSure(), clock.state().notFollowed]).toStrictEqual([9 * HOUR, true, 0]);
  });

  it('does not take two jumps far apart for one that held', async () => {
    const { set, look, ahead } = stage();
    await look();
    for (let n = 0; n < 3; n += 1) {
      set.database = 30 * DAY;
      set.elapsed += 10_000;
      await look();
      set.elapsed += DAY;
      expect(ahead()).toBe(0);
    }
  });

  it('is in doubt where machine and database contradict each other at the start, until they agree or ten minutes are over', async () => {
    const agreed = stage();
    agreed.set.database = 30 * DAY;
    await agreed.look();
    expect(agreed.clock.isSure()).toBe(false);
    agreed.set.database = 0;
    await agreed.lookFor(10_000);
    expect([agreed.clock.isSure(), agreed.ahead()]).toStrictEqual([true, 0]);
    const held = stage({ machineAhead: -HOUR });
    await held.lookFor(9 * 60_000);
    expect(held.clock.isSure()).toBe(false);
    await held.lookFor(2 * 60_000);
    expect([held.clock.isSure(), held.ahead()]).toStrictEqual([true, 0]);
  });
});
