import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const ROWS = { full: 1_000, tiny: 20 } as const;
const WHOLE = 'from opened to done, s';

const parts = (scale: Scale): readonly Part[] => {
  const driver = (way: 'bus' | 'selection') => ({ module: 'drivers/selections.ts', options: { way, rows: ROWS[scale] } });
  return [
    { id: 'bus', title: 'The same commands, given straight to their handler', database: true, driver: driver('bus') },
    { id: 'ours', title: 'A selection, from opened to done', database: true, driver: driver('selection') },
  ];
};
const measures = (scale: Scale): readonly Measure[] => [
  { id: 'rows', title: `${ROWS[scale].toLocaleString('en')} rows`, unit: 'rows/s', work: 'rows', params: {}, withinMs: 120_000 },
];

export const benchCase: BenchCase = {
  name: 'selections',
  title: 'Work on a selection',
  notes: [
    'One step, a progress text, on as many legs of a town. A selection fixes its rows, rehearses each on its stream, keeps the preview, records what was confirmed, gives each row its own command and stores its result; the other part gives the same commands to their handler and keeps nothing.',
  ],
  settings: [
    'both in one process on the durable PostgreSQL of the run; findings are handed over before the clock starts',
    'doors and sight of the api are left out; over HTTP they cost one read of the stream for each row',
    'checked in each run: every finding has the text once',
  ],
  packages: ['@nestjs/cqrs', 'typeorm', 'pg'],
  parts,
  measures,
  goals: [{ text: 'a selection, to the bare commands', measure: 'rows', part: 'ours', over: 'bus', atLeast: null }],
  limits: [{ text: 'a thousand rows, s', measure: 'rows', part: 'ours', figure: WHOLE, atMost: 5 }],
};
