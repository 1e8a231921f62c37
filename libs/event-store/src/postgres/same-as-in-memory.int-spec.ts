import fc from 'fast-check';
import { idFrom } from '@app/kernel';
import { freshDatabase } from '@app/testing';
import { someEvent } from '../event-store.contract';
import { ConcurrencyConflict, type EventStore, type ExpectedRevision } from '../event-store.port';
import { InMemoryEventStore } from '../in-memory-event-store';
import { PostgresEventStore } from './postgres-event-store';

type Attempt = Readonly<{ stream: string; expected: ExpectedRevision; ids: readonly number[] }>;

const attempt: fc.Arbitrary<Attempt> = fc.record({
  stream: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  expected: fc.oneof(fc.constantFrom<ExpectedRevision>('any', 'no-stream', 'stream-exists'), fc.bigInt({ min: 0n, max: 4n })),
  // Few ids, so that repeats, partial repeats and ids of other streams are common.
  ids: fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }),
});

describe('The event store on PostgreSQL', () => {
  it('answers any burst of appends as the store in memory does', async () => {
    const database = await freshDatabase();
    const postgres = new PostgresEventStore({ url: database.url });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(attempt, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 }), async (bursts) => {
        run += 1;
        const memory = new InMemoryEventStore();
        const before = await postgres.head();
        const streamOf = (stream: string): string => `${run}-${stream}`;
        const outcomesIn = (store: EventStore, burst: readonly Attempt[]): Promise<readonly string[]> =>
          Promise.all(
            burst.map(({ stream, expected, ids }) =>
              store
                .append(
                  streamOf(stream),
                  expected,
                  ids.map((n) => someEvent(`T${n}`, { n }, idFrom('run', run, n))),
                )
                .then(
                  ({ revision }) => `at ${revision}`,
                  (error: unknown) => (error instanceof ConcurrencyConflict ? `was ${error.actual}` : String(error)),
                ),
            ),
          );
        for (const burst of bursts) expect(await outcomesIn(postgres, burst)).toStrictEqual(await outcomesIn(memory, burst));
        const kept = await postgres.readAll(before, 1_000);
        const wanted = await memory.readAll(0n, 1_000);
        const withoutPosition = (events: typeof kept) => events.map(({ position: _, ...rest }) => rest);
        expect(withoutPosition(kept)).toStrictEqual(withoutPosition(wanted));
        expect(kept.every((e, i) => e.position > (kept[i - 1]?.position ?? before))).toBe(true);
      }),
      { numRuns: 60 },
    );
    await postgres.close();
    await database.drop();
  });
});
