import { EventStoreDbEventStore } from '@app/event-store';
import { faultyProxy, seededFaults, startDouble, type FaultRates } from '@app/eventstore-double';
import { seededRandom } from '@app/kernel';
import { eventStoreContract } from '../../libs/event-store/src/event-store.contract';
import { IMPATIENT } from './over-the-wire';
import { PatientStore } from './patient-store';

const SEEDS = [1, 2, 3];
/** So that each test of the contract meets several of them, whatever it does. */
const RATES: FaultRates = {
  drop: 0.04,
  dropAfterCommit: 0.15,
  stallAfterCommit: 0.01,
  notLeader: 0.05,
  unavailable: 0.08,
  outage: 0.02,
  dropMessage: 0.01,
  stallMessage: 0.001,
};

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

for (const seed of SEEDS) {
  const random = seededRandom(seed);
  eventStoreContract(
    `EventStoreDB, misbehaving by seed ${seed}`,
    async () => {
      const double = await startDouble({ faults: seededFaults(random.below(2 ** 31), RATES) });
      const proxy = await faultyProxy(double.port);
      // Once per test a frame is torn somewhere.
      proxy.cutAfter(200 + random.below(5_000), random.pick(['requests', 'answers'] as const));
      ends.push(double.close, proxy.close);
      return new PatientStore(new EventStoreDbEventStore({ connectionString: `esdb://127.0.0.1:${proxy.port}?tls=false`, ...IMPATIENT }));
    },
    { idsAreGlobal: false },
  );
}
