/**
 * Why events cannot be copied:
 * - `differs`: the target holds another event where the source holds this one
 * - `target-has-more`: the target holds events that the source does not
 * - `target-changed`: somebody else writes to the target, or it forgot what it took
 * - `source-incomplete`: the beginning of a stream is gone from the source, so its revisions cannot be kept
 * - `event-refused`: the target cannot hold this event at all
 */
export type CopyRefusal = 'differs' | 'target-has-more' | 'target-changed' | 'source-incomplete' | 'event-refused';

export class CopyRefused extends Error {
  constructor(
    readonly because: CopyRefusal,
    /** Which event of the source, counted from 1. */
    readonly eventNumber: number,
    options?: { cause?: unknown },
  ) {
    super(`${because} at event ${String(eventNumber)}`, options);
    this.name = 'CopyRefused';
  }
}

/** Told to stop; what was copied stays and is gone on from. */
export class CopyInterrupted extends Error {
  constructor() {
    super('the copy was interrupted');
    this.name = 'CopyInterrupted';
  }
}
