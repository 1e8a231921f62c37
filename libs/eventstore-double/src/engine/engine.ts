import type { LogStorage } from '../storage/log-storage';

/** The semantics of streams over a log that knows nothing of them. One engine per storage: two would number the same events twice. */
export class Engine {
  constructor(
    readonly storage: LogStorage,
    /** Milliseconds since 1970; `created` and $maxAge go by it. */
    readonly now: () => number = Date.now,
  ) {}
}
