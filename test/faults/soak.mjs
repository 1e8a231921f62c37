/**
 * Seeded histories in large numbers; each is judged, and what contradicts the promises of the event store is printed with its seed.
 *   npm run soak                                    200,000 histories at the port and 2,000 over the wire, from a new seed
 *   npm run soak -- --histories 10000 --seed 1      seeds 1 to 10,000 at the port
 *   npm run soak -- --wire 200 --seed 1             seeds 1 to 200 over the wire
 *   npm run soak -- --seed 123                      that one at the port again
 *   npm run soak -- --wire 20 --database URL        over the wire with the double on an empty PostgreSQL database, stopped and started as well
 *   npm run soak -- --years 20 --findings 500       years of so many findings each on a virtual clock, with every fault of their deadlines
 *   npm run soak -- --years 20 --findings 200 --ladder   and with the ladder that follows from what was missed
 *   npm run soak -- --crashes 500 --seed 1          builds, starts the demo and kills its parts 500 times with kill -9 while people work
 *   npm run soak -- --years 20 --findings 0 --listed 30  years in which so many units under 挂牌督办 owe reports
 * --jobs N threads (default: one per processor). Ctrl-C ends it and prints what was done. Exit code 1 when anything was found.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from '../../apps/launcher/lib/build.mjs';

const SHOWN_PER_SEED = 5;
const SHOWN_SEEDS = 50;

const { values } = parseArgs({
  options: {
    histories: { type: 'string' },
    wire: { type: 'string' },
    seed: { type: 'string' },
    database: { type: 'string' },
    crashes: { type: 'string' },
    years: { type: 'string' },
    findings: { type: 'string', default: '500' },
    ladder: { type: 'boolean', default: false },
    listed: { type: 'string', default: '0' },
    jobs: { type: 'string', default: String(os.availableParallelism()) },
  },
});
const numberOf = (name, least) => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value;
  console.error(`--${name} 应为不小于 ${least} 的整数 · --${name} takes a whole number from ${least}, not ${values[name]}`);
  process.exit(2);
};
const given = (name) => values[name] !== undefined;
const first = given('seed') ? numberOf('seed', 0) : Math.floor(Math.random() * 1_000_000_000);
const jobs = numberOf('jobs', 1);
const countOf = (name, otherwise) => (given(name) ? numberOf(name, 0) : otherwise);
/** The product as people start it, in a process of its own. */
const crash = async (kills) => {
  await build({ note: console.error });
  const preload = path.join(import.meta.dirname, '..', 'bench', 'typescript.cjs');
  const main = path.join(import.meta.dirname, '..', 'crashes', 'run-campaign.ts');
  const child = spawn(process.execPath, ['--require', preload, main, String(kills), String(first)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
};
if (given('crashes')) process.exit(await crash(numberOf('crashes', 1)));

const named = given('histories') || given('wire') || given('years');
const plan = {
  port: countOf('histories', named ? 0 : given('seed') ? 1 : 200_000),
  wire: countOf('wire', named || given('seed') ? 0 : 2_000),
  years: countOf('years', 0),
};
const listed = numberOf('listed', 0);
const findings = numberOf('findings', listed > 0 ? 0 : 1);
const ofYears = `--findings ${findings} ${values.ladder ? '--ladder ' : ''}${listed > 0 ? `--listed ${listed} ` : ''}`;
const FLAG = { port: '', wire: '--wire 1 ', years: `--years 1 ${ofYears}` };
const WHERE = { port: 'at the port', wire: 'over the wire', years: 'of a year' };

const begun = performance.now();
const totals = { histories: 0, operations: 0, events: 0, failed: [] };
const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
const summary = () =>
  `${totals.histories} histories, ${totals.operations} operations, ${totals.events} events in ${seconds()} s: ${totals.failed.length} failed`;

const workers = new Set();
const finish = (code) => {
  console.log(`\n${summary()}`);
  const again = totals.failed.map(({ kind, seed }) => `npm run soak -- ${FLAG[kind]}--seed ${seed}`);
  if (again.length > 0) console.log(`again:\n${again.slice(0, SHOWN_SEEDS).join('\n')}`);
  process.exit(totals.failed.length > 0 ? 1 : code);
};
process.on('SIGINT', () => finish(130));
process.on('SIGTERM', () => finish(143));

const take = (kind, found) => {
  for (const { operations, events, seed, violations } of found) {
    totals.histories += 1;
    totals.operations += operations;
    totals.events += events;
    if (seed === undefined) continue;
    totals.failed.push({ kind, seed });
    if (totals.failed.length > SHOWN_SEEDS) continue;
    console.log(`\nseed ${seed} (${WHERE[kind]}): ${violations.length} found`);
    for (const violation of violations.slice(0, SHOWN_PER_SEED)) console.log(`  ${violation.kind}: ${violation.detail}`);
  }
};

const progress = process.stdout.isTTY
  ? setInterval(() => process.stdout.write(`\r${summary()} `), 500)
  : setInterval(() => console.log(summary()), 30_000);
progress.unref();

const thread = (kind, offset, every) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, 'soak-worker.cjs'), {
      // Little of what a history makes outlives its next moments.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
      workerData: {
        kind,
        first: first + offset,
        count: plan[kind] - offset,
        every,
        findings,
        ladder: values.ladder,
        listed,
        databaseUrl: kind === 'wire' ? values.database : undefined,
      },
    });
    workers.add(worker);
    worker.on('message', (found) => take(kind, found));
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
  });

const planned = given('years')
  ? `${plan.years} years, ${plan.years * findings} findings`
  : `${plan.port} histories at the port, ${plan.wire} over the wire`;
console.log(`from seed ${first}: ${planned}, ${jobs} threads`);
try {
  for (const kind of ['port', 'wire', 'years']) {
    // One double at a time holds a database.
    const threads = kind === 'wire' && given('database') ? Math.min(1, plan.wire) : Math.min(jobs, plan[kind]);
    await Promise.all(Array.from({ length: threads }, (_, offset) => thread(kind, offset, threads)));
  }
  finish(0);
} catch (error) {
  console.error(error);
  finish(1);
}
