import { checkPage } from '../append-arguments';
import type { Page } from './gateway';

/** Pages that several subscribers ask for while they catch up are read once. A full page never changes; others are not kept. */
export class PageCache {
  private readonly kept = new Map<bigint, Page>();
  private readonly asked = new Map<bigint, Promise<Page>>();
  private bytes = 0;

  constructor(
    private readonly readAfter: (after: bigint, limit: number) => Promise<Page>,
    readonly pageSize: number,
    private readonly maxBytes: number,
  ) {
    checkPage(pageSize);
  }

  read(after: bigint): Promise<Page> {
    const known = this.kept.get(after);
    if (known !== undefined) return Promise.resolve(known);
    const asked = this.asked.get(after);
    if (asked !== undefined) return asked;
    const reading = this.readAfter(after, this.pageSize).then((page) => {
      this.keep(after, page);
      return page;
    });
    this.asked.set(after, reading);
    const forget = (): boolean => this.asked.delete(after);
    reading.then(forget, forget);
    return reading;
  }

  private keep(after: bigint, page: Page): void {
    if (page.events.length < this.pageSize || page.bytes > this.maxBytes) return;
    this.kept.set(after, page);
    this.bytes += page.bytes;
    for (const [oldest, { bytes }] of this.kept) {
      if (this.bytes <= this.maxBytes) return;
      this.kept.delete(oldest);
      this.bytes -= bytes;
    }
  }
}
