import type { BenchCase, Measure, Part, Scale } from '../harness/types';

/** Findings of the large scenario, and how often their events come; events of the peer; rows that are copied. */
const SIZE = {
  full: { findings: 2_500, times: 20, peer: 2_000, copied: 200_000 },
  tiny: { findings: 0, times: 2, peer: 20, copied: 200 },
} as const;

const parts = (scale: Scale): readonly Part[] => {
  const { findings, times, peer, copied } = SIZE[scale];
  const openWithinMs = scale === 'tiny' ? 60_000 : 480_000;
  return [
    {
      id: 'emmett',
      title: 'Emmett, one document per stream',
      database: true,
      driver: { module: 'drivers/rebuild-emmett.ts', options: { events: peer } },
    },
    {
      id: 'copy',
      title: 'COPY out by stream and in again, nothing made of it',
      database: true,
      driver: { module: 'drivers/rebuild-copy.ts', options: { events: copied } },
    },
    {
      id: 'ours',
      title: 'Every read model, while people read',
      database: true,
      driver: { module: 'drivers/rebuild-ours.ts', options: { findings, times } },
      openWithinMs,
    },
  ];
};

const measures: readonly Measure[] = [
  { id: 'rebuild', title: 'rebuild', unit: 'events/s', work: 'rebuild', params: {}, withinMs: 600_000 },
];

export const benchCase: BenchCase = {
  name: 'rebuild',
  title: 'Rebuild of the read models',
  notes: [
    `The events of ${SIZE.full.findings.toLocaleString('en')} findings of the large scenario come ${SIZE.full.times} times over, under ids of their own: about one million events of some 900 B in one PostgreSQL, with a thousand units. All nine read models (23 tables, 50 indexes) are made anew beside the live ones and put in their place, while one reader after the other asks for the clearance board and for the first page of the list. Latency is that of these two questions together.`,
    'The peer rebuilds one document per stream from its own events, which are smaller, fewer, and read by nobody meanwhile. COPY writes what it reads into a table without an index: it bounds what any rebuild on this server could do.',
  ],
  settings: [
    'checked in each run: no answer during the rebuild lacked a finding, and every table holds the same rows as before (counts and hashes); after the first, list and timelines hold every finding and event of the log, and every counter is what it was before the log was multiplied, times the copies',
    'checked before the first run: the rows made in bulk equal those that the live path made of the same events, row for row (of one finding in eight, before they are multiplied)',
  ],
  packages: ['pg', 'pg-copy-streams', '@event-driven-io/emmett', '@event-driven-io/emmett-postgresql', '@event-driven-io/pongo'],
  parts,
  measures: () => measures,
  goals: [
    { text: "our rebuild to Emmett's", measure: 'rebuild', part: 'ours', over: 'emmett', atLeast: 50 },
    { text: 'our rebuild to COPY out and in', measure: 'rebuild', part: 'ours', over: 'copy', atLeast: null },
  ],
};
