import type { LadderSweep } from '@app/escalation';
import { LadderLoop } from './ladder-loop';

describe('The look at the ladders', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is taken at start and every five seconds, waits for the one before it and survives its failure', async () => {
    let sweeps = 0;
    let fail: ((error: Error) => void) | null = null;
    const sweep = {
      sweep: () => {
        sweeps += 1;
        return sweeps === 2 ? new Promise<number>((_, reject) => (fail = reject)) : Promise.resolve(0);
      },
    } as unknown as LadderSweep;
    const loop = new LadderLoop(sweep);
    jest.spyOn(loop['log'], 'error').mockImplementation(() => undefined);
    loop.onApplicationBootstrap();
    expect(sweeps).toBe(1);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(sweeps).toBe(2);
    (fail as ((error: Error) => void) | null)?.(new Error('the database does not answer'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sweeps).toBe(3);
    await loop.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(sweeps).toBe(3);
  });
});
