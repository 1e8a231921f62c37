import type { Jobs } from '@app/jobs';
import { DeadlineLoop } from './deadline-loop';
import type { DeadlineReconciler, SweepReport } from './deadline-reconciler';

const CALM: SweepReport = {
  waiting: 0,
  armed: 0,
  direct: 0,
  crowd: 0,
  nextInMs: null,
  moved: 0,
  lost: false,
  queueAway: false,
  unsure: false,
};
const jobs = { work: async () => undefined } as unknown as Jobs;

describe('The comparison of queue and read model', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is made at start and every thirty seconds', async () => {
    let sweeps = 0;
    const reconciler = {
      sweep: async () => {
        sweeps += 1;
        return CALM;
      },
    } as unknown as DeadlineReconciler;
    const loop = new DeadlineLoop(jobs, reconciler);
    await loop.onApplicationBootstrap();
    expect(sweeps).toBe(1);
    await jest.advanceTimersByTimeAsync(90_000);
    expect(sweeps).toBe(4);
    await loop.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(90_000);
    expect(sweeps).toBe(4);
  });

  it('waits for the one before it and survives its failure', async () => {
    let sweeps = 0;
    let fail: (error: Error) => void = () => undefined;
    const reconciler = {
      sweep: () => {
        sweeps += 1;
        return new Promise((_, reject) => {
          fail = reject;
        });
      },
    } as unknown as DeadlineReconciler;
    const loop = new DeadlineLoop(jobs, reconciler);
    jest.spyOn(loop['log'], 'error').mockImplementation(() => undefined);
    await loop.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sweeps).toBe(1);
    fail(new Error('the database does not answer'));
    await jest.advanceTimersByTimeAsync(30_000);
    expect(sweeps).toBe(2);
    fail(new Error('the database does not answer'));
    await loop.onApplicationShutdown();
  });

  it('rings at the moments between, one ring after the other, and survives the failure of one', async () => {
    const rings: number[] = [];
    let coming = [1_500, 1_600, 4_000];
    const begin = Date.now();
    const reconciler = {
      sweep: async (near: () => void) => {
        near();
        return CALM;
      },
      ringsInMs: () => (coming[0] === undefined ? null : Math.max(0, coming[0] - (Date.now() - begin))),
      ring: async () => {
        rings.push(Date.now() - begin);
        await new Promise((resolve) => setTimeout(resolve, 300));
        coming = coming.filter((at) => at > Date.now() - begin);
        if (rings.length === 1) throw new Error('the database does not answer');
      },
    } as unknown as DeadlineReconciler;
    const loop = new DeadlineLoop(jobs, reconciler);
    jest.spyOn(loop['log'], 'error').mockImplementation(() => undefined);
    await loop.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(rings).toStrictEqual([1_501, 4_001]);
    const stopped = loop.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(1_000);
    await stopped;
  });
});
