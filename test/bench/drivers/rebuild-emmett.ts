import { pongoSingleStreamProjection, rebuildPostgreSQLProjections } from '@event-driven-io/emmett-postgresql';
import { Client } from 'pg';
import type { OpenDriver } from '../harness/types';
import { openEmmett } from './emmett';
import { eventOf, METADATA, type EVENT_TYPE } from './payload';

const STREAM_EVENTS = 20;
type Told = Readonly<{ type: typeof EVENT_TYPE; data: Record<string, unknown>; metadata: typeof METADATA }>;
type Tally = { count: number; last: unknown };

/** The peer's own way: one document per stream, kept by a projection of its own making and rebuilt by its own function. */
export const open: OpenDriver = async ({ options, databaseUrl }) => {
  const { events } = options as Readonly<{ events: number }>;
  const { store, pool } = await openEmmett(databaseUrl);
  const first = eventOf(0);
  for (let stream = 0; stream < events / STREAM_EVENTS; stream += 1) {
    const messages = Array.from({ length: STREAM_EVENTS }, (_, i) => ({ ...eventOf(i), data: eventOf(i).data as Record<string, unknown> }));
    await store.appendToStream<Told>(
      `tally-${stream}`,
      messages.map(({ data }) => ({ type: first.type as typeof EVENT_TYPE, data, metadata: METADATA })),
    );
  }
  /** Another collection each time: a second rebuild of the same one begins behind the last event and finds nothing to do. */
  const projectionOf = (collectionName: string) =>
    pongoSingleStreamProjection<Tally, Told>({
      collectionName,
      canHandle: [first.type as typeof EVENT_TYPE],
      initialState: () => ({ count: 0, last: null }),
      evolve: (tally: Tally, { data }: Told) => ({ count: tally.count + 1, last: data }),
    });
  let runs = 0;
  const counted = async (collection: string): Promise<number> => {
    const client = new Client({ connectionString: databaseUrl ?? '' });
    await client.connect();
    try {
      const { rows } = await client.query<{ n: number }>(`select coalesce(sum((data ->> 'count')::int), 0)::int as n from ${collection}`);
      return rows[0]?.n ?? 0;
    } finally {
      await client.end();
    }
  };
  return {
    works: {
      rebuild: async () => {
        const collection = `tallies_${String((runs += 1))}`;
        const projection = projectionOf(collection);
        const started = performance.now();
        const rebuild = rebuildPostgreSQLProjections({ connectionString: databaseUrl ?? '', projection });
        await rebuild.start();
        const seconds = (performance.now() - started) / 1_000;
        await rebuild.close();
        const check = async (): Promise<void> => {
          const n = await counted(collection);
          if (n !== events) throw new Error(`${n} of ${events} events are in the documents`);
        };
        return { count: events, seconds, check };
      },
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};
