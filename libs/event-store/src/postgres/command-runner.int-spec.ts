import { freshDatabase } from '@app/testing';
import { commandsOnOneAggregate } from '../command-runner.contract';
import { PostgresEventStore } from './postgres-event-store';

commandsOnOneAggregate('Commands from several processes on one aggregate', async () => {
  const database = await freshDatabase();
  return { stores: [1, 2, 3].map(() => new PostgresEventStore({ url: database.url })), end: database.drop };
});
