/**
 * Measures what the product is made of against the best published peers, and writes docs/benchmarks.md:
 *   npm run bench -- [--only CASE[,CASE]] [--rounds 5] [--tiny] [--database URL] [--out FILE] [--json FILE]
 * For a closer look, which leaves the page alone: --parts PART[,PART] --measures MEASURE[,MEASURE].
 * A case is a file in test/bench/cases; how one is made stands in test/bench/harness/types.ts.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../apps/launcher/lib/embedded-postgres.mjs';

const require = createRequire(import.meta.url);
require('./typescript.cjs');

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    parts: { type: 'string' },
    measures: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    tiny: { type: 'boolean', default: false },
    database: { type: 'string' },
    data: { type: 'string', default: path.resolve(import.meta.dirname, '../../.data/bench') },
    out: { type: 'string', default: path.resolve(import.meta.dirname, '../../docs/benchmarks.md') },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds 应为正整数 · --rounds takes a whole number from 1, not ${values.rounds}`);
  process.exit(2);
}

const { bench } = require('./harness/main.ts');
const listOf = (text) => (text === undefined ? null : text.split(','));
const lists = { only: listOf(values.only), parts: listOf(values.parts), measures: listOf(values.measures) };
bench({ ...values, ...lists, rounds, startPostgres: startEmbeddedPostgres }).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
