import { REAL_TIMERS, type Timers } from './timers';

/** Lets waiters sleep until something happened after what they have seen, or a time has passed, or they are told to stop. */
export class WakeUp {
  private count = 0;
  private waiters = new Set<() => void>();

  constructor(private readonly timers: Timers = REAL_TIMERS) {}

  /** Number of wake-ups so far; take it before looking, pass it to `wait`. */
  get seen(): number {
    return this.count;
  }

  wake(): void {
    this.count += 1;
    const waiting = [...this.waiters];
    this.waiters.clear();
    for (const resume of waiting) resume();
  }

  async wait(seen: number, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    if (this.count !== seen || signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      const resume = (): void => {
        cancel();
        this.waiters.delete(resume);
        signal?.removeEventListener('abort', resume);
        resolve();
      };
      const cancel = this.timers.after(timeoutMs, resume);
      this.waiters.add(resume);
      signal?.addEventListener('abort', resume);
    });
  }
}

/** Sleeps, or returns early when told to stop. */
export const pause = (ms: number, signal?: AbortSignal, timers?: Timers): Promise<void> => new WakeUp(timers).wait(0, ms, signal);
