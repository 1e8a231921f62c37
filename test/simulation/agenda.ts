type Entry = Readonly<{ at: number; order: number; run: () => void }>;

/** What is planned for later than the next moments: kept apart from the timers, of which there are few at a time. */
export class Agenda {
  private readonly heap: Entry[] = [];
  private orders = 0;
  private wake: () => void = () => undefined;

  /** `at` in milliseconds since the beginning. */
  at(at: number, run: () => void): void {
    const entry = { at, order: (this.orders += 1), run };
    const { heap } = this;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!comesBefore(entry, heap[up] as Entry)) break;
      heap[i] = heap[up] as Entry;
      i = up;
    }
    heap[i] = entry;
    if (i === 0) this.wake();
  }

  async run(until: number): Promise<void> {
    for (let next = this.heap[0]; next !== undefined && next.at <= until; next = this.heap[0]) {
      if (next.at > performance.now()) {
        await this.sleepUntil(next.at);
        continue;
      }
      this.take();
      next.run();
    }
    await new Promise<void>((resolve) => void setTimeout(resolve, until - performance.now()));
  }

  /** Or until something is planned for before then. */
  private async sleepUntil(at: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, at - performance.now());
    });
    this.wake = () => undefined;
  }

  private take(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const down = right < heap.length && comesBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
      if (!comesBefore(heap[down] as Entry, last)) break;
      heap[i] = heap[down] as Entry;
      i = down;
    }
    heap[i] = last;
  }
}

const comesBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
