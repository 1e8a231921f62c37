import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const PREPARED_WITHIN_MS = 900_000;
const RATE = 50;
const SIZES = {
  full: { base: 1_000, times: 1_000, seconds: 6, calls: 20, walk: 1_000 },
  tiny: { base: 24, times: 4, seconds: 0.2, calls: 1, walk: 2 },
} as const;

const parts = (scale: Scale): readonly Part[] => {
  const { base, times } = SIZES[scale];
  const part = (id: string, title: string, multiplied: number): Part => ({
    id,
    title,
    database: true,
    openWithinMs: PREPARED_WITHIN_MS,
    driver: { module: 'drivers/board.ts', options: { findings: base, times: multiplied, bulk: scale === 'full' } },
  });
  return [part('thousand', '1 thousand findings', 1), part('million', '1 million findings', times)];
};

const measures = (scale: Scale): readonly Measure[] => {
  const { seconds, calls, walk } = SIZES[scale];
  const paced = { rate: RATE, seconds };
  const million = { parts: ['million'], withinMs: PREPARED_WITHIN_MS };
  return [
    { id: 'board', title: 'clearance boards, 50 a second', unit: 'boards a second of waiting', work: 'board', params: paced },
    { id: 'lists', title: 'first pages by 12 filters, 50 a second', unit: 'pages a second of waiting', work: 'lists', params: paced },
    {
      id: 'pages',
      title: `page ${String(walk)} of the whole list`,
      unit: 'pages/s',
      work: 'pages',
      params: { times: calls, walk },
      ...million,
    },
    { id: 'search', title: 'search for Chinese text', unit: 'pages/s', work: 'search', params: { times: Math.min(calls, 2) }, ...million },
    { id: 'naive', title: "the towns' board", unit: 'boards/s', work: 'naive', params: { times: 1 }, ...million },
  ];
};

export const benchCase: BenchCase = {
  name: 'board',
  title: 'Clearance board and ledger at a thousand and at a million findings',
  notes: [
    'A thousand findings of the large scenario (`seed large`) are told, stored as events and made into read models. For the million their rows in the ledger, the legs and the inbox are copied a thousand times in SQL, with ids, numbers, positions and search grams of their own, and every counter is multiplied by a thousand, so that it has the days of the thousand and no more; their events, folds, timelines and the facts behind figures are not copied, as nothing measured here reads them.',
    'Asked are the queries that the api asks, over its own pool of connections, not over HTTP. “50 a second”: each is timed from the moment at which it was due. The rate is answers per second of waiting, so that a ratio of rates is the ratio of mean times the other way round.',
    'The texts are held by one, three, six, sixty and a hundred of the thousand findings. “LIKE” asks the same rows for the same page and the same total without the index of character pairs; “naive SQL” groups the legs joined with their findings for what the board of the towns shows.',
  ],
  settings: [
    'checked after each run of the boards: the counters of towns and stages and those of the categories equal a recount of the rows, exactly',
    'PostgreSQL and the asking process on one machine; rows are warm after the first round',
  ],
  packages: ['pg', 'typeorm'],
  parts,
  measures,
  goals: [
    {
      text: 'boards at a million to boards at a thousand (time ≤ 1.15)',
      measure: 'board',
      part: 'million',
      over: 'thousand',
      atLeast: 1 / 1.15,
    },
    { text: 'first pages at a million to those at a thousand', measure: 'lists', part: 'million', over: 'thousand', atLeast: null },
  ],
  limits: [
    { text: 'a filtered first page at a million, ms', measure: 'lists', part: 'million', figure: 'p99, ms', atMost: 20 },
    { text: 'page 1,000 to page 1 of a million', measure: 'pages', part: 'million', figure: 'far page to page 1', atMost: 1.3 },
    { text: 'search to LIKE', measure: 'search', part: 'million', figure: 'search to LIKE', atMost: 0.2 },
  ],
};
