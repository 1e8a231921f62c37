import { startDouble, type RunningDouble } from '@app/eventstore-double';
import { eventStoreContract } from '../event-store.contract';
import { EventStoreDbEventStore } from './eventstoredb-event-store';

const doubles: RunningDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.close()));
});

eventStoreContract(
  'EventStoreDB',
  async () => {
    const double = await startDouble();
    doubles.push(double);
    return new EventStoreDbEventStore({ connectionString: double.connectionString });
  },
  { idsAreGlobal: false },
);
