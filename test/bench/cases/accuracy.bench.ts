import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const SIZE = {
  full: { spread: { due: 1_000, seconds: 20 }, killed: { due: 600, seconds: 12, aheadMs: 8_000 } },
  tiny: { spread: { due: 20, seconds: 1 }, killed: { due: 20, seconds: 1, aheadMs: 500 } },
} as const;
/** The product may have to be built first. */
const BUILT_WITHIN_MS = 300_000;

const parts = (): readonly Part[] => [
  ...(['bullmq', 'graphile'] as const).map((kind): Part => ({
    id: kind,
    title: kind === 'bullmq' ? 'BullMQ, delayed jobs' : 'graphile-worker, run_at',
    database: true,
    driver: { module: 'drivers/timers-peers.ts', options: { kind, pending: 0 } },
  })),
  {
    id: 'ours',
    title: 'The product’s worker',
    database: true,
    openWithinMs: 120_000,
    driver: { module: 'drivers/timers-ours.ts', options: { pending: 0 } },
  },
  {
    id: 'restarted',
    title: 'The product’s worker, killed',
    database: true,
    openWithinMs: BUILT_WITHIN_MS,
    driver: { module: 'drivers/timers-killed.ts' },
  },
];

const measures = (scale: Scale): readonly Measure[] => {
  const { spread, killed } = SIZE[scale];
  return [
    {
      id: 'spread',
      title: `${spread.due.toLocaleString('en')} within ${spread.seconds} s`,
      unit: 'a second of the 99th lag',
      work: 'spread',
      params: spread,
      parts: ['bullmq', 'graphile', 'ours'],
      withinMs: scale === 'tiny' ? 60_000 : 120_000,
    },
    {
      id: 'killed',
      title: `kill −9 of the worker among ${killed.due.toLocaleString('en')} within ${killed.seconds} s`,
      unit: 'a second of the worst lag',
      work: 'killed',
      params: killed,
      parts: ['restarted'],
      withinMs: 120_000,
    },
  ];
};

export const benchCase: BenchCase = {
  name: 'accuracy',
  title: 'How exactly a deadline passes',
  notes: [
    'A thousand deadlines at random milliseconds. The lag runs from the due time to the moment at which the event is acknowledged; a run in which one came early has no figure. The product’s worker rings by itself, with alarms in Redis a second behind; the finding’s rules decide, and the event is stored where its stream has not gone on. graphile-worker polls every 50 ms.',
    'The worker that is killed is the process that the launcher runs, started again by the launcher’s own supervisor; what is due meanwhile passes as soon as the next one is there, and what was under way when it was killed too.',
  ],
  settings: ['checked in each run: every deadline has its event, exactly one, and none before its time'],
  packages: ['pg', 'bullmq', 'graphile-worker'],
  parts,
  measures,
  goals: [{ text: 'ours to BullMQ alone', measure: 'spread', part: 'ours', over: 'bullmq', atLeast: null }],
  limits: [
    { text: 'lag p99, ms', measure: 'spread', part: 'ours', figure: 'lag p99, ms', atMost: 100 },
    {
      text: 'worst lag after kill −9 of the worker, ms',
      measure: 'killed',
      part: 'restarted',
      figure: 'worst lag after the kill, ms',
      atMost: 2_000,
    },
  ],
};
