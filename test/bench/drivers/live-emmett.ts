import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pongoSingleStreamProjection, postgreSQLEventStoreConsumer } from '@event-driven-io/emmett-postgresql';
import type { OpenDriver } from '../harness/types';
import { openEmmett } from './emmett';
import { openLoop, timesOf } from './open-loop';
import { eventOf, METADATA, type EVENT_TYPE } from './payload';

type Told = Readonly<{ type: typeof EVENT_TYPE; data: Record<string, unknown>; metadata: typeof METADATA }>;
type Legs = { count: number; streams: string[] };

/** The peer: three events at once to a new stream, one document per stream kept by its consumer. Timed until it folds the third one, before it stores the document. */
export const open: OpenDriver = async ({ databaseUrl }) => {
  const { store, pool } = await openEmmett(databaseUrl);
  const durable = new Map<string, number>();
  const folded = new Map<string, number>();
  const [sample] = [eventOf(0)];
  const projection = pongoSingleStreamProjection<Legs, Told>({
    collectionName: 'flows',
    canHandle: [sample.type as typeof EVENT_TYPE],
    initialState: () => ({ count: 0, streams: [] }),
    evolve: (document: Legs, { data }: Told) => {
      if (data['last'] === true) folded.set(String(data['flow']), performance.now());
      return { ...document, count: document.count + 1 };
    },
  });
  const consumer = postgreSQLEventStoreConsumer({ connectionString: databaseUrl ?? '' });
  consumer.projector<Told>({ processorId: 'flows', projection });
  const running = consumer.start().catch(() => undefined);
  let before: Promise<unknown> = Promise.resolve();
  /** One after the other: its consumer goes on from the highest position it saw, and passes over what took a lower one and was committed later. */
  const append = (): Promise<string> => {
    const mine = before.then(appendOne);
    before = mine.catch(() => undefined);
    return mine;
  };
  const appendOne = async (): Promise<string> => {
    const flow = randomUUID();
    const messages = [0, 1, 2].map((i) => ({
      type: sample.type as typeof EVENT_TYPE,
      data: { ...(eventOf(i).data as Record<string, unknown>), flow, last: i === 2 },
      metadata: METADATA,
    }));
    await store.appendToStream<Told>(`flow-${flow}`, messages);
    return flow;
  };
  // Its consumer is at work once it has folded something.
  const first = await append();
  while (!folded.has(first)) await pause(20);

  return {
    works: {
      flows: async (params) => {
        const { perSecond, seconds } = params as Readonly<{ perSecond: number; seconds: number }>;
        durable.clear();
        folded.clear();
        const from = performance.now();
        await openLoop(perSecond, seconds, async () => {
          durable.set(await append(), performance.now());
        });
        for (const giveUpAt = performance.now() + 60_000; folded.size < durable.size; await pause(5))
          if (performance.now() > giveUpAt) throw new Error(`${folded.size} of ${durable.size} flows were folded`);
        const times = [...durable].map(([flow, at]) => Math.max(0, (folded.get(flow) ?? at) - at));
        return { count: durable.size, seconds: (performance.now() - from) / 1_000, figures: timesOf('lag of an event', times) };
      },
    },
    close: async () => {
      await consumer.stop();
      await running;
      await store.close();
      await pool.end();
    },
  };
};
