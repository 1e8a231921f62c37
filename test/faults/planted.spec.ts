import { simulate, adapter, portAlone, type BackendOf } from './simulate';
import type { Violation } from './checker';
import type { World } from './history';
import * as planted from './planted';
import { type ReadTable, type TableOptions } from './read-table';

const FIRST = 1;
/** Histories after which a fault must have shown; most show in the first ten. */
const WITHIN = 60;

type Planted = Readonly<{ fault: string; found: readonly Violation['kind'][]; backend: BackendOf; table?: World['table'] }>;

const table =
  (Table: new (options: TableOptions) => ReadTable): World['table'] =>
  (options) =>
    new Table({ ...options, failRate: 0.1 });

const PLANTED: readonly Planted[] = [
  { fault: 'acknowledges before it commits', found: ['lost'], backend: adapter({ Server: planted.AcknowledgesBeforeCommit }) },
  { fault: 'swallows one event', found: ['skipped'], backend: adapter({ Gateway: planted.SwallowsAnEvent }) },
  {
    fault: 'passes over an event that is not committed yet',
    found: ['skipped'],
    backend: adapter({ Server: planted.ShowsHigherPositionsFirst }),
  },
  {
    fault: 'moves the checkpoint after the transaction',
    found: ['doubled'],
    backend: adapter(),
    table: table(planted.MovesTheCheckpointAfterwards),
  },
  {
    fault: 'moves the checkpoint before the transaction',
    found: ['skipped'],
    backend: adapter(),
    table: table(planted.MovesTheCheckpointBefore),
  },
  { fault: 'repeats an append with new ids', found: ['doubled'], backend: portAlone(planted.RetriesWithNewIds) },
  { fault: 'forgets the ids of what it has stored', found: ['doubled'], backend: adapter({ Server: planted.ForgetsIds }) },
  { fault: 'takes silence for a refusal', found: ['refused, and there'], backend: portAlone(planted.GuessesARefusal) },
  {
    fault: 'delivers two events in the wrong order',
    found: ['skipped', 'out of order'],
    backend: adapter({ Gateway: planted.TurnsTwoEventsRound }),
  },
  { fault: 'reads two events in the wrong order', found: ['out of order'], backend: portAlone(planted.ReadsOutOfOrder) },
  { fault: 'subscribes at the end instead of the checkpoint', found: ['skipped'], backend: adapter({ Gateway: planted.BeginsAtTheEnd }) },
  { fault: 'takes two writers at the same revision', found: ['misplaced'], backend: adapter({ Server: planted.IgnoresTheRevision }) },
  { fault: 'does not read what it has acknowledged', found: ['not read'], backend: adapter({ Gateway: planted.ReadsFromBehind }) },
];

describe('The checker of histories', () => {
  it.each(PLANTED)('finds a store or reader that $fault', async ({ found, backend, table: tableOf }) => {
    const seen = new Set<Violation['kind']>();
    let seed = FIRST;
    for (; seed < FIRST + WITHIN && !found.every((kind) => seen.has(kind)); seed += 1) {
      for (const { kind } of (await simulate(seed, backend, tableOf)).violations) seen.add(kind);
    }
    expect([...seen]).toStrictEqual(expect.arrayContaining([...found]));
  });

  it('finds nothing in the same histories where nothing is planted', async () => {
    const wrong: unknown[] = [];
    for (let seed = FIRST; seed < FIRST + WITHIN; seed += 1) {
      for (const backend of [adapter(), portAlone()])
        wrong.push(...(await simulate(seed, backend)).violations.map((one) => ({ seed, ...one })));
    }
    expect(wrong).toStrictEqual([]);
  });

  it('gives the same history for the same seed', async () => {
    const one = await simulate(12);
    expect(one).toStrictEqual(await simulate(12));
    expect(one.record?.operations.length).toBeGreaterThan(5);
  });
});
