import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const ROWS = { full: 100_000, tiny: 300 } as const;
const PEAK = 'peak memory, MB';

const parts = (scale: Scale): readonly Part[] => {
  const server = { module: 'servers/ledger-file.ts', options: { rows: ROWS[scale] } };
  return [
    { id: 'exceljs', title: 'exceljs streaming reader, parsing alone', server, driver: { module: 'drivers/import-exceljs.ts' } },
    { id: 'ours', title: 'Import, from received to committed', database: true, server, driver: { module: 'drivers/import-ours.ts' } },
  ];
};
const measures = (scale: Scale): readonly Measure[] => [
  {
    id: 'import',
    title: `a workbook of ${ROWS[scale].toLocaleString('en')} × 12`,
    unit: 'rows/s',
    work: 'import',
    params: {},
    withinMs: 180_000,
  },
];

export const benchCase: BenchCase = {
  name: 'import',
  title: 'Import at size',
  notes: [
    'One ledger of twelve columns, written as Excel writes it (shared texts; one number, one day, ten texts a row; every row names a household). The peer only parses it with its streaming reader and touches every cell. Ours takes the whole way: the file is received, inspected and kept, read, every row understood and matched to units and categories, names sealed under a key of each household, rows kept for the preview, compared with what is known, and committed to a new list as events; on a durable PostgreSQL of its own server process.',
  ],
  settings: [
    'peak memory is the resident set of the process over the run, all threads included; PostgreSQL is not part of it; all processes run with MALLOC_ARENA_MAX=2 and MALLOC_MMAP_THRESHOLD_=131072, as the launcher starts the product',
    'our process runs from sources whose types were stripped beforehand; it holds the whole product, not the import alone',
    'checked in each run: every row of the file is in the list once',
  ],
  packages: ['exceljs', 'yauzl', 'pg'],
  parts,
  measures,
  goals: [{ text: "the whole import to the peer's parsing alone", measure: 'import', part: 'ours', over: 'exceljs', atLeast: 1 }],
  limits: [{ text: 'peak memory of the importing process, MB', measure: 'import', part: 'ours', figure: PEAK, atMost: 300 }],
};
