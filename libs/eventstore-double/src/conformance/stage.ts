import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DoubleOptions, RunningDouble } from '../server/double-options';
import { startDouble } from '../server/start-double';

export type Stage = Readonly<{
  double: () => RunningDouble;
  /** One for the suite. */
  client: () => EventStoreDBClient;
  /** Another one; `query` follows the connection string. */
  connect: (query?: string) => EventStoreDBClient;
  /** Milliseconds since 1970 as the double reads them; starts at the real time. */
  clock: { now: number };
}>;

const AT_FIRST = Date.UTC(2020, 6, 6, 1, 30);

/** A double and clients of it for the surrounding describe block. */
export const onStage = (options: Readonly<{ onDatabase?: boolean; double?: DoubleOptions }> = {}): Stage => {
  const clock = { now: AT_FIRST };
  const clients: EventStoreDBClient[] = [];
  let running: RunningDouble | null = null;
  let database: FreshDatabase | null = null;
  let first: EventStoreDBClient | null = null;

  const double = (): RunningDouble => {
    if (running === null) throw new Error('the double is not running');
    return running;
  };
  const connect = (query = ''): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(double().connectionString + query);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    if (options.onDatabase === true) database = await freshDatabase();
    running = await startDouble({
      now: () => clock.now,
      ...options.double,
      ...(database !== null && { databaseUrl: database.url }),
    });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await running?.close();
    await database?.drop();
  });

  return { double, connect, clock, client: () => (first ??= connect()) };
};

/** The suite once in memory and once on PostgreSQL. */
export const onBothStages = (name: string, suite: (stage: Stage) => void): void => {
  describe.each([
    { where: 'in memory', onDatabase: false },
    { where: 'on PostgreSQL', onDatabase: true },
  ])(`${name} ($where)`, ({ onDatabase }) => suite(onStage({ onDatabase })));
};

/** A stream that no other test knows. */
export const someStream = (prefix = 'stream'): string => `${prefix}-${randomUUID()}`;

export const note = (data: unknown = { text: '大泽山镇' }, type = 'Noted'): EventData =>
  jsonEvent({ type, data: data as Record<string, unknown> });

export const notes = (count: number, type = 'Noted'): EventData[] => Array.from({ length: count }, (_, n) => note({ n }, type));

export const all = async <T>(source: AsyncIterable<T>): Promise<readonly T[]> => {
  const seen: T[] = [];
  for await (const one of source) seen.push(one);
  return seen;
};

export const revisionsOf = (events: readonly ResolvedEvent[]): readonly (bigint | undefined)[] => events.map((e) => e.event?.revision);

/** What a promise or a read was refused with. */
export const refusalOf = async (work: Promise<unknown> | AsyncIterable<unknown>): Promise<unknown> => {
  try {
    await (Symbol.asyncIterator in work ? all(work) : work);
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
};

/** Some fields of a refusal, to compare in one go. */
export const pick = (error: unknown, ...fields: readonly string[]): Readonly<Record<string, unknown>> => ({
  name: error instanceof Error ? error.constructor.name : typeof error,
  ...Object.fromEntries(fields.map((field) => [field, (error as Record<string, unknown>)[field]])),
});
