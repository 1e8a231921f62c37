import { startDouble } from '@app/eventstore-double';
import { commandsOnOneAggregate } from '../command-runner.contract';
import { EventStoreDbEventStore } from './eventstoredb-event-store';

commandsOnOneAggregate('Commands over several connections to an EventStoreDB on one aggregate', async () => {
  const double = await startDouble();
  return {
    stores: [1, 2, 3].map(() => new EventStoreDbEventStore({ connectionString: double.connectionString })),
    end: double.close,
  };
});
