import type { RecordedEvent } from '@app/event-store';

/** What a read model was told and does not show yet: behind the log by a moment, now and then by minutes. */
export class Behind {
  private waiting: Readonly<{ event: RecordedEvent; visibleAt: number }>[] = [];
  private last = 0;

  constructor(private readonly lag: () => number) {}

  tell(event: RecordedEvent): void {
    this.last = Math.max(this.last, performance.now() + this.lag());
    this.waiting.push({ event, visibleAt: this.last });
  }

  /** What shows from now on, in its order; each once. */
  shown(): readonly RecordedEvent[] {
    const now = performance.now();
    const shown = this.waiting.findIndex(({ visibleAt }) => visibleAt > now);
    return this.waiting.splice(0, shown < 0 ? this.waiting.length : shown).map(({ event }) => event);
  }
}
