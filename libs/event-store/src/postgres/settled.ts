import { StoreUnavailable } from '../event-store.port';
import { pause } from '../wake-up';
import { isTransient, isUnavailable } from './pg-errors';

const FIRST_RETRY_MS = 20;
const LAST_RETRY_MS = 500;

/** Asks again until the outcome is known, for what may be asked twice. StoreUnavailable when the server does not answer within `withinMs`. */
export const settled = async <T>(ask: () => Promise<T>, withinMs: number): Promise<T> => {
  const giveUpAt = performance.now() + withinMs;
  for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnavailable(error) && !isTransient(error)) throw error;
      if (performance.now() + retryMs > giveUpAt) {
        throw new StoreUnavailable('the event store did not answer; the outcome of the append is unknown', { cause: error });
      }
      await pause(retryMs);
    }
  }
};
