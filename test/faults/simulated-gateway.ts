import { pause, WakeUp, type AllFilter, type ExpectedRevision, type RecordedEvent } from '@app/event-store';
import type { PreparedEvent } from '../../libs/event-store/src/append-arguments';
import {
  GatewayError,
  type Call,
  type GatewayAppended,
  type Page,
  type StoreGateway,
  type SubscriptionMessage,
} from '../../libs/event-store/src/eventstoredb/gateway';
import { Lost, type SimulatedNetwork } from './simulated-network';
import type { SimulatedServer } from './simulated-server';

/** Considered events between two checkpoints of a subscription. */
const CHECKPOINT_EVERY = 5;

const pageOf = (events: readonly RecordedEvent[]): Page => ({ events, bytes: events.length * 500 });

/** One process's connection to the simulated server, for the adapter as it is. */
export class SimulatedGateway implements StoreGateway {
  private readonly open = new Set<(reason: Lost) => void>();

  constructor(
    protected readonly server: SimulatedServer,
    protected readonly network: SimulatedNetwork,
  ) {}

  append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[], call: Call): Promise<GatewayAppended> {
    return this.ask(call, () => this.server.append(stream, expected, events));
  }

  readStream(stream: string, from: bigint, limit: number, call: Call): Promise<readonly RecordedEvent[]> {
    return this.ask(call, () => this.server.readStream(stream, from, limit));
  }

  readStreamBackwards(stream: string, from: bigint | 'end', limit: number, call: Call): Promise<readonly RecordedEvent[]> {
    return this.ask(call, () => this.server.readStreamBackwards(stream, from, limit));
  }

  readAll(after: bigint, limit: number, filter: AllFilter | undefined, call: Call): Promise<Page> {
    return this.ask(call, () => pageOf(this.server.readAll(after, limit, filter)));
  }

  readAllBackwards(limit: number, call: Call): Promise<Page> {
    return this.ask(call, () => pageOf(this.server.readAllBackwards(limit)));
  }

  /** Messages travel in order; the connection may be cut, or go silent without anybody being told. */
  async *subscribeToAll(after: bigint, signal: AbortSignal): AsyncGenerator<SubscriptionMessage, void, void> {
    const more = new WakeUp();
    const stop = new AbortController();
    const until = AbortSignal.any([signal, stop.signal]);
    let lost: Lost | null = null;
    const cut = (reason: Lost): void => {
      lost = reason;
      stop.abort();
    };
    const leave = [this.network.onCut(cut), this.server.onCommit(() => more.wake()), this.noteOpen(cut)];
    // A subscription that lives for a while dies in one of three ways: with an error, silently, or not at all.
    const lives = this.network.chance(0.3) ? 1 + this.network.below(30) : Infinity;
    const silently = this.network.chance(0.5);
    try {
      await pause(this.network.latency(), until);
      if (this.network.isDown) throw new GatewayError('unavailable', 'nobody listens');
      if (lost === null && !signal.aborted) yield { kind: 'confirmed' };
      let position = after;
      let considered = 0;
      for (let sent = 0; !until.aborted; sent += 1) {
        const seen = more.seen;
        const [event] = this.server.readAll(position, 1);
        if (sent >= lives) {
          if (silently) await forever(until);
          else cut(new Lost('the connection ended'));
        } else if (event === undefined) await more.wait(seen, 3_600_000, until);
        else {
          if (this.network.chance(0.2)) await pause(this.network.latency(), until);
          if (until.aborted) break;
          position = event.position;
          considered += 1;
          yield { kind: 'event', event, bytes: 500 };
          if (considered % CHECKPOINT_EVERY === 0) yield { kind: 'checkpoint', position };
        }
      }
    } finally {
      for (const one of leave) one();
    }
    if (lost !== null && !signal.aborted) throw new GatewayError('unavailable', 'the connection was cut', { cause: lost });
  }

  reset(): void {
    const open = [...this.open];
    this.open.clear();
    for (const cut of open) cut(new Lost('given up'));
  }

  async dispose(): Promise<void> {
    this.reset();
  }

  /** What has been served is told as it was then, however late it arrives. */
  protected ask<T>({ heard }: Call, serve: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = (error: unknown): void => {
        leave();
        reject(error instanceof Lost ? new GatewayError('unavailable', 'the connection was lost', { cause: error }) : (error as Error));
      };
      const leave = this.noteOpen(fail);
      this.network
        .call(async () => serve())
        .then((value) => {
          leave();
          heard();
          resolve(value);
        }, fail);
    });
  }

  private noteOpen(cut: (reason: Lost) => void): () => void {
    this.open.add(cut);
    return () => void this.open.delete(cut);
  }
}

const forever = (until: AbortSignal): Promise<void> => pause(2_000_000_000, until);
