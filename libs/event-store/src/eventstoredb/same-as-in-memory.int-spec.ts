import fc from 'fast-check';
import { startDouble } from '@app/eventstore-double';
import { idFrom } from '@app/kernel';
import { someEvent } from '../event-store.contract';
import { ConcurrencyConflict, type EventStore, type ExpectedRevision } from '../event-store.port';
import { InMemoryEventStore } from '../in-memory-event-store';
import { EventStoreDbEventStore } from './eventstoredb-event-store';

/** New events, or an append of before once more as it was: what a server is asked that looks for ids after the expected revision. */
type Attempt =
  Readonly<{ kind: 'new'; stream: string; expected: ExpectedRevision; count: number }> | Readonly<{ kind: 'again'; which: number }>;
type Sent = Readonly<{ stream: string; expected: ExpectedRevision; ids: readonly string[] }>;

const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('new' as const),
      stream: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      expected: fc.oneof(fc.constantFrom<ExpectedRevision>('any', 'no-stream', 'stream-exists'), fc.bigInt({ min: 0n, max: 4n })),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat({ max: 30 }) }) },
);

describe('The event store on EventStoreDB', () => {
  it('answers any burst of appends as the store in memory does', async () => {
    const double = await startDouble();
    const wire = new EventStoreDbEventStore({ connectionString: double.connectionString });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(attempt, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 }), async (bursts) => {
        run += 1;
        const memory = new InMemoryEventStore();
        const before = await wire.head();
        const past: Sent[] = [];
        const sentBy = (one: Attempt, n: number): Sent | null => {
          if (one.kind === 'again') return past[one.which] ?? null;
          const ids = Array.from({ length: one.count }, (_, i) => idFrom('run', run, n, i));
          return { stream: `${run}-${one.stream}`, expected: one.expected, ids };
        };
        const outcomeIn = (store: EventStore, { stream, expected, ids }: Sent): Promise<string> =>
          store
            .append(
              stream,
              expected,
              ids.map((id) => someEvent('T', { id }, id)),
            )
            .then(
              ({ revision }) => `at ${revision}`,
              (error: unknown) => (error instanceof ConcurrencyConflict ? `was ${error.actual}` : String(error)),
            );
        let count = 0;
        for (const burst of bursts) {
          const sent = burst.flatMap((one) => sentBy(one, (count += 1)) ?? []);
          const outcomes = await Promise.all(sent.map((one) => outcomeIn(memory, one)));
          expect(await Promise.all(sent.map((one) => outcomeIn(wire, one)))).toStrictEqual(outcomes);
          // What was refused is not sent again: its ids may be taken at a revision that it expects then.
          past.push(...sent.filter((_, i) => outcomes[i]?.startsWith('at') === true));
        }
        const kept = await wire.readAll(before, 1_000);
        const wanted = await memory.readAll(0n, 1_000);
        const withoutPosition = (events: typeof kept) => events.map(({ position: _, ...rest }) => rest);
        expect(withoutPosition(kept)).toStrictEqual(withoutPosition(wanted));
        expect(kept.every((e, i) => e.position > (kept[i - 1]?.position ?? before))).toBe(true);
        const { data } = kept.at(-1) ?? { data: null };
        expect(data).toStrictEqual(wanted.at(-1)?.data ?? null);
      }),
      { numRuns: 60 },
    );
    await wire.close();
    await double.close();
  });
});
