import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const PACE = { full: { perSecond: 100, seconds: 20 }, tiny: { perSecond: 10, seconds: 1 } } as const;

const parts = (): readonly Part[] => [
  { id: 'emmett', title: 'Emmett consumer, one Pongo projection', database: true, driver: { module: 'drivers/live-emmett.ts' } },
  {
    id: 'ours',
    title: 'The product, all its read models',
    database: true,
    server: { module: 'servers/readers.ts' },
    driver: { module: 'drivers/live-ours.ts' },
    openWithinMs: 120_000,
  },
];
const measures = (scale: Scale): readonly Measure[] => {
  const { perSecond, seconds } = PACE[scale];
  return [
    {
      id: 'flows',
      title: `${perSecond} findings a second for ${seconds} s`,
      unit: 'findings/s',
      work: 'flows',
      params: { perSecond, seconds },
      withinMs: 120_000,
    },
  ];
};

export const benchCase: BenchCase = {
  name: 'live',
  title: 'From command to what people see',
  notes: [
    'A hundred times a second, however long those before take, a finding is filed, accepted and transferred two ways: three commands and three events, with a number from the register. They are sent in process; all read models and policies run in another process, as in the product’s worker. Visible means: told as applied, and then seen with both legs in the list, in the list of legs and among the facts behind the counters. It counts from the moment the accepting is sent. The lag of an event counts from the moment its command was acknowledged until the process that sent it is told that every read model has it.',
    'The peer appends three events at once to a new stream and keeps one document per stream by its own consumer; its lag ends when it folds the third event, before it stores the document, and it has nothing else to keep. Its appends go one after the other: side by side its consumer, which reads in the order of transactions and goes on from the highest position it saw, passes for ever over events that took a lower position and were committed later (8 to 18 flows of 2,000).',
  ],
  settings: [
    'checked in each run: every finding was seen, and a checker that looks at the 150 youngest findings under way again and again never saw one leg without the other, in one place or between two',
  ],
  packages: ['pg', 'typeorm', '@event-driven-io/emmett', '@event-driven-io/emmett-postgresql', '@event-driven-io/pongo'],
  parts,
  measures,
  goals: [{ text: 'the pace is held, to the peer’s', measure: 'flows', part: 'ours', over: 'emmett', atLeast: null }],
  limits: [
    { text: 'accept to visible, p99', measure: 'flows', part: 'ours', figure: 'accept to visible p99, ms', atMost: 150 },
    { text: 'lag of an event, p50', measure: 'flows', part: 'ours', figure: 'lag of an event p50, ms', atMost: 15 },
    { text: 'lag of an event, p99', measure: 'flows', part: 'ours', figure: 'lag of an event p99, ms', atMost: 75 },
    { text: 'lag of an event, p99.9', measure: 'flows', part: 'ours', figure: 'lag of an event p99.9, ms', atMost: 250 },
  ],
};
