import type { EventStore, RecordedEvent } from '../event-store.port';
import { patiently, type Patience } from './patience';

export type LogReader = Pick<EventStore, 'readAll' | 'head'>;

const PAGE = 500;

/** Walks a log over all streams in order, with the next page on its way while one is worked on. */
export class LogCursor {
  private page: readonly RecordedEvent[] = [];
  private at = 0;
  private coming: Promise<readonly RecordedEvent[]> | null = null;

  constructor(
    private readonly log: LogReader,
    private readonly patience: Patience,
    private after = 0n,
  ) {}

  /** What is at hand after `fill`. */
  get rest(): readonly RecordedEvent[] {
    return this.at === 0 ? this.page : this.page.slice(this.at);
  }

  next(): RecordedEvent | undefined {
    return this.page[this.at];
  }

  pass(count: number): void {
    this.at += count;
  }

  /** False at the end of the log; may be asked again later, when the log has grown. */
  async fill(): Promise<boolean> {
    if (this.at < this.page.length) return true;
    const ahead = await this.coming;
    this.coming = null;
    // A page that was empty when it was read ahead says nothing about now.
    const page = ahead === null || ahead.length === 0 ? await this.read() : ahead;
    this.page = page;
    this.at = 0;
    const last = page.at(-1);
    if (last === undefined) return false;
    this.after = last.position;
    this.coming = this.read();
    // Its failure is met by whoever waits for the page.
    this.coming.catch(() => undefined);
    return true;
  }

  private read(): Promise<readonly RecordedEvent[]> {
    return patiently(() => this.log.readAll(this.after, PAGE), this.patience);
  }
}
