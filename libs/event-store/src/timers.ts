/** Time as a store sees it; simulations give their own. */
export interface Timers {
  /** Milliseconds from some beginning, never going back. */
  now(): number;
  /** Runs `act` once after `ms`, unless the function it gives back is called before. */
  after(ms: number, act: () => void): () => void;
}

export const REAL_TIMERS: Timers = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
