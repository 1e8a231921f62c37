import { pause } from '@app/event-store';
import type { SeededRandom } from '@app/kernel';

/** The connection ended before the answer; the call may have been served, or may yet be. */
export class Lost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Lost';
  }
}

export type NetworkRates = Readonly<{
  /** A call never arrives. */
  loseRequest: number;
  /** A call is served and its answer does not come. */
  loseAnswer: number;
  /** Of what is lost, how much nobody is told of: nothing comes and nothing is closed. */
  silently: number;
  /** A call takes a hundred times as long, perhaps longer than its caller waits. */
  slow: number;
  /** How often the server goes down while the history lasts. */
  outages: number;
}>;

export const CALM: NetworkRates = { loseRequest: 0, loseAnswer: 0, silently: 0, slow: 0, outages: 0 };

/** What lies between the processes and the server, and the server's being there at all. */
export class SimulatedNetwork {
  private calm = false;
  private down = false;
  private under = 0;
  private readonly connections = new Set<(reason: Lost) => void>();

  constructor(
    private readonly random: SeededRandom,
    private readonly rates: NetworkRates,
    private readonly latencyMs: number,
  ) {}

  get isDown(): boolean {
    return this.down;
  }

  chance(rate: number): boolean {
    return !this.calm && this.random.chance(rate);
  }

  below(limit: number): number {
    return this.random.below(limit);
  }

  latency(): number {
    return this.random.next() * this.latencyMs * (this.chance(this.rates.slow) ? 100 : 1);
  }

  /** Is told when everything that is connected loses its connection; → how to stop listening. */
  onCut(told: (reason: Lost) => void): () => void {
    this.connections.add(told);
    return () => void this.connections.delete(told);
  }

  cut(reason: string): void {
    const told = [...this.connections];
    this.connections.clear();
    for (const one of told) one(new Lost(reason));
  }

  /** Errors: Lost, and what `serve` throws. May never settle: the caller bounds its patience. */
  call<T>(serve: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = this.onCut(reject);
      void this.carry(serve).then(
        (value) => {
          stop();
          resolve(value);
        },
        (error: unknown) => {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  /** Goes down and comes up again as often as the rates say, within a time. */
  async trouble(withinMs: number): Promise<void> {
    for (let left = this.rates.outages; left > 0 && !this.calm; left -= 1) {
      await pause((this.random.next() * withinMs) / this.rates.outages);
      if (this.calm) return;
      this.down = true;
      this.cut('the server went down');
      await pause((this.random.next() * withinMs) / this.rates.outages / 2);
      this.down = false;
    }
  }

  /** Resolves when nothing is under way any more. */
  async rest(): Promise<void> {
    this.calm = true;
    this.down = false;
    while (this.under > 0) await pause(this.latencyMs * 10);
  }

  private async carry<T>(serve: () => Promise<T>): Promise<T> {
    const silent = this.chance(this.rates.silently);
    const loseRequest = this.chance(this.rates.loseRequest);
    const loseAnswer = this.chance(this.rates.loseAnswer);
    const gone = (reason: string): Promise<never> => (silent ? new Promise<never>(() => undefined) : Promise.reject(new Lost(reason)));
    const answer = await this.arrive(loseRequest ? null : serve);
    if (answer === null) return await gone('the request was lost');
    await pause(this.latency());
    if (loseAnswer) return await gone('the answer was lost');
    return await answer.result;
  }

  /** → what the server made of it, in a box because it may be an error; null for a request that gets lost on its way. */
  private async arrive<T>(serve: (() => Promise<T>) | null): Promise<Readonly<{ result: Promise<T> }> | null> {
    this.under += 1;
    try {
      await pause(this.latency());
      if (this.down) throw new Lost('nobody listens');
      if (serve === null) return null;
      const result = serve();
      await result.catch(() => undefined);
      return { result };
    } finally {
      this.under -= 1;
    }
  }
}
