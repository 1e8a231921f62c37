import { StoreUnavailable } from '../event-store.port';
import { pause } from '../wake-up';
import { CopyInterrupted } from './copy-refused';

export type Patience = Readonly<{
  signal: AbortSignal;
  /** A store that cannot be reached for this long ends the copy with its StoreUnavailable, ms. */
  patienceMs: number;
  /** Once for each time a store cannot be reached. */
  onTrouble: () => void;
}>;

const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;

/** Repeats what may be repeated while the store cannot be reached. Errors: CopyInterrupted, StoreUnavailable, whatever else `work` throws. */
export const patiently = async <T>(work: () => Promise<T>, { signal, patienceMs, onTrouble }: Patience): Promise<T> => {
  const giveUpAt = performance.now() + patienceMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS)) {
    if (signal.aborted) throw new CopyInterrupted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() + pauseMs > giveUpAt) throw error;
      if (signal.aborted) throw new CopyInterrupted();
      onTrouble();
      await pause(pauseMs, signal);
    }
  }
};
