import type { EventStore } from '@app/event-store';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { FOLLOWS_EVENTS, type KeptTable } from './contents';

/** What was true at one moment, for as long as it is held. */
export type Snapshot = Readonly<{
  /** The last event that belongs to it. */
  position: bigint;
  /** Where this table's rows are read from. */
  of: (table: KeptTable) => EntityManager;
  release: () => Promise<void>;
}>;

const held = async (dataSource: DataSource): Promise<QueryRunner> => {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    // The snapshot is that of the first statement, not of the beginning.
    await runner.query('set transaction read only; select 1');
    return runner;
  } catch (error) {
    await runner.release();
    throw error;
  }
};

const letGo = async (runner: QueryRunner): Promise<void> => {
  await runner.rollbackTransaction().catch(() => undefined);
  await runner.release();
};

/**
 * Where the events lie in the same database, one snapshot holds all. Where they lie elsewhere, three looks in this order, milliseconds
 * apart: first at what follows from events (answers given, work under way), then at how far the events go, then at what events rest on
 * (keys, numbers, claims, accounts). So no answer is kept whose event is missing, and no event without its key.
 */
export const takeSnapshot = async (
  dataSource: DataSource,
  store: Pick<EventStore, 'head'>,
  eventsInDatabase: boolean,
): Promise<Snapshot> => {
  const first = await held(dataSource);
  try {
    if (eventsInDatabase) {
      const [row] = (await first.query('select coalesce(max("position"), 0)::text as head from events')) as { head: string }[];
      return { position: BigInt(row?.head ?? '0'), of: () => first.manager, release: () => letGo(first) };
    }
    const position = await store.head();
    const second = await held(dataSource);
    return {
      position,
      of: (table) => (FOLLOWS_EVENTS.has(table) ? first : second).manager,
      release: async () => {
        await letGo(first);
        await letGo(second);
      },
    };
  } catch (error) {
    await letGo(first);
    throw error;
  }
};
