import { CommandRunner, StoreUnavailable, type EventStore } from '@app/event-store';

/** One process of the product: a store and a command runner of its own, both gone when it dies. */
export class HistoryProcess {
  private life = new AbortController();
  private current: Readonly<{ store: EventStore; runner: CommandRunner }> | null = null;
  private readonly waiting: (() => void)[] = [];
  private readonly closing: Promise<void>[] = [];

  constructor(
    readonly name: string,
    private readonly open: () => EventStore,
  ) {
    this.start();
  }

  /** Ends when this life of the process does. */
  get signal(): AbortSignal {
    return this.life.signal;
  }

  /** Dies without a word: what it was doing has an unknown end. */
  die(): void {
    const dead = this.current;
    this.current = null;
    this.life.abort();
    if (dead !== null) this.closing.push(dead.store.close().catch(() => undefined));
  }

  start(): void {
    if (this.current !== null) return;
    const store = this.open();
    // Few aggregates stay in memory, so that loading is tried as well as remembering.
    this.current = { store, runner: new CommandRunner(store, 2) };
    this.life = new AbortController();
    for (const resume of this.waiting.splice(0)) resume();
  }

  /** Does `work` in this life, when there is one. Errors: those of `work`; StoreUnavailable when the process dies over it. */
  async during<T>(work: (store: EventStore, runner: CommandRunner) => Promise<T>): Promise<T> {
    const { store, runner } = await this.alive();
    const { signal } = this.life;
    return await new Promise<T>((resolve, reject) => {
      const died = (): void => reject(new StoreUnavailable('the process died'));
      signal.addEventListener('abort', died, { once: true });
      work(store, runner)
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', died));
    });
  }

  async alive(): Promise<Readonly<{ store: EventStore; runner: CommandRunner }>> {
    while (this.current === null) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.current;
  }

  async close(): Promise<void> {
    this.die();
    await Promise.all(this.closing);
  }
}
