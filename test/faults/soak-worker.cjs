/** One thread of `npm run soak`: takes every n-th seed and tells what it found. */
const { parentPort, workerData } = require('node:worker_threads');
require('../bench/typescript.cjs');

const { runSeed } = require('./run-seed.ts');
const { kind, first, count, every, options } = workerData;

const main = async () => {
  const found = [];
  let done = 0;
  let toldAt = performance.now();
  for (let seed = first; seed < first + count; seed += every) {
    const { violations, operations, events } = await runSeed(kind, seed, options);
    done += 1;
    found.push({ operations, events, ...(violations.length === 0 ? {} : { seed, violations }) });
    if (performance.now() - toldAt < 200 && seed + every < first + count && violations.length === 0) continue;
    toldAt = performance.now();
    parentPort.postMessage({ kind, found: found.splice(0) });
  }
  parentPort.postMessage({ kind, done });
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
