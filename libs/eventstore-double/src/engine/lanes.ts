import type { LogStorage } from '../storage/log-storage';
import { loadFacts, type StreamFacts } from './stream-state';

type Lane = {
  facts: Promise<StreamFacts> | StreamFacts | null;
  /** Ends when all work given to the lane so far has ended. */
  tail: Promise<unknown>;
  waiting: number;
};

/** One lane per stream (with its metadata): work on a lane is done one after the other, lanes do not wait for each other. */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();

  constructor(
    private readonly storage: LogStorage,
    private readonly capacity = 10_000,
  ) {}

  /** What is known of a stream, as committed. */
  facts(stream: string): Promise<StreamFacts> | StreamFacts {
    return this.factsOf(stream, this.lane(stream));
  }

  /** When `work` fails nobody knows what was stored, so what was known of the stream is read again. */
  run<T>(stream: string, work: (facts: StreamFacts) => Promise<T>): Promise<T> {
    const lane = this.lane(stream);
    lane.waiting += 1;
    const done = lane.tail.then(async () => {
      try {
        return await work(await this.factsOf(stream, lane));
      } catch (error) {
        lane.facts = null;
        throw error;
      } finally {
        lane.waiting -= 1;
      }
    });
    lane.tail = done.catch(() => undefined);
    return done;
  }

  private factsOf(stream: string, lane: Lane): Promise<StreamFacts> | StreamFacts {
    if (lane.facts !== null) return lane.facts;
    const loading = loadFacts(this.storage, stream).then(
      (facts) => {
        if (lane.facts === loading) lane.facts = facts;
        return facts;
      },
      (error: unknown) => {
        if (lane.facts === loading) lane.facts = null;
        throw error;
      },
    );
    lane.facts = loading;
    return loading;
  }

  private lane(stream: string): Lane {
    const known = this.lanes.get(stream);
    if (known !== undefined) {
      // Which was used last only matters once something may have to be forgotten.
      if (this.lanes.size * 2 > this.capacity) {
        this.lanes.delete(stream);
        this.lanes.set(stream, known);
      }
      return known;
    }
    const lane: Lane = { facts: null, tail: Promise.resolve(), waiting: 0 };
    this.lanes.set(stream, lane);
    if (this.lanes.size > this.capacity) this.forgetTheOldest();
    return lane;
  }

  private forgetTheOldest(): void {
    for (const [stream, lane] of this.lanes) {
      if (lane.waiting > 0) continue;
      this.lanes.delete(stream);
      return;
    }
  }
}
