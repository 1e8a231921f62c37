/** One thread of `npm run soak`: takes every n-th seed and tells what it found. */
const { parentPort, workerData } = require('node:worker_threads');
require('../bench/typescript.cjs');

const { kind, first, count, every, findings, ladder, listed, databaseUrl } = workerData;
/** Histories over the wire wait most of the time. */
const AT_ONCE = 6;

let next = first;
const runnerOf = {
  port: async () => {
    const { simulate } = require('./simulate.ts');
    return { run: simulate, close: async () => undefined };
  },
  years: async () => {
    require('reflect-metadata');
    const { simulate } = require('../simulation/simulate.ts');
    const run = async (seed) => {
      const { events, effects, reminders, deemed, violations } = await simulate({ seed, findings, ladder, listed });
      return { record: { operations: { length: effects + reminders + deemed }, log: { length: events } }, violations };
    };
    return { run, close: async () => undefined };
  },
  wire: async () => {
    const { WireStage } = require('./over-the-wire.ts');
    const stage = await WireStage.open(databaseUrl);
    return { run: (seed) => stage.history(seed), close: () => stage.close() };
  },
};

const lane = async () => {
  const { run, close } = await runnerOf[kind]();
  const found = [];
  const tell = () => parentPort.postMessage(found.splice(0));
  let toldAt = performance.now();
  for (let seed = next; seed < first + count; seed = next) {
    next += every;
    const { record, violations } = await run(seed);
    found.push({
      operations: record?.operations.length ?? 0,
      events: record?.log.length ?? 0,
      ...(violations.length > 0 && { seed, violations }),
    });
    if (performance.now() - toldAt < 200 && violations.length === 0) continue;
    toldAt = performance.now();
    tell();
  }
  tell();
  await close();
};

const lanes = kind !== 'wire' || databaseUrl !== undefined ? 1 : Math.min(AT_ONCE, Math.ceil(count / every));
Promise.all(Array.from({ length: lanes }, lane)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
