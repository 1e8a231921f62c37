import { EventStoreDbEventStore, pause, type EventStore } from '@app/event-store';
import {
  faultyProxy,
  NO_FAULTS,
  seededFaults,
  startDouble,
  type FaultRates,
  type Faults,
  type FaultyProxy,
  type RunningDouble,
} from '@app/eventstore-double';
import { seededRandom, type SeededRandom } from '@app/kernel';
import { judge, type Violation } from './checker';
import { runHistory, type Shape } from './history';
import type { HistoryRecord } from './record';

const SHAPE: Shape = { paceMs: 10, catchUpMs: 60_000, operations: 6 };
/** Everything that waits, scaled down. */
export const IMPATIENT = { answerWithinMs: 1_000, settleWithinMs: 2_000, heartbeatMs: 300, lagAfterMs: 1_000, tailEvents: 10, pageSize: 9 };

export const WEATHER: readonly FaultRates[] = [
  {},
  {
    drop: 0.01,
    dropAfterCommit: 0.05,
    stall: 0.002,
    stallAfterCommit: 0.01,
    notLeader: 0.02,
    unavailable: 0.04,
    dropMessage: 0.005,
    stallMessage: 0.002,
  },
  {
    drop: 0.03,
    dropAfterCommit: 0.1,
    stall: 0.005,
    stallAfterCommit: 0.02,
    notLeader: 0.05,
    unavailable: 0.05,
    outage: 0.02,
    dropMessage: 0.01,
    stallMessage: 0.004,
  },
];

/** Faults that are changed from history to history while the double runs. */
class Changing implements Faults {
  current: Faults = NO_FAULTS;
  beforeWrite = (stream: string): ReturnType<Faults['beforeWrite']> => this.current.beforeWrite(stream);
  afterCommit = (stream: string): ReturnType<Faults['afterCommit']> => this.current.afterCommit(stream);
  beforeRead = (what: Parameters<Faults['beforeRead']>[0]): ReturnType<Faults['beforeRead']> => this.current.beforeRead(what);
  beforeMessage = (sent: number): ReturnType<Faults['beforeMessage']> => this.current.beforeMessage(sent);
}

export type JudgedOnWire = Readonly<{ seed: number; record: HistoryRecord; violations: readonly Violation[] }>;

/** One double behind a way that fails, for one history after the other. */
export class WireStage {
  private constructor(
    private double: RunningDouble,
    private readonly proxy: FaultyProxy,
    private readonly faults: Changing,
    private readonly databaseUrl: string | undefined,
    private direct: EventStore,
  ) {}

  /** In memory, or on PostgreSQL; there the double is stopped and started again as well. */
  static async open(databaseUrl?: string): Promise<WireStage> {
    const faults = new Changing();
    const double = await startDouble({ faults, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
    const proxy = await faultyProxy(double.port);
    return new WireStage(double, proxy, faults, databaseUrl, directTo(double));
  }

  async history(seed: number): Promise<JudgedOnWire> {
    const random = seededRandom(seed ^ 0x317e);
    const rates = random.pick(WEATHER);
    const faults = seededFaults(random.below(2 ** 31), rates);
    const over = new AbortController();
    const base = await this.direct.head();
    this.faults.current = faults;
    const trouble = Object.keys(rates).length === 0 ? Promise.resolve() : this.trouble(random.fork(), over.signal);
    const record = await runHistory(
      seed,
      {
        scope: `${seed}-`,
        base,
        open: () => new EventStoreDbEventStore({ connectionString: `esdb://127.0.0.1:${this.proxy.port}?tls=false`, ...IMPATIENT }),
        calm: async () => {
          over.abort();
          await trouble;
          faults.rest();
          // What the proxy holds back is lost with its connections; what has arrived is served before a few reads are.
          this.proxy.cut();
          this.proxy.mend();
          for (let same = 0, last = -1n; same < 5; same += 1) {
            const head = await this.direct.head();
            if (head !== last) same = 0;
            last = head;
          }
        },
        log: () => this.direct.readAll(base, 10_000),
      },
      SHAPE,
    );
    return { seed, record, violations: judge(record) };
  }

  async close(): Promise<void> {
    await this.direct.close();
    await this.proxy.close();
    await this.double.close();
  }

  private async trouble(random: SeededRandom, until: AbortSignal): Promise<void> {
    for (;;) {
      await pause(50 + random.next() * 350, until);
      if (until.aborted) return;
      const kind = random.below(this.databaseUrl === undefined ? 5 : 6);
      if (kind === 0) this.proxy.cut();
      else if (kind === 1) this.proxy.cutAfter(1 + random.below(2_000), random.pick(['requests', 'answers', 'both'] as const));
      else if (kind === 5) await this.restart();
      else {
        if (kind === 2) this.proxy.stall(random.pick(['requests', 'answers', 'both'] as const));
        else if (kind === 3) this.proxy.refuse();
        else this.proxy.delay(1 + random.below(30));
        if (kind === 3) this.proxy.cut();
        await pause(random.next() * 250, until);
        this.proxy.mend();
      }
    }
  }

  private async restart(): Promise<void> {
    const { port } = this.double;
    await this.direct.close();
    await this.double.close();
    this.double = await startDouble({
      port,
      faults: this.faults,
      ...(this.databaseUrl === undefined ? {} : { databaseUrl: this.databaseUrl }),
    });
    this.direct = directTo(this.double);
  }
}

const directTo = (double: RunningDouble): EventStore => new EventStoreDbEventStore({ connectionString: double.connectionString });
