import { startDouble } from '@app/eventstore-double';
import type { StartServer } from '../harness/types';

/** The double in a process of its own: in memory, or on the PostgreSQL that it is given. */
export const start: StartServer = async ({ databaseUrl }) => {
  const double = await startDouble(databaseUrl === null ? {} : { databaseUrl });
  return { answer: { connectionString: double.connectionString }, close: double.close };
};
