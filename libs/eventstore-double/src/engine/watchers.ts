/** Tells whoever waits that a stream has grown. */
export class Watchers {
  private readonly byStream = new Map<string, Set<() => void>>();

  notify(stream: string): void {
    const waiting = this.byStream.get(stream);
    if (waiting === undefined) return;
    for (const wake of waiting) wake();
  }

  watch(stream: string, signal: AbortSignal): StreamWatch {
    const watch = new StreamWatch();
    const wake = (): void => watch.wake();
    const waiting = this.byStream.get(stream) ?? new Set();
    this.byStream.set(stream, waiting.add(wake));
    signal.addEventListener(
      'abort',
      () => {
        waiting.delete(wake);
        if (waiting.size === 0 && this.byStream.get(stream) === waiting) this.byStream.delete(stream);
        watch.wake();
      },
      { once: true },
    );
    return watch;
  }
}

export class StreamWatch {
  private grown = false;
  private resume: (() => void) | null = null;

  wake(): void {
    this.grown = true;
    this.resume?.();
    this.resume = null;
  }

  /** Resolves at once when something came since the last time. */
  async growth(): Promise<void> {
    if (!this.grown) await new Promise<void>((resolve) => (this.resume = resolve));
    this.grown = false;
  }
}
