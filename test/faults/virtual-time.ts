/** Nothing is left that could happen, or too much happened: the history hangs or runs in circles. */
export class Stuck extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Stuck';
  }
}

type Due = Readonly<{ at: number; order: number; run: () => void; handle: Handle }>;
/** What `setTimeout` gives back; the code under test may call its methods. */
type Handle = { cancelled: boolean; ref: () => Handle; unref: () => Handle; hasRef: () => boolean };

const MAX_STEPS = 200_000;
const STEP_MS = 1 / 1_024;
const newHandle = (): Handle => {
  const handle: Handle = { cancelled: false, ref: () => handle, unref: () => handle, hasRef: () => true };
  return handle;
};
// Kept before anything is replaced: all that promises have to say is said when its callback runs.
const immediately = setImmediate;
const quiet = (): Promise<void> => new Promise((resolve) => void immediately(resolve));
const afterPromises = process.nextTick.bind(process);
/**
 * The same for code that waits for promises and timers alone: comes when no promise has anything more to say, without a turn of the
 * event loop, which takes a tenth of the time of a long history.
 */
export const promisesAlone = (): Promise<void> => new Promise((resolve) => void afterPromises(resolve));

/**
 * A clock that jumps to whatever is due next. While `run` works, the timers, the clocks and Math.random of this process are its own,
 * so that the code under test runs as it is and a history of minutes takes milliseconds, the same ones each time.
 */
export class VirtualTime {
  private readonly queue: Due[] = [];
  private current = 0;
  private orders = 0;

  constructor(
    private readonly random: () => number,
    private readonly maxSteps = MAX_STEPS,
    private readonly untilQuiet = quiet,
  ) {}

  /** Milliseconds since the beginning of the history. */
  now(): number {
    return this.current;
  }

  /**
   * Lets `main` work until it is done.
   * Errors: what `main` throws; Stuck when nothing is due and `main` is not done, or `limitMs` have passed.
   */
  async run<T>(main: () => Promise<T>, limitMs: number): Promise<T> {
    const restore = this.install();
    try {
      let settled = false;
      const result = main().finally(() => {
        settled = true;
      });
      // Looked at below; until then it must not count as nobody's.
      result.catch(() => undefined);
      for (let steps = 0; ; steps += 1) {
        await this.untilQuiet();
        if (settled) return await result;
        const due = this.queue.shift();
        if (due === undefined) throw new Stuck(`nothing more happens after ${this.current} ms`);
        if (due.at > limitMs || steps > this.maxSteps) throw new Stuck(`no end after ${this.current} ms and ${steps} steps`);
        if (due.handle.cancelled) continue;
        this.current = due.at;
        due.run();
      }
    } finally {
      restore();
    }
  }

  private add(run: () => void, ms: number): Handle {
    const handle = newHandle();
    // A timer takes some time, as a real one does: a remainder that is too small to move the clock would be waited for without end.
    const due: Due = { at: Math.ceil((this.current + Math.max(STEP_MS, ms)) / STEP_MS) * STEP_MS, order: (this.orders += 1), run, handle };
    // Few things wait at a time: a sorted list is faster here than a heap.
    let i = this.queue.length;
    while (i > 0 && (this.queue[i - 1] as Due).at > due.at) i -= 1;
    this.queue.splice(i, 0, due);
    return handle;
  }

  private install(): () => void {
    const { setTimeout, clearTimeout, setInterval, clearInterval, performance } = globalThis;
    const { random } = Math;
    const { now } = Date;
    const { stackTraceLimit } = Error;
    const add = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Handle => this.add(() => run(...args), ms);
    const every = (run: () => void, ms: number): Handle => {
      const handle = newHandle();
      const again = (): void => {
        if (handle.cancelled) return;
        run();
        this.add(again, ms);
      };
      this.add(again, ms);
      return handle;
    };
    const clear = (handle?: Handle): void => {
      if (handle !== undefined && handle !== null) handle.cancelled = true;
    };
    Object.assign(globalThis, { setTimeout: add, clearTimeout: clear, setInterval: every, clearInterval: clear });
    Object.defineProperty(globalThis, 'performance', { value: { now: () => this.current }, configurable: true, writable: true });
    Math.random = this.random;
    // Histories are full of errors that are looked at for their kind alone; their stacks take a third of the time.
    Error.stackTraceLimit = 0;
    // 2020-07-06, a Monday: the year in which all simulated days begin.
    Date.now = () => 1_593_993_600_000 + Math.floor(this.current);
    return () => {
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
      Object.defineProperty(globalThis, 'performance', { value: performance, configurable: true, writable: true });
      Math.random = random;
      Date.now = now;
      Error.stackTraceLimit = stackTraceLimit;
    };
  }
}
