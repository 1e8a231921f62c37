import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const PREPARED_WITHIN_MS = 900_000;
const SIZE = {
  full: { due: 100_000, pending: 1_000_000, addMs: 20_000 },
  tiny: { due: 250, pending: 300, addMs: 300 },
} as const;

const parts = (scale: Scale): readonly Part[] => {
  const { pending } = SIZE[scale];
  const peer = (kind: string, title: string, waiting: number): Part => ({
    id: kind,
    title,
    database: true,
    openWithinMs: PREPARED_WITHIN_MS,
    driver: { module: 'drivers/timers-peers.ts', options: { kind, pending: waiting } },
  });
  return [
    peer('sweep', 'SQL sweep, 2,000 a statement', pending),
    // A million in Redis take minutes to load and 800 MB; without them the peer is at its best.
    peer('bullmq', 'BullMQ on Redis', 0),
    peer('graphile-batched', 'graphile-worker, batched', 0),
    {
      id: 'ours',
      title: 'The product’s worker',
      database: true,
      server: { module: 'servers/api.ts' },
      openWithinMs: PREPARED_WITHIN_MS,
      driver: { module: 'drivers/timers-ours.ts', options: { pending } },
    },
  ];
};

const measures = (scale: Scale): readonly Measure[] => {
  const { due, addMs } = SIZE[scale];
  return [
    {
      id: 'crowd',
      title: `${due.toLocaleString('en')} due in one moment`,
      unit: 'a second until 99 in 100 are done',
      work: 'crowd',
      params: { due, addMs },
      withinMs: scale === 'tiny' ? 60_000 : 300_000,
    },
  ];
};

export const benchCase: BenchCase = {
  name: 'timers',
  title: 'Deadlines that fall due in one moment',
  notes: [
    'A hundred thousand findings are due at the same moment while more than a million wait. The lag of each runs from its due time to the moment at which its event is acknowledged by PostgreSQL; the rate is what is due by the lag of the 99th of a hundred. The product’s worker looks at its rows, lets the finding’s own rules decide each and stores what they decided in groups, where nothing came to the stream since its row was made; its read models stand still meanwhile and are brought up to date between the rounds.',
    'The jobs of the peers each insert one event of the same size, in a stream of its own, into a table with the same three indexes; BullMQ has its alarms in Redis without persistence and 50 jobs at a time, graphile-worker 24 and takes and ends them in batches, without which it needs five times as long. Neither has a million others waiting, which would only slow them down. The sweep is one SQL statement for two thousand: it decides nothing, and asks nobody.',
  ],
  settings: [
    'what is due is filed before each run, of ours and of the sweep, and a checkpoint of PostgreSQL is awaited; the million is filed once',
    'checked in each run: every finding or job has its event, exactly one, and none before its time',
    'beside our own crowd, comments are sent over HTTP to the api on the same database, 20 a second',
  ],
  packages: ['pg', 'bullmq', 'graphile-worker'],
  parts,
  measures,
  goals: [
    { text: 'lag p99 of the sweep to ours (ours ≤ 1.3 × the sweep)', measure: 'crowd', part: 'ours', over: 'sweep', atLeast: 1 / 1.3 },
    { text: 'ours to BullMQ', measure: 'crowd', part: 'ours', over: 'bullmq', atLeast: 2.5 },
    { text: 'ours to graphile-worker, batched', measure: 'crowd', part: 'ours', over: 'graphile-batched', atLeast: null },
  ],
  limits: [{ text: 'a comment over HTTP meanwhile, p99, ms', measure: 'crowd', part: 'ours', figure: 'comment p99, ms', atMost: 200 }],
};
