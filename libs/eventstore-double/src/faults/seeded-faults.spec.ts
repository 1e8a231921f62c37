import { seededFaults, type FaultRates } from './seeded-faults';

const drawn = (seed: number, rates: FaultRates, count = 200): readonly string[] => {
  const faults = seededFaults(seed, rates);
  return Array.from({ length: count }, (_, i) =>
    i % 4 === 0
      ? faults.beforeWrite('s')
      : i % 4 === 1
        ? faults.afterCommit('s')
        : i % 4 === 2
          ? faults.beforeRead('all')
          : faults.beforeMessage(i),
  );
};
const ALL: FaultRates = {
  drop: 0.1,
  stall: 0.1,
  notLeader: 0.1,
  unavailable: 0.1,
  dropAfterCommit: 0.2,
  dropMessage: 0.2,
  stallMessage: 0.2,
};

describe('Faults by seed', () => {
  it('are the same for the same seed and others for another', () => {
    expect(drawn(3, ALL)).toStrictEqual(drawn(3, ALL));
    expect(drawn(3, ALL)).not.toStrictEqual(drawn(4, ALL));
  });

  it('happen as often as they were asked for, each of them', () => {
    const count = (fault: string): number => drawn(5, ALL, 4_000).filter((one) => one === fault).length;
    expect(['drop', 'stall', 'not-leader', 'unavailable'].every((fault) => count(fault) > 100)).toBe(true);
    expect(drawn(5, {}, 400).every((one) => one === 'go')).toBe(true);
  });

  it('refuse for a while, in a row', () => {
    const faults = seededFaults(1, { outage: 0.02, outageCalls: 7 });
    const answers = Array.from({ length: 500 }, () => faults.beforeWrite('s')).join(' ');
    expect(answers).toContain('go unavailable unavailable unavailable unavailable unavailable unavailable unavailable');
  });

  it('end when they are told to rest, and count what they did', () => {
    const faults = seededFaults(1, { unavailable: 1 });
    expect([faults.beforeWrite('s'), faults.beforeRead('all'), faults.count()]).toStrictEqual(['unavailable', 'unavailable', 2]);
    faults.rest();
    expect([faults.beforeWrite('s'), faults.count()]).toStrictEqual(['go', 2]);
    faults.resume();
    expect(faults.beforeWrite('s')).toBe('unavailable');
  });
});
