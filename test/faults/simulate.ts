import { InMemoryEventStore, type EventStore, type RecordedEvent } from '@app/event-store';
import { seededRandom, type SeededRandom } from '@app/kernel';
import { GatewayEventStore } from '../../libs/event-store/src/eventstoredb/eventstoredb-event-store';
import { judge, type Violation } from './checker';
import { FaultyStore } from './faulty-store';
import { runHistory, type Shape, type World } from './history';
import type { HistoryRecord } from './record';
import { SimulatedGateway } from './simulated-gateway';
import { CALM, SimulatedNetwork, type NetworkRates } from './simulated-network';
import { SimulatedServer } from './simulated-server';
import { Stuck, VirtualTime } from './virtual-time';

const SHAPE: Shape = { paceMs: 40, catchUpMs: 60_000, operations: 8 };
const LATENCY_MS = 5;
const PATIENCE_MS = 150;
const WITHIN_MS = 10 * 60_000;

const WEATHER: readonly NetworkRates[] = [
  CALM,
  { loseRequest: 0.03, loseAnswer: 0.05, silently: 0.3, slow: 0.02, outages: 1 },
  { loseRequest: 0.1, loseAnswer: 0.15, silently: 0.5, slow: 0.1, outages: 3 },
];

/** What a process opens, and what was written behind it. */
export type Backend = Readonly<{ open: () => EventStore; log: () => Promise<readonly RecordedEvent[]> }>;
export type BackendOf = (network: SimulatedNetwork, random: SeededRandom) => Backend;

/** The port straight over the network: nothing settles, what follows is `followFrom`. */
export const portAlone =
  (Store: typeof FaultyStore = FaultyStore): BackendOf =>
  (network) => {
    const truth = new InMemoryEventStore();
    return { open: () => new Store(truth, network, PATIENCE_MS), log: () => truth.readAll(0n, 100_000) };
  };

/** What stands in for parts of the simulated world. */
export type AdapterParts = Readonly<{ Server?: typeof SimulatedServer; Gateway?: typeof SimulatedGateway }>;

/** The adapter as it is, with time scaled down, over a gateway to a simulated server. */
export const adapter =
  ({ Server = SimulatedServer, Gateway = SimulatedGateway }: AdapterParts = {}): BackendOf =>
  (network, random) => {
    const server = new Server(random, network);
    return {
      open: () =>
        new GatewayEventStore(new Gateway(server, network), {
          answerWithinMs: PATIENCE_MS,
          settleWithinMs: 3 * PATIENCE_MS,
          heartbeatMs: 100,
          lagAfterMs: 500,
          // So little that followers fall off the tail and pages end in the middle.
          tailEvents: 6,
          pageSize: 7,
        }),
      log: async () => server.log,
    };
  };

export type Judged = Readonly<{ seed: number; record: HistoryRecord | null; violations: readonly Violation[] }>;

/** One history in virtual time: the same seed does the same each time. Four of five run on the adapter. */
export const simulate = async (seed: number, backendOf?: BackendOf, table?: World['table']): Promise<Judged> => {
  const random = seededRandom(seed ^ 0x5eed);
  const time = new VirtualTime(random.fork().next);
  const network = new SimulatedNetwork(random.fork(), random.pick(WEATHER), LATENCY_MS);
  const usual = seed % 5 === 0 ? portAlone() : adapter();
  const { open, log } = (backendOf ?? usual)(network, random.fork());
  const world: World = { open, log, scope: '', base: 0n, calm: () => network.rest(), ...(table === undefined ? {} : { table }) };
  try {
    const record = await time.run(async () => {
      void network.trouble(SHAPE.paceMs * SHAPE.operations);
      return await runHistory(seed, world, SHAPE);
    }, WITHIN_MS);
    return { seed, record, violations: judge(record) };
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    return { seed, record: null, violations: [{ kind: 'wrong', detail: error.message }] };
  }
};
