import { Clock, msOf } from '@app/kernel';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { ProblemError } from '../platform/problem';

const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** How many attempts to sign in one address has per minute, on top of the lock of each account. */
export class SignInLimitOptions {
  constructor(readonly perMinute: number = 60) {}
}

const tooMany = (seconds: number): ProblemError =>
  new ProblemError(
    429,
    'too-many-requests',
    { zh: '登录尝试太频繁，请稍后再试。', en: 'Too many attempts to sign in; try again later.' },
    {},
    { 'retry-after': String(seconds) },
  );

@Injectable()
export class SignInLimit {
  private readonly windows = new Map<string, { since: number; count: number }>();
  private readonly options: SignInLimitOptions;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Optional() @Inject(SignInLimitOptions) options?: SignInLimitOptions,
  ) {
    this.options = options ?? new SignInLimitOptions();
  }

  /** Counts one attempt; 429 with Retry-After beyond the limit. */
  take(address: string): void {
    const now = msOf(this.clock.now());
    const window = this.windows.get(address);
    if (window === undefined || now - window.since >= WINDOW_MS) {
      if (this.windows.size >= MOST_ADDRESSES) this.forget(now);
      this.windows.set(address, { since: now, count: 1 });
      return;
    }
    window.count += 1;
    if (window.count > this.options.perMinute) throw tooMany(Math.ceil((window.since + WINDOW_MS - now) / 1000));
  }

  private forget(now: number): void {
    for (const [address, { since }] of this.windows) if (now - since >= WINDOW_MS) this.windows.delete(address);
    // Still full: an attack from many addresses. Better to count anew than to grow without end.
    if (this.windows.size >= MOST_ADDRESSES) this.windows.clear();
  }
}
