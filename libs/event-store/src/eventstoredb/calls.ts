import { assertNever } from '@app/kernel';
import { StoreUnavailable } from '../event-store.port';
import type { Timers } from '../timers';
import { GatewayError, type Call } from './gateway';

/** What a caller of the port gets for a failure of the gateway. */
export const portErrorOf = (error: unknown): unknown => {
  if (!(error instanceof GatewayError)) return error;
  switch (error.kind) {
    case 'unavailable':
      return new StoreUnavailable('the event store cannot be reached for now', { cause: error });
    case 'denied':
      return new StoreUnavailable(
        '事件库拒绝访问：用户名或密码不对，或该用户没有权限。 The event store refuses the user name or the password, or the user has no right to this.',
        { cause: error },
      );
    case 'too-large':
      return new RangeError('the events are more than the event store takes in one append', { cause: error });
    case 'deleted':
      return new RangeError('the stream was deleted for good', { cause: error });
    case 'refused':
      return new RangeError('the event store will never take this request', { cause: error });
    default:
      return assertNever(error.kind);
  }
};

/** Calls with an own clock each: the client's deadlines do not hold for every kind of call. */
export class Calls {
  private readonly open = new Set<(error: Error) => void>();
  private closed = false;

  constructor(
    private readonly timers: Timers,
    readonly answerWithinMs: number,
    /** Told for how long a call was silent: the connection may be half open. */
    private readonly onSilence: (ms: number) => void,
  ) {}

  get count(): number {
    return this.open.size;
  }

  /**
   * Ends when nothing was heard for `withinMs`, and after `atMostMs` even if something was.
   * Errors: those of `act`, GatewayError `unavailable` after that, StoreUnavailable when closed.
   */
  run<T>(act: (call: Call) => Promise<T>, withinMs: number = this.answerWithinMs, atMostMs = Infinity): Promise<T> {
    if (this.closed) return Promise.reject(new StoreUnavailable('the event store is closed'));
    return new Promise((resolve, reject) => {
      const stop = new AbortController();
      const giveUpAt = this.timers.now() + atMostMs;
      let heardAt = this.timers.now();
      const leave = (): void => {
        cancel();
        this.open.delete(fail);
      };
      const fail = (error: Error): void => {
        leave();
        stop.abort();
        reject(error);
      };
      const look = (): void => {
        const silent = heardAt + withinMs;
        const end = Math.min(silent, giveUpAt);
        const leftMs = end - this.timers.now();
        if (leftMs > 0) {
          cancel = this.timers.after(leftMs, look);
          return;
        }
        fail(new GatewayError('unavailable', 'no answer in time'));
        if (end === silent) this.onSilence(withinMs);
      };
      let cancel = this.timers.after(withinMs, look);
      this.open.add(fail);
      const heard = (): void => {
        heardAt = this.timers.now();
      };
      act({ signal: stop.signal, heard }).then(
        (value) => {
          leave();
          resolve(value);
        },
        (error: unknown) => {
          leave();
          reject(error instanceof Error ? error : new GatewayError('unavailable', 'the call failed', { cause: error }));
        },
      );
    });
  }

  close(): void {
    this.closed = true;
    for (const fail of [...this.open]) fail(new StoreUnavailable('the event store is closed'));
  }
}
