import type { DailyEvaluation, ReportClocks } from '@app/supervision';
import { VirtualClock } from '@app/testing';
import { SupervisionLoop } from './supervision-loop';

describe('The loop of supervision', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('knocks at reports every thirty seconds, and evaluates the rules once for each day; a failure is made up for', async () => {
    const clock = new VirtualClock();
    clock.set('2020-07-06T02:00:00Z');
    let [knocks, runs, fails] = [0, 0, 1];
    const reports = { knock: async () => (knocks += 1) };
    const rules = {
      run: async () => {
        runs += 1;
        if (fails-- > 0) throw new Error('the database does not answer');
        return 0;
      },
    };
    const loop = new SupervisionLoop(reports as unknown as ReportClocks, rules as unknown as DailyEvaluation, clock);
    const failures = jest.spyOn(loop['log'], 'error').mockImplementation(() => undefined);
    loop.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(90_000);
    expect([knocks, runs, failures.mock.calls.length]).toStrictEqual([4, 2, 1]);
    clock.set('2020-07-07T02:00:00Z');
    await jest.advanceTimersByTimeAsync(60_000);
    expect([knocks, runs]).toStrictEqual([6, 3]);
    await loop.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(knocks).toBe(6);
  });

  it('lets nothing become due while nobody can say what time it is', async () => {
    const clock = new VirtualClock();
    clock.set('2020-07-06T02:00:00Z');
    const sure = jest.spyOn(clock, 'isSure').mockReturnValue(false);
    const done: string[] = [];
    const reports = { knock: async () => done.push('reports') };
    const rules = { run: async () => done.push('rules') };
    const loop = new SupervisionLoop(reports as unknown as ReportClocks, rules as unknown as DailyEvaluation, clock);
    loop.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(done).toStrictEqual([]);
    sure.mockReturnValue(true);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(done).toStrictEqual(['reports', 'rules']);
    await loop.onApplicationShutdown();
  });
});
