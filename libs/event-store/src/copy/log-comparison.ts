import { createHash } from 'node:crypto';
import { canonicalEvent } from './canonical-event';
import { CopyRefused } from './copy-refused';
import { LogCursor, type LogReader } from './log-cursor';
import type { Patience } from './patience';

/** Reads two logs side by side from their beginnings, event by event, each with a SHA-256 of its own over all that it passed. */
export class LogComparison {
  private readonly cursors: Readonly<{ source: LogCursor; target: LogCursor }>;
  private readonly hashes = { source: createHash('sha256'), target: createHash('sha256') };
  private passed = 0;
  private position = 0n;

  constructor(
    source: LogReader,
    target: LogReader,
    patience: Patience,
    private readonly onPage: (count: number, sourcePosition: bigint) => void,
  ) {
    this.cursors = { source: new LogCursor(source, patience), target: new LogCursor(target, patience) };
  }

  /** Events that stand in both, in the same order. */
  get count(): number {
    return this.passed;
  }

  /** Where the last of them stands in the source. */
  get sourcePosition(): bigint {
    return this.position;
  }

  digests(): Readonly<{ source: string; target: string }> {
    return { source: this.hashes.source.copy().digest('hex'), target: this.hashes.target.copy().digest('hex') };
  }

  /** Goes on to where one of the logs ends for now. Errors: CopyRefused (`differs`), CopyInterrupted, StoreUnavailable. */
  async advance(): Promise<'same' | 'source-ends' | 'target-ends'> {
    const { source, target } = this.cursors;
    for (;;) {
      const [inSource, inTarget] = await Promise.all([source.fill(), target.fill()]);
      if (!inSource || !inTarget) return inSource ? 'target-ends' : inTarget ? 'source-ends' : 'same';
      for (;;) {
        const theirs = target.next();
        const ours = source.next();
        if (ours === undefined || theirs === undefined) break;
        const texts = { source: canonicalEvent(ours), target: canonicalEvent(theirs) };
        if (texts.source !== texts.target) throw new CopyRefused('differs', this.passed + 1);
        this.hashes.source.update(texts.source);
        this.hashes.target.update(texts.target);
        source.pass(1);
        target.pass(1);
        this.passed += 1;
        this.position = ours.position;
      }
      this.onPage(this.passed, this.position);
    }
  }
}
